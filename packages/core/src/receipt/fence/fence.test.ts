import * as E from 'fp-ts/Either';
import { NO_PAYMENTS, instant } from '@cloud-kassa/ffd';
import type { ReceiptContent } from '../content';
import {
  money,
  pieces,
  saleOf,
  sampleContent,
  sampleCorrection,
  sampleItem,
  sure,
} from '../rules/sample-receipt.arbitrary';
import type { FenceCommand, RefundItem, ReserveOffset, ReserveRefund } from './commands';
import { decideFence } from './decide';
import type { FenceRule } from './fence-rules';
import { FENCE_RULES } from './fence-rules';
import { DEFAULT_FENCE_PROFILE } from './profile';
import type { FenceState } from './state';
import { INITIAL_FENCE, evolveFence, isFenceHeld } from './state';

const now = sure(instant('2026-10-09T08:15:30.000Z'));

/** Three pieces of 269.10 and a service of 100.00: 907.30, paid cashless. */
const sale = saleOf('1.2', [
  sampleItem('1.2'),
  sampleItem('1.2', { price: money(10_000), quantity: pieces('1'), vatCode: 6 }),
]);

const cashless = (amount: number) => ({ ...NO_PAYMENTS, cashless: money(amount) });

const part = (line: number, quantity: string, sum: number): RefundItem => ({
  line,
  quantity: pieces(quantity),
  sum: money(sum),
});

const reserve = (
  refundId: string,
  items: ReadonlyArray<RefundItem>,
  sums = cashless(items.reduce((sum, item) => sum + item.sum, 0)),
): ReserveRefund => ({
  type: 'ReserveRefund',
  data: { now, refundId, items, sums },
});

const offset = (offsetId: string, amount: number): ReserveOffset => ({
  type: 'ReserveOffset',
  data: { now, offsetId, amount: money(amount) },
});

const release = (refundId: string): FenceCommand => ({ type: 'ReleaseRefund', data: { now, refundId } });

const releaseOffset = (offsetId: string): FenceCommand => ({
  type: 'ReleaseOffset',
  data: { now, offsetId },
});

const after = (content: ReceiptContent, ...commands: ReadonlyArray<FenceCommand>): FenceState =>
  commands.reduce(
    (fence, command) =>
      sure(decideFence(command, { content, attempt: { phase: 'Fiscalized' } }, fence)).reduce(
        evolveFence,
        fence,
      ),
    INITIAL_FENCE,
  );

const outcome = (
  command: FenceCommand,
  content: ReceiptContent = sale,
  fence = INITIAL_FENCE,
  profile = DEFAULT_FENCE_PROFILE,
  phase: 'Fiscalized' | 'Cancelled' | 'Unknown' = 'Fiscalized',
): FenceRule | number => {
  const decided = decideFence(command, { content, attempt: { phase } }, fence, profile);
  return E.isLeft(decided) ? decided.left.rule : decided.right.length;
};

const prepayment = saleOf('1.2', [
  sampleItem('1.2', { price: money(100_000), quantity: pieces('1'), vatCode: 12, paymentMethod: 1 }),
]);
const marked = saleOf('1.2', [
  sampleItem('1.2', {
    subject: 33,
    quantity: pieces('1'),
    marking: { code: '010460043993125621JgXJ5.', plannedStatus: 1 },
  }),
]);
const rounded = saleOf(
  '1.2',
  [
    sampleItem('1.2', { price: money(6650), quantity: pieces('1') }),
    sampleItem('1.2', { price: money(6520), quantity: pieces('1') }),
  ],
  { total: money(13_100) },
);
const closing = {
  ...saleOf('1.2', [sampleItem('1.2')]),
  payments: { ...NO_PAYMENTS, prepaid: money(30_000), cashless: money(50_730) },
};

/** One command for every rule. */
const REFUSED: Readonly<Record<FenceRule, () => FenceRule | number>> = {
  'parent-not-refundable': () =>
    outcome(reserve('r', [part(0, '1', 26_910)]), { ...sale, settlementSign: 2 }),
  'parent-cancelled': () =>
    outcome(reserve('r', [part(0, '1', 26_910)]), sale, INITIAL_FENCE, DEFAULT_FENCE_PROFILE, 'Cancelled'),
  'refund-empty': () => outcome(reserve('r', [])),
  'refund-line-unknown': () => outcome(reserve('r', [part(2, '1', 1)])),
  'refund-quantity-above-sold': () => outcome(reserve('r', [part(0, '3.000001', 26_910)])),
  'refund-sum-above-sold': () => outcome(reserve('r', [part(1, '1', 10_001)])),
  'refund-of-marked-part': () => outcome(reserve('r', [part(0, '0.5', 13_455)]), marked),
  'refund-sum-without-price': () => outcome(reserve('r', [part(0, '3', 80_729)])),
  'refund-total-differs': () => outcome(reserve('r', [part(1, '1', 10_000)], cashless(9999))),
  'refund-above-paid': () =>
    outcome(reserve('r', [part(1, '1', 10_000)], { ...NO_PAYMENTS, credit: money(10_000) })),
  'refund-of-offset-amount': () =>
    outcome(reserve('r', [part(0, '1', 70_001)]), prepayment, after(prepayment, offset('o', 30_000))),
  'refund-leaves-rest': () => outcome(reserve('r', [part(0, '1', 6650)]), rounded),
  'refund-differs': () =>
    outcome(reserve('r', [part(1, '1', 9999)]), sale, after(sale, reserve('r', [part(1, '1', 10_000)]))),
  'refund-unknown': () => outcome(release('r')),
  'offset-without-amount': () => outcome(offset('o', 0), prepayment),
  'offset-without-prepayment': () => outcome(offset('o', 1)),
  'offset-above-prepaid': () => outcome(offset('o', 100_001), prepayment),
  'offset-differs': () => outcome(offset('o', 2), prepayment, after(prepayment, offset('o', 1))),
  'offset-unknown': () => outcome(releaseOffset('o')),
};

describe('every rule of the fence refuses', () => {
  test.each(
    Object.entries(REFUSED).map(
      ([rule, refused]) => [rule, FENCE_RULES[rule as FenceRule].source, refused] as const,
    ),
  )('%s (%s)', (rule, _source, refused) => {
    expect(refused()).toBe(rule);
  });

  test.each(Object.entries(FENCE_RULES))('%s: in English and Russian', (_rule, { english, russian }) => {
    expect([english, russian].every((text) => /^[A-ZА-ЯЁ].*\.$/u.test(text))).toBe(true);
  });
});

describe('the same id', () => {
  const fence = after(sale, reserve('r', [part(1, '1', 10_000)]));

  test('with the same content changes nothing, even when nothing would be left for a second', () => {
    expect(outcome(reserve('r', [part(1, '1', 10_000)]), sale, fence)).toBe(0);
    expect(outcome(reserve('other', [part(1, '1', 10_000)]), sale, fence)).toBe('refund-quantity-above-sold');
  });

  test('with the same lines and other kinds of payment is refused', () => {
    const sums = { ...NO_PAYMENTS, prepaid: money(10_000) };
    expect(outcome(reserve('r', [part(1, '1', 10_000)], sums), sale, fence)).toBe('refund-differs');
  });

  test('of an offset with the same amount changes nothing', () => {
    expect(outcome(offset('o', 100_000), prepayment, after(prepayment, offset('o', 100_000)))).toBe(0);
  });

  test('is released once, a second time changes nothing, and may be reserved again, with other content too', () => {
    const released = after(sale, reserve('r', [part(1, '1', 10_000)]), release('r'));
    expect(outcome(release('r'), sale, released)).toBe(0);
    expect(outcome(reserve('r', [part(0, '1', 26_910)]), sale, released)).toBe(1);
    expect(isFenceHeld(released)).toBe(false);
    const again = after(
      sale,
      reserve('r', [part(1, '1', 10_000)]),
      release('r'),
      reserve('r', [part(1, '1', 10_000)]),
    );
    expect([isFenceHeld(again), outcome(release('r'), sale, again)]).toEqual([true, 1]);
  });

  test('of an offset likewise', () => {
    const released = after(prepayment, offset('o', 100_000), releaseOffset('o'));
    expect([
      outcome(releaseOffset('o'), prepayment, released),
      outcome(offset('o', 5), prepayment, released),
    ]).toEqual([0, 1]);
  });
});

describe('what may be refunded', () => {
  test('a sale under way as well as a fiscalized one: the refund waits for it', () => {
    expect(
      outcome(reserve('r', [part(1, '1', 10_000)]), sale, INITIAL_FENCE, DEFAULT_FENCE_PROFILE, 'Unknown'),
    ).toBe(1);
  });

  test('a purchase and a correction with lines; a correction of FFD 1.05 has none', () => {
    const correction = sampleContent('1.2', sampleCorrection('1.2'));
    expect(outcome(reserve('r', [part(0, '3', 80_730)]), { ...sale, settlementSign: 3 })).toBe(1);
    expect(outcome(reserve('r', [part(0, '3', 80_730)]), correction)).toBe(1);
    expect(
      outcome(reserve('r', [part(0, '3', 80_730)]), sampleContent('1.05', sampleCorrection('1.05'))),
    ).toBe('parent-not-refundable');
  });

  test('of each kind what was paid in it, money and offset part together not beyond both', () => {
    const sums = { ...NO_PAYMENTS, provision: money(10_000) };
    expect(outcome(reserve('r', [part(1, '1', 10_000)], sums))).toBe('refund-above-paid');
    const offsetSale = {
      ...rounded,
      payments: { ...NO_PAYMENTS, prepaid: money(5000), cashless: money(8100) },
    };
    const both = [part(0, '1', 6650), part(1, '1', 6520)];
    expect(outcome(reserve('r', both, offsetSale.payments), offsetSale)).toBe(1);
    expect(outcome(reserve('r', both, { ...offsetSale.payments, cashless: money(8170) }), offsetSale)).toBe(
      'refund-above-paid',
    );
  });

  test('rounded down only if the receipt was', () => {
    expect(outcome(reserve('r', [part(0, '1', 26_910)], cashless(26_905)))).toBe('refund-total-differs');
  });

  test('less than the price, when a fee is kept', () => {
    expect(outcome(reserve('r', [part(1, '1', 8000)]))).toBe(1);
  });

  test('two parts of one line are counted together', () => {
    expect(outcome(reserve('r', [part(0, '2', 53_820), part(0, '1', 26_910)]))).toBe(1);
    expect(outcome(reserve('r', [part(0, '2', 53_820), part(0, '2', 26_910)]))).toBe(
      'refund-quantity-above-sold',
    );
    expect(outcome(reserve('r', [part(0, '1', 53_820), part(0, '1', 26_911)]))).toBe('refund-sum-above-sold');
  });

  test('a rounded receipt: only so that the rest can go back too; the refusal says by how much to lower', () => {
    const decided = decideFence(
      reserve('r', [part(0, '1', 6650)]),
      { content: rounded, attempt: { phase: 'Fiscalized' } },
      INITIAL_FENCE,
    );
    expect(decided).toMatchObject({ left: { detail: { lowerBy: 50 } } });
    const first = reserve('r', [part(0, '1', 6650)], cashless(6600));
    expect(outcome(first, rounded)).toBe(1);
    expect(outcome(reserve('s', [part(1, '1', 6520)], cashless(6500)), rounded, after(rounded, first))).toBe(
      1,
    );
    expect(outcome(reserve('s', [part(1, '1', 6520)]), rounded, after(rounded, first))).toBe(
      'refund-above-paid',
    );
  });
});

describe('advances and prepayments', () => {
  test('are offset in parts up to their amount (tag 1215)', () => {
    const fence = after(prepayment, offset('a', 60_000), offset('b', 40_000));
    expect([outcome(offset('c', 1), prepayment, fence), isFenceHeld(fence)]).toEqual([
      'offset-above-prepaid',
      true,
    ]);
  });

  test('what is refunded is not offset, what is offset not refunded', () => {
    const refunded = after(prepayment, reserve('r', [part(0, '0.4', 40_000)]));
    expect([
      outcome(offset('o', 60_000), prepayment, refunded),
      outcome(offset('o', 60_001), prepayment, refunded),
    ]).toEqual([1, 'offset-above-prepaid']);
    const used = after(prepayment, offset('o', 60_000));
    expect([
      outcome(reserve('r', [part(0, '1', 40_000)]), prepayment, used),
      outcome(reserve('r', [part(0, '1', 40_001)]), prepayment, used),
    ]).toEqual([1, 'refund-of-offset-amount']);
  });

  test('a rounded prepayment is offset and refunded in money, not in lines', () => {
    const item = sampleItem('1.2', {
      price: money(10_050),
      quantity: pieces('1'),
      vatCode: 12,
      paymentMethod: 1,
    });
    const roundedOff = saleOf('1.2', [item], { total: money(10_000) });
    const fence = after(roundedOff, offset('o', 4000));
    expect(outcome(offset('p', 6001), roundedOff, fence)).toBe('offset-above-prepaid');
    expect(outcome(reserve('r', [part(0, '0.6', 6030)], cashless(6000)), roundedOff, fence)).toBe(1);
    expect(outcome(reserve('r', [part(0, '0.6', 6030)], cashless(6030)), roundedOff, fence)).toBe(
      'refund-of-offset-amount',
    );
  });

  test('what is still owed is no prepayment (tag 1216)', () => {
    const owed = {
      ...prepayment,
      payments: { ...NO_PAYMENTS, cashless: money(60_000), credit: money(40_000) },
    };
    expect([outcome(offset('o', 60_000), owed), outcome(offset('o', 60_001), owed)]).toEqual([
      1,
      'offset-above-prepaid',
    ]);
  });

  test('lines that are paid in full are no prepayment', () => {
    const mixed = saleOf('1.2', [
      sampleItem('1.2'),
      sampleItem('1.2', { price: money(5000), quantity: pieces('1'), paymentMethod: 3 }),
    ]);
    expect([outcome(offset('o', 5000), mixed), outcome(offset('o', 5001), mixed)]).toEqual([
      1,
      'offset-above-prepaid',
    ]);
  });

  test.each([
    ['either', 1, 1],
    ['as-offset', 'refund-above-paid', 1],
    ['as-money', 1, 'refund-above-paid'],
  ] as const)(
    'the offset part of a closing receipt goes back %s (unconfirmed)',
    (refundOfOffsets, asMoney, asOffset) => {
      const profile = { ...DEFAULT_FENCE_PROFILE, refundOfOffsets };
      const whole = [part(0, '3', 80_730)];
      expect([
        outcome(reserve('r', whole), closing, INITIAL_FENCE, profile),
        outcome(reserve('r', whole, closing.payments), closing, INITIAL_FENCE, profile),
      ]).toEqual([asMoney, asOffset]);
    },
  );
});
