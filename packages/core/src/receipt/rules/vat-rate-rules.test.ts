import * as E from 'fp-ts/Either';
import type { FfdVersion, LegacyVat, LocalDate, VatCode } from '@cloud-kassa/ffd';
import { NO_PAYMENTS, tlv } from '@cloud-kassa/ffd';
import type { ReceiptContent } from '../content';
import { admitReceipt } from './admit-receipt';
import { contentToTlv } from './content-to-tlv';
import { DEFAULT_PROFILE } from './profile';
import {
  day,
  moment,
  money,
  pieces,
  saleOf,
  sampleContent,
  sampleCorrection,
  sampleFacts,
  sampleItem,
} from './sample-receipt.arbitrary';

const verdict = (
  content: ReceiptContent,
  on: LocalDate,
  legacyVat?: LegacyVat,
  profile = DEFAULT_PROFILE,
): string => {
  const decided = admitReceipt(
    content,
    sampleFacts(content.ffd, { rulesOn: on }),
    profile,
    legacyVat === undefined ? {} : { legacyVat },
  );
  return E.isLeft(decided) ? decided.left.rule : 'admitted';
};

const sold = (
  ffd: FfdVersion,
  vatCode: VatCode,
  on: string,
  change: Partial<ReceiptContent> = {},
): ReceiptContent => ({
  ...saleOf(ffd, [sampleItem(ffd, { vatCode })]),
  settledAt: moment(`${on}T10:00:00`),
  internet: false,
  ...change,
});

const corrected = (ffd: FfdVersion, vatCode: VatCode, settledOn: string): ReceiptContent =>
  sampleContent(
    ffd,
    sampleCorrection(ffd, {
      items: ffd === '1.05' ? [] : [sampleItem(ffd, { vatCode })],
      ...(ffd === '1.05' ? { vatTotals: [{ code: vatCode, amount: money(3000) }] } : {}),
      correction: { type: 0, settledOn: day(settledOn), reason: 'not-applied' },
    }),
  );

const REFUND: LegacyVat = { ground: 'refund-of-legacy-sale', earlier: day('2025-11-20') };
const CREDIT: LegacyVat = { ground: 'credit-of-earlier-shipment', earlier: day('2025-12-20') };
const FIX: LegacyVat = { ground: 'correction-of-earlier-settlement', earlier: day('2025-12-20') };

describe('rates in force (order ЕД-7-20/662@, tag 1199)', () => {
  test.each([
    [1, '2025-12-31', 'admitted'],
    [1, '2026-01-01', 'vat-code-not-in-force'],
    [3, '2026-01-01', 'vat-code-not-in-force'],
    [11, '2025-12-31', 'vat-code-not-in-force'],
    [11, '2026-01-01', 'admitted'],
    [12, '2026-01-01', 'admitted'],
    [7, '2024-12-31', 'vat-code-not-in-force'],
    [10, '2025-01-01', 'admitted'],
    [6, '2026-10-08', 'admitted'],
  ] as const)('code %d on %s: %s', (code, on, rule) => {
    expect(verdict(sold('1.2', code, on), day(on))).toBe(rule);
  });
});

describe('what stays lawful at 20 % (FNS letter АБ-4-20/11248@ of 15.12.2025)', () => {
  const refund = sold('1.2', 1, '2026-03-01', { settlementSign: 2 });

  test('E67: a refund in 2026 of a sale of 2025 keeps 1199 = 1 and its VAT in tag 1102', () => {
    expect(verdict(refund, day('2026-03-01'), REFUND)).toBe('admitted');
    const nodes = contentToTlv(refund);
    expect(E.isRight(nodes) && nodes.right).toContainEqual(tlv.integer(1102, 13_455));
    expect(E.isRight(nodes) && nodes.right).toContainEqual(tlv.integer(1054, 2));
  });

  test('a refund needs the ground, and a sale of the time of the rate', () => {
    expect(verdict(refund, day('2026-03-01'))).toBe('vat-code-not-in-force');
    expect(verdict(refund, day('2026-03-01'), { ...REFUND, earlier: day('2026-01-15') })).toBe(
      'vat-code-not-in-force',
    );
    expect(verdict(sold('1.2', 1, '2026-03-01'), day('2026-03-01'), REFUND)).toBe('vat-ground-mismatch');
  });

  test('payment of goods shipped on credit in 2025: only lines of method 7', () => {
    const payment = saleOf('1.2', [sampleItem('1.2', { vatCode: 1, paymentMethod: 7 })], {
      settledAt: moment('2026-03-01T10:00:00'),
    });
    expect(verdict(payment, day('2026-03-01'), CREDIT)).toBe('admitted');
    expect(verdict(sold('1.2', 1, '2026-03-01'), day('2026-03-01'), CREDIT)).toBe('vat-ground-mismatch');
  });

  test('FFD 1.05: the right receipt of a fix names the wrong document in tag 1192', () => {
    const right = sold('1.05', 1, '2026-03-01', { additionalAttribute: '3304159072' });
    expect(verdict(right, day('2026-03-01'), FIX)).toBe('admitted');
    expect(verdict({ ...right, additionalAttribute: 'trace' }, day('2026-03-01'), FIX)).toBe(
      'vat-ground-mismatch',
    );
    expect(
      verdict(sold('1.2', 1, '2026-03-01', { additionalAttribute: '3304159072' }), day('2026-03-01'), FIX),
    ).toBe('vat-ground-mismatch');
  });

  test.each(['1.1', '1.2'] as const)(
    'a correction of FFD %s carries the rate of the day of the settlement',
    (ffd) => {
      expect(verdict(corrected(ffd, 1, '2025-12-31'), day('2026-10-08'))).toBe('admitted');
      expect(verdict(corrected(ffd, 1, '2026-01-01'), day('2026-10-08'))).toBe('vat-code-not-in-force');
      expect(verdict(corrected(ffd, 11, '2025-12-31'), day('2026-10-08'))).toBe('vat-code-not-in-force');
    },
  );

  test('a correction of FFD 1.05 carries the rate of either day (no source says which)', () => {
    expect(verdict(corrected('1.05', 1, '2025-12-31'), day('2026-10-08'))).toBe('admitted');
    expect(verdict(corrected('1.05', 11, '2025-12-31'), day('2026-10-08'))).toBe('admitted');
    expect(verdict(corrected('1.05', 1, '2026-01-01'), day('2026-10-08'))).toBe('vat-code-not-in-force');
  });
});

const prepayedOrShipped = (vatCode: 3 | 11, paymentMethod: 1 | 4, settledAt: string): ReceiptContent =>
  saleOf(
    '1.2',
    [sampleItem('1.2', { price: money(120_000), quantity: pieces('1'), vatCode, paymentMethod })],
    {
      settledAt: moment(settledAt),
    },
  );

test('E68: a prepayment of 12.2025 at 20/120 has VAT 200.00 in 1106; the shipment of 02.2026 is at 22 %, offset 1200.00, VAT 216.39 in 1115', () => {
  const prepayment = prepayedOrShipped(3, 1, '2025-12-15T10:00:00');
  const shipped = prepayedOrShipped(11, 4, '2026-02-15T10:00:00');
  const shipment = { ...shipped, payments: { ...NO_PAYMENTS, prepaid: money(120_000) } };
  expect(verdict(prepayment, day('2025-12-15'))).toBe('admitted');
  expect(verdict(shipment, day('2026-02-15'))).toBe('admitted');
  expect(verdict(prepayedOrShipped(3, 4, '2026-02-15T10:00:00'), day('2026-02-15'))).toBe(
    'vat-code-not-in-force',
  );
  const [first, second] = [prepayment, shipment].map(contentToTlv);
  expect(first && E.isRight(first) && first.right).toContainEqual(tlv.integer(1106, 20_000));
  expect(second && E.isRight(second) && second.right).toContainEqual(
    tlv.nodes(1115, [tlv.nodes(1119, [tlv.integer(1120, 21_639), tlv.integer(1199, 11)])]),
  );
  expect(second && E.isRight(second) && second.right).toContainEqual(tlv.integer(1215, 120_000));
});

test('a correction may mix 20 and 22 % only where the profile accepts it (unconfirmed)', () => {
  const mixed = sampleContent(
    '1.05',
    sampleCorrection('1.05', {
      correction: { type: 0, settledOn: day('2025-12-31'), reason: 'not-applied' },
      vatTotals: [
        { code: 11, amount: money(100) },
        { code: 1, amount: money(100) },
      ],
    }),
  );
  expect(verdict(mixed, day('2026-10-08'))).toBe('vat-rates-mixed');
  expect(
    verdict(mixed, day('2026-10-08'), undefined, { ...DEFAULT_PROFILE, mixedRatesInCorrection: 'accepted' }),
  ).toBe('admitted');
});

test('5 and 7 % are bound to simplified taxation only where the profile says so (unconfirmed)', () => {
  const reduced = saleOf('1.2', [sampleItem('1.2', { vatCode: 7 })], { taxation: 2 });
  const facts = sampleFacts('1.2', { device: { taxations: [1, 2] } });
  const strict = { ...DEFAULT_PROFILE, reducedRates: 'simplified-only' as const };
  expect(admitReceipt(reduced, facts, strict)).toEqual(E.right(reduced));
  expect(admitReceipt({ ...reduced, taxation: 1 }, facts, strict)).toMatchObject({
    left: { rule: 'vat-taxation-mismatch' },
  });
  expect(admitReceipt({ ...reduced, taxation: 1 }, facts)).toMatchObject({ _tag: 'Right' });
});
