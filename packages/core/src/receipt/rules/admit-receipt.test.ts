import type { FfdVersion, LegacyVat } from '@cloud-kassa/ffd';
import type { ReceiptContent, ReceiptItem } from '../content';
import type { AdmissionFacts } from '../facts';
import type { AdmissionClaims } from './admission';
import { admitReceipt } from './admit-receipt';
import type { DraftItem } from './draft';
import type { AdmissionProfile } from './profile';
import { DEFAULT_PROFILE } from './profile';
import type { ReceiptRule } from './receipt-rules';
import { RECEIPT_RULES } from './receipt-rules';
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

interface Case {
  readonly content: ReceiptContent;
  readonly facts?: AdmissionFacts;
  readonly profile?: Partial<AdmissionProfile>;
  readonly claims?: AdmissionClaims;
  /** Where the refusal must point. */
  readonly field: string;
}

const sale = (ffd: FfdVersion, change: Partial<ReceiptContent> = {}): ReceiptContent => ({
  ...sampleContent(ffd),
  ...change,
});

const correction = (ffd: FfdVersion, change: Partial<ReceiptContent> = {}): ReceiptContent => ({
  ...sampleContent(ffd, sampleCorrection(ffd)),
  ...change,
});

/** The lawful sale with its one line changed afterwards, as no composition would leave it. */
const withLine = (
  ffd: FfdVersion,
  change: Partial<ReceiptItem>,
  rest: Partial<ReceiptContent> = {},
): ReceiptContent => {
  const content = sampleContent(ffd);
  return { ...content, ...rest, items: content.items.map((item) => ({ ...item, ...change })) };
};

const saleWith = (ffd: FfdVersion, change: Partial<DraftItem>): ReceiptContent =>
  saleOf(ffd, [sampleItem(ffd, change)]);

const CODE = '010460043993125621JgXJ5.';
const GROUND: LegacyVat = { ground: 'refund-of-legacy-sale', earlier: day('2025-06-01') };

/** One receipt for every rule, lawful but for that rule. */
const BROKEN: Readonly<Record<ReceiptRule, Case>> = {
  'organisation-differs': {
    content: sale('1.2'),
    claims: { organisation: '7736207543' },
    field: 'organisation',
  },
  'device-differs': {
    content: sale('1.2'),
    facts: sampleFacts('1.2', { register: { deviceId: 'device-2' } }),
    field: 'facts.device.deviceId',
  },
  'ffd-differs': { content: sale('1.2'), facts: sampleFacts('1.05'), field: 'ffd' },
  'zone-differs': { content: sale('1.2', { zone: 3 }), field: 'zone' },
  'vat-rule-differs': { content: sale('1.2', { vatRule: 'per-total' }), field: 'vatRule' },
  'register-policy': {
    content: sale('1.2'),
    facts: sampleFacts('1.2', { register: { policy: '3.0.8' } }),
    field: 'facts.instrument',
  },
  'shift-not-open': {
    content: sale('1.2'),
    facts: sampleFacts('1.2', { origin: 'manual' }),
    field: 'facts.shiftId',
  },
  'settled-in-future': {
    content: sale('1.2', { settledAt: moment('2026-10-09T00:00:00') }),
    field: 'settledAt',
  },
  'needs-correction': {
    content: sale('1.2', { settledAt: moment('2026-10-06T23:59:59') }),
    field: 'settledAt',
  },
  'taxation-not-registered': { content: sale('1.2', { taxation: 2 }), field: 'taxation' },
  'taxation-not-in-force': {
    content: sale('1.2', { taxation: 8 }),
    facts: sampleFacts('1.2', { device: { taxations: [1, 8] } }),
    field: 'taxation',
  },
  'correction-data-required': { content: sale('1.2', { kind: 'correction' }), field: 'correction' },
  'correction-sign': { content: correction('1.05', { settlementSign: 2 }), field: 'settlementSign' },
  'correction-reason': {
    content: correction('1.05', {
      correction: { type: 0, settledOn: day('2026-10-01'), reason: 'error-reversal' },
    }),
    field: 'correction.reason',
  },
  'correction-order-number': {
    content: correction('1.2', {
      correction: { type: 1, settledOn: day('2026-10-01'), reason: 'not-applied' },
    }),
    field: 'correction.orderNumber',
  },
  'correction-date': {
    content: correction('1.2', {
      correction: { type: 0, settledOn: day('2026-10-09'), reason: 'not-applied' },
    }),
    field: 'correction.settledOn',
  },
  'correction-fiscal-sign': {
    content: correction('1.2', {
      correction: { type: 0, settledOn: day('2026-10-01'), reason: 'error-right-data' },
    }),
    field: 'additionalAttribute',
  },
  'field-not-in-format': { content: withLine('1.2', { unit: 'шт' }), field: 'items.0.unit' },
  'items-required': { content: sale('1.2', { items: [] }), field: 'items' },
  'items-not-in-correction': {
    content: correction('1.05', { items: sampleContent('1.05').items }),
    field: 'items',
  },
  'measure-required': {
    content: sale('1.2', { items: sampleContent('1.05').items }),
    field: 'items.0.measure',
  },
  'text-empty': { content: withLine('1.2', { name: '' }), field: 'items.0.name' },
  'text-not-cp866': { content: withLine('1.2', { name: 'Чай «Майский»' }), field: 'items.0.name' },
  'text-too-long': { content: withLine('1.2', { name: 'ж'.repeat(129) }), field: 'items.0.name' },
  'text-malformed': { content: withLine('1.2', { country: '64' }), field: 'items.0.country' },
  'name-code': { content: withLine('1.2', { subject: 15, name: '26' }), field: 'items.0.name' },
  'inn-invalid': {
    content: sale('1.2', { cashier: { name: 'Петрова А. А.', inn: '1234567895' } }),
    field: 'cashier.inn',
  },
  'contact-required': {
    content: sale('1.2', { buyer: { keyId: 'buyer-1', person: { name: 'Петров' } } }),
    field: 'buyer',
  },
  'contact-malformed': {
    content: sale('1.2', { buyer: { keyId: 'buyer-1', person: { phone: '89123456789' } } }),
    field: 'buyer.person.phone',
  },
  'sender-email-malformed': { content: sale('1.2', { senderEmail: 'kassa' }), field: 'senderEmail' },
  'site-required': { content: sale('1.2', { place: { place: 'Москва' } }), field: 'place.place' },
  'internet-sign-not-in-force': {
    content: { ...saleWith('1.2', { vatCode: 1 }), settledAt: moment('2025-08-31T12:00:00') },
    facts: sampleFacts('1.2', { rulesOn: day('2025-08-31') }),
    field: 'internet',
  },
  'vat-rates-mixed': {
    content: correction('1.05', {
      correction: { type: 0, settledOn: day('2025-12-31'), reason: 'not-applied' },
      vatTotals: [
        { code: 1, amount: money(1) },
        { code: 12, amount: money(1) },
      ],
    }),
    field: 'vatTotals',
  },
  'vat-code-not-in-force': { content: saleWith('1.2', { vatCode: 1 }), field: 'items.0.vatCode' },
  'vat-ground-mismatch': {
    content: saleWith('1.2', { vatCode: 1 }),
    claims: { legacyVat: GROUND },
    field: 'items.0.vatCode',
  },
  'vat-taxation-mismatch': {
    content: saleWith('1.2', { vatCode: 7 }),
    profile: { reducedRates: 'simplified-only' },
    field: 'items.0.vatCode',
  },
  'amount-too-large': {
    content: withLine('1.2', { price: money(281_474_976_710_655) }),
    field: 'items.0.sum',
  },
  'line-sum-differs': { content: withLine('1.2', { sum: money(80_729) }), field: 'items.0.sum' },
  'line-vat-differs': { content: withLine('1.2', { vatSum: money(14_557) }), field: 'items.0.vatSum' },
  'line-vat-not-carried': { content: withLine('1.2', { vatCode: 6 }), field: 'items.0.vatSum' },
  'total-outside-rouble': { content: sale('1.2', { total: money(80_699) }), field: 'total' },
  'vat-totals-differ': {
    content: sale('1.2', { vatTotals: [{ code: 11, amount: money(14_559) }] }),
    field: 'vatTotals',
  },
  'non-cash-above-total': {
    content: sale('1.2', { payments: { ...sampleContent('1.2').payments, cashless: money(80_731) } }),
    field: 'payments',
  },
  'payments-differ-from-total': {
    content: sale('1.2', { payments: { ...sampleContent('1.2').payments, cashless: money(80_729) } }),
    field: 'payments',
  },
  'cash-in-internet-settlement': {
    content: sale('1.2', {
      payments: { ...sampleContent('1.2').payments, cashless: money(0), cash: money(80_730) },
    }),
    field: 'payments.cash',
  },
  'no-cash-on-cloud-register': {
    content: sale('1.2', {
      internet: false,
      payments: { ...sampleContent('1.2').payments, cashless: money(0), cash: money(80_730) },
    }),
    field: 'payments.cash',
  },
  'credit-differs-from-methods': { content: withLine('1.2', { paymentMethod: 6 }), field: 'payments.credit' },
  'prepayment-rate': {
    content: withLine('1.2', { paymentMethod: 1 }),
    profile: { prepaymentRate: 'by-method' },
    field: 'items.0.vatCode',
  },
  'advance-subject': {
    content: withLine('1.2', { paymentMethod: 3 }),
    profile: { advanceSubject: 'payment' },
    field: 'items.0.subject',
  },
  'supplier-inn-required': {
    content: withLine('1.2', { agent: { sign: 64 as never } }),
    field: 'items.0.agent.supplier',
  },
  'marking-code-required': { content: withLine('1.2', { subject: 33 }), field: 'items.0.marking' },
  'marking-code-forbidden': {
    content: withLine('1.2', { subject: 32, marking: { code: CODE } }),
    field: 'items.0.marking',
  },
  'marking-subject': {
    content: withLine('1.2', { subject: 4, marking: { code: CODE } }),
    field: 'items.0.marking',
  },
  'marking-quantity': {
    content: withLine('1.2', { subject: 33, marking: { code: CODE } }),
    field: 'items.0.quantity',
  },
  'marking-fraction': {
    content: saleWith('1.2', {
      subject: 33,
      quantity: pieces('1'),
      marking: { code: CODE, fraction: { numerator: 3, denominator: 3 } },
    }),
    field: 'items.0.marking.fraction',
  },
  'marking-status': {
    content: saleWith('1.2', {
      subject: 33,
      quantity: pieces('1'),
      marking: { code: CODE, plannedStatus: 7 },
    }),
    field: 'items.0.marking.plannedStatus',
  },
  'marking-code-malformed': {
    content: saleWith('1.05', { quantity: pieces('1'), marking: { code: 'не код' } }),
    facts: sampleFacts('1.05'),
    field: 'items.0.marking.code',
  },
  'too-many-lines': {
    content: saleOf(
      '1.2',
      Array.from({ length: 251 }, () => sampleItem('1.2')),
    ),
    field: 'items',
  },
  'document-too-large': {
    content: saleOf(
      '1.2',
      Array.from({ length: 200 }, () => sampleItem('1.2', { name: 'ж'.repeat(128) })),
    ),
    field: 'content',
  },
};

const decide = ({ content, facts = sampleFacts(content.ffd), profile, claims }: Case) =>
  admitReceipt(content, facts, { ...DEFAULT_PROFILE, ...profile }, claims);

describe('every rule refuses', () => {
  test.each(
    Object.entries(BROKEN).map(
      ([rule, broken]) => [rule, RECEIPT_RULES[rule as ReceiptRule].source, broken] as const,
    ),
  )('%s (%s)', (rule, _source, broken) => {
    const decided = decide(broken);
    expect(decided).toMatchObject({ _tag: 'Left', left: { rule, field: broken.field } });
  });

  test.each(Object.entries(RECEIPT_RULES))(
    '%s: in English and Russian, with its source',
    (_rule, { english, russian, source }) => {
      expect(english).toMatch(/^[A-Z15].*\.$/u);
      expect(russian).toMatch(/^[А-ЯЁ].*\.$/u);
      expect(source.length).toBeGreaterThan(10);
    },
  );

  test('never with the offending value', () => {
    const values = ['89123456789', '1234567895', 'Майский', 'не код', 'Петров'];
    for (const broken of Object.values(BROKEN)) {
      const text = JSON.stringify(decide(broken));
      for (const value of values) expect(text).not.toContain(value);
    }
  });
});
