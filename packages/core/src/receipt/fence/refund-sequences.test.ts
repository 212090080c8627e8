import * as E from 'fp-ts/Either';
import * as fc from 'fast-check';
import {
  NO_PAYMENTS,
  VAT_CODES,
  instant,
  kopecks,
  lineSum,
  quantityFromMillionths,
  quantityToMillionths,
  taxationExistsOn,
  vatOf,
} from '@cloud-kassa/ffd';
import type { ReceiptContent } from '../content';
import { admitReceipt } from '../rules/admit-receipt';
import { composeReceipt, composeSettingsOf } from '../rules/compose-receipt';
import { lawfulReceipt } from '../rules/lawful-receipt.arbitrary';
import type { LawfulReceipt } from '../rules/lawful-receipt.arbitrary';
import { money, pieces, saleOf, sampleItem, sure } from '../rules/sample-receipt.arbitrary';
import { isMarkedPiece } from '../rules/goods-rules';
import { DEFAULT_PROFILE } from '../rules/profile';
import { decideFence } from './decide';
import { refundContent } from './refund-content';
import type { PlannedRefund } from './plan-refund';
import { planRefund, planRefundOfRest } from './plan-refund';
import type { FenceProfile } from './profile';
import { DEFAULT_FENCE_PROFILE } from './profile';
import { restOfLines } from './sold-lines';
import type { FenceState } from './state';
import { INITIAL_FENCE, evolveFence } from './state';

/** Parts of a line carry together the VAT of the line: whether registers accept that is unconfirmed, so it is not the default. */
const REMAINDER = { ...DEFAULT_PROFILE, refundVat: 'remainder' as const };
const REMAINDER_FENCE: FenceProfile = { ...DEFAULT_FENCE_PROFILE, refundVat: 'remainder' };

const now = sure(instant('2026-10-09T08:15:30.000Z'));

/** Sales and purchases with lines: what can be refunded. */
const refundable: fc.Arbitrary<LawfulReceipt> = lawfulReceipt.filter(
  ({ content }) => content.settlementSign % 2 === 1 && content.items.length > 0,
);

interface Wish {
  readonly line: number;
  readonly share: number;
  readonly fee: boolean;
}

const wishes: fc.Arbitrary<ReadonlyArray<Wish>> = fc.array(
  fc.record({ line: fc.nat(5), share: fc.integer({ min: 1, max: 1000 }), fee: fc.boolean() }),
  { minLength: 1, maxLength: 8 },
);

/** A refund of a part of what is left of a line, at the sold price or, with a fee kept, at half of it. */
const planned = (
  content: ReceiptContent,
  fence: FenceState,
  { line, share, fee }: Wish,
): PlannedRefund | undefined => {
  const at = line % content.items.length;
  const rest = restOfLines(content, fence)[at];
  if (rest === undefined || rest.millionths === 0) return undefined;
  const quantity = isMarkedPiece(rest.item)
    ? rest.item.quantity
    : sure(quantityFromMillionths(Math.ceil((rest.millionths * share) / 1000)));
  const plan = planRefund(content, fence, [{ line: at, quantity }]);
  if (!fee) return plan;
  const sum = sure(lineSum(sure(kopecks(Math.floor(rest.item.price / 2))), quantity));
  return { items: [{ line: at, quantity, sum }], sums: { ...NO_PAYMENTS, cashless: sum } };
};

const decide = (
  content: ReceiptContent,
  fence: FenceState,
  refundId: string,
  { items, sums }: PlannedRefund,
  profile: FenceProfile,
) =>
  decideFence(
    { type: 'ReserveRefund', data: { now, refundId, items, sums } },
    { content, attempt: { phase: 'Fiscalized' } },
    fence,
    profile,
  );

/** The fence after a refund, the same if it was refused. */
const step = (
  content: ReceiptContent,
  fence: FenceState,
  refundId: string,
  plan: PlannedRefund,
  profile: FenceProfile = REMAINDER_FENCE,
): FenceState => {
  const decided = decide(content, fence, refundId, plan, profile);
  return E.isRight(decided) ? decided.right.reduce(evolveFence, fence) : fence;
};

const wanted = (content: ReceiptContent, list: ReadonlyArray<Wish>): FenceState =>
  list.reduce((fence, wish, index) => {
    const plan = planned(content, fence, wish);
    return plan === undefined ? fence : step(content, fence, `refund-${index}`, plan);
  }, INITIAL_FENCE);

const total = (amounts: ReadonlyArray<number>): number => amounts.reduce((sum, amount) => sum + amount, 0);

const takenOf = (fence: FenceState, line: number) =>
  [...fence.refunds.values()].flatMap(({ items }) => items.filter((item) => item.line === line));

describe('refunds of a receipt, whatever is asked for', () => {
  test('never exceed it in quantity, sum, VAT of any line, nor in money', () => {
    fc.assert(
      fc.property(refundable, wishes, ({ content }, list) => {
        const fence = wanted(content, list);
        for (const [line, item] of content.items.entries()) {
          const taken = takenOf(fence, line);
          expect(total(taken.map(({ quantity }) => quantityToMillionths(quantity)))).toBeLessThanOrEqual(
            quantityToMillionths(item.quantity),
          );
          expect(total(taken.map(({ sum }) => sum))).toBeLessThanOrEqual(item.sum);
          expect(total(taken.map(({ vatSum }) => vatSum ?? 0))).toBeLessThanOrEqual(item.vatSum ?? 0);
        }
        const back = total([...fence.refunds.values()].flatMap(({ sums }) => Object.values(sums)));
        expect(back).toBeLessThanOrEqual(content.total);
      }),
      { numRuns: 150 },
    );
  });

  test('planned at the sold prices are always accepted', () => {
    fc.assert(
      fc.property(refundable, wishes, ({ content }, list) => {
        list.reduce((fence, wish, index) => {
          const plan = planned(content, fence, { ...wish, fee: false });
          if (plan === undefined) return fence;
          expect(decide(content, fence, `refund-${index}`, plan, REMAINDER_FENCE)).toMatchObject({
            _tag: 'Right',
          });
          return step(content, fence, `refund-${index}`, plan);
        }, INITIAL_FENCE);
      }),
      { numRuns: 150 },
    );
  });

  test('and the rest after them, add up to it exactly in quantity, sum, VAT and money', () => {
    fc.assert(
      fc.property(refundable, wishes, ({ content }, list) => {
        const before = wanted(
          content,
          list.map((wish) => ({ ...wish, fee: false })),
        );
        const rest = planRefundOfRest(content, before);
        const fence = rest === undefined ? before : step(content, before, 'rest', rest);
        for (const [line, item] of content.items.entries()) {
          const taken = takenOf(fence, line);
          expect(total(taken.map(({ quantity }) => quantityToMillionths(quantity)))).toBe(
            quantityToMillionths(item.quantity),
          );
          expect(total(taken.map(({ sum }) => sum))).toBe(item.sum);
          if (VAT_CODES[item.vatCode].carries !== 'vat') continue;
          expect(total(taken.map(({ vatSum }) => vatSum ?? 0))).toBe(item.vatSum);
          for (const { sum, vatSum = 0 } of taken)
            expect(Math.abs(vatSum - vatOf(sum, item.vatCode))).toBeLessThanOrEqual(2);
        }
        const back = total([...fence.refunds.values()].flatMap(({ sums }) => Object.values(sums)));
        expect(back).toBe(content.total);
        expect(planRefundOfRest(content, fence)).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });

  test('each give a receipt that is composed and admitted, with the rate codes of the sale', () => {
    fc.assert(
      fc.property(refundable, wishes, ({ content, facts }, list) => {
        const fence = wanted(content, list);
        const rest = planRefundOfRest(content, fence);
        const all = rest === undefined ? fence : step(content, fence, 'rest', rest);
        const taxation = taxationExistsOn(content.taxation, facts.rulesOn) ? content.taxation : 1;
        const registered = { ...facts, device: { ...facts.device, taxations: [taxation] } };
        for (const reservation of all.refunds.values()) {
          const draft = sure(refundContent(content, reservation, { settledAt: content.settledAt, taxation }));
          const refund = sure(composeReceipt(draft, { ...composeSettingsOf(facts), profile: REMAINDER }));
          const legacyVat = {
            ground: 'refund-of-legacy-sale' as const,
            earlier: content.correction?.settledOn ?? facts.rulesOn,
          };
          expect(admitReceipt(refund, registered, REMAINDER, { legacyVat })).toEqual(E.right(refund));
          expect(refund.items.map(({ vatCode }) => vatCode)).toEqual(
            reservation.items.map(({ line }) => content.items[line]?.vatCode),
          );
          expect(refund.settlementSign).toBe(content.settlementSign + 1);
        }
      }),
      { numRuns: 150 },
    );
  });
});

test('a part of a line carries the VAT of its own sum, half up, unless the profile says otherwise (tag 1200)', () => {
  const sale = saleOf('1.2', [sampleItem('1.2', { price: money(1001), quantity: pieces('3') })]);
  const fence = [0, 1, 2].reduce(
    (state, index) =>
      step(
        sale,
        state,
        `refund-${index}`,
        planRefund(sale, state, [{ line: 0, quantity: pieces('1') }]),
        DEFAULT_FENCE_PROFILE,
      ),
    INITIAL_FENCE,
  );
  expect(takenOf(fence, 0).map(({ vatSum }) => vatSum)).toEqual([181, 181, 181]);
});

test('E17: three refunds of a line of three pieces carry together the VAT of the line where the profile says so', () => {
  const sale = saleOf('1.2', [sampleItem('1.2', { price: money(1001), quantity: pieces('3') })]);
  const fence = [0, 1, 2].reduce(
    (state, index) =>
      step(sale, state, `refund-${index}`, planRefund(sale, state, [{ line: 0, quantity: pieces('1') }])),
    INITIAL_FENCE,
  );
  const vat = takenOf(fence, 0).map(({ vatSum }) => vatSum ?? 0);
  expect(sale.items[0]?.vatSum).toBe(542);
  expect(vat).toEqual([181, 181, 180]);
});

test('a sum between two prices is returned in two parts: the sold price for all but one piece, the remainder for it', () => {
  const sale = saleOf('1.2', [sampleItem('1.2', { price: money(1000), quantity: pieces('3') })]);
  const fee = [{ line: 0, quantity: pieces('0.5'), sum: money(399) }];
  const kept = step(sale, INITIAL_FENCE, 'fee', {
    items: fee,
    sums: { ...NO_PAYMENTS, cashless: money(399) },
  });
  expect(planRefundOfRest(sale, kept)).toMatchObject({
    items: [
      { line: 0, quantity: '1.5', sum: 1500 },
      { line: 0, quantity: '1', sum: 1101 },
    ],
    sums: { cashless: 2601 },
  });
});

test('what is left is drawn from the kinds that still hold something, money and offset part counted together', () => {
  const paid = { ...NO_PAYMENTS, cashless: money(1000), prepaid: money(1000), provision: money(1000) };
  const sale = {
    ...saleOf('1.2', [sampleItem('1.2', { price: money(1000), quantity: pieces('3') })]),
    payments: paid,
  };
  const sums = { ...NO_PAYMENTS, cashless: money(2000) };
  const two = step(sale, INITIAL_FENCE, 'two', {
    items: [{ line: 0, quantity: pieces('2'), sum: money(2000) }],
    sums,
  });
  expect(planRefundOfRest(sale, two)?.sums).toEqual({ ...NO_PAYMENTS, provision: 1000 });
  expect(planRefundOfRest(sale, INITIAL_FENCE)).toEqual({
    items: [{ line: 0, quantity: '3', sum: 3000 }],
    sums: paid,
  });
});
