import type { ItemRequest, ReceiptRequest } from '../request';
import { admitted, item, judge, sale, withItem } from './admission.testing';

describe('money and quantities on the wire of a request (format: kopecks of six bytes, quantity of six decimals)', () => {
  judge([
    ['a plain sale', sale, 'admitted'],
    ['a fraction of a kopeck', withItem({ price: 0.5 }), 'amount-not-kopecks items[0].price'],
    ['a negative price', withItem({ price: -1 }), 'amount-not-kopecks items[0].price'],
    ['an amount above six bytes', { ...sale, total: 281_474_976_710_656 }, 'amount-not-kopecks total'],
    ['not a number', { ...sale, payments: { cash: Number.NaN } }, 'amount-not-kopecks payments.cash'],
    [
      'a line above six bytes',
      withItem({ price: 281_474_976_710_655, quantity: '2' }),
      'amount-not-kopecks items[0].sum',
    ],
    ['quantity nought', withItem({ quantity: '0' }), 'quantity-not-decimal items[0].quantity'],
    ['seven decimals', withItem({ quantity: '0.0000001' }), 'quantity-not-decimal items[0].quantity'],
    ['an exponent', withItem({ quantity: '1e3' }), 'quantity-not-decimal items[0].quantity'],
    [
      'a quantity above eight bytes',
      withItem({ quantity: '281474976.710656' }),
      'quantity-not-decimal items[0].quantity',
    ],
    ['a free line: price 0 (OrangeData)', { ...withItem({ price: 0 }), payments: {} }, 'admitted'],
  ]);
});

describe('sums (order ММВ-7-20/229@; ATOL 52, 66, 128, 227, 243)', () => {
  const cheap: ItemRequest = { ...item, price: 12345, quantity: '1', vatCode: 6 };
  const dear: ItemRequest = { ...item, price: 445, quantity: '2', vatCode: 4 };
  const two = (total: number, paid: number): ReceiptRequest => ({
    ...sale,
    items: [cheap, dear],
    total,
    payments: { cashless: paid },
  });
  const tens: ReceiptRequest = {
    ...sale,
    settlementSign: 2,
    items: [1, 2, 3].map(() => ({ ...item, price: 1000, quantity: '1', vatCode: 1 })),
    payments: { cashless: 3000 },
  };
  judge([
    ['a line sum that is right', withItem({ sum: 80730 }), 'admitted'],
    ['a line sum a kopeck off', withItem({ sum: 80729 }), 'line-sum-differs items[0].sum'],
    [
      'E18: half even is not half up',
      { ...withItem({ price: 10005, quantity: '0.1', sum: 1000 }), payments: { cashless: 1000 } },
      'line-sum-differs items[0].sum',
    ],
    ['E21: total 132.00 over 132.35', two(13200, 13200), 'admitted'],
    ['E22: total 131.99', two(13199, 13199), 'total-outside-rouble total'],
    ['E22: total 133.00', two(13300, 13300), 'total-outside-rouble total'],
    [
      'E24: prepaid 300 and cashless 700 of 1000',
      { ...withItem({ price: 100000, quantity: '1' }), payments: { prepaid: 30000, cashless: 70000 } },
      'admitted',
    ],
    [
      'E25: cashless above the total',
      { ...withItem({ price: 100000, quantity: '1' }), payments: { cashless: 100001 } },
      'non-cash-above-total payments',
    ],
    ['paid too little', { ...sale, payments: { cashless: 80729 } }, 'payments-differ-from-total payments'],
    ['line VAT that is right', withItem({ vatSum: 14558 }), 'admitted'],
    ['line VAT a kopeck off', withItem({ vatSum: 14559 }), 'vat-sum-differs items[0].vatSum'],
    [
      'VAT of a line without VAT',
      withItem({ vatCode: 6, vatSum: 1 }),
      'vat-sum-without-rate items[0].vatSum',
    ],
    ['E17: totals per line', { ...tens, vatTotals: [{ code: 1, amount: 501 }] }, 'admitted'],
    ['E17: totals per total', { ...tens, vatTotals: [{ code: 1, amount: 500 }] }, 'admitted'],
    [
      'E17: totals of neither rule',
      { ...tens, vatTotals: [{ code: 1, amount: 502 }] },
      'vat-totals-differ vatTotals',
    ],
    [
      'totals under a code no line has',
      { ...sale, vatTotals: [{ code: 12, amount: 14558 }] },
      'vat-totals-differ vatTotals',
    ],
  ]);

  test('E23: turnover without VAT 123.45, VAT 10/110 0.81', () => {
    expect(admitted(two(13235, 13235))).toMatchObject({
      total: 13235,
      vatTotals: [
        { code: 4, amount: 81 },
        { code: 6, amount: 12345 },
      ],
    });
  });

  test('a rounded total leaves VAT to the unrounded lines', () => {
    expect(admitted(two(13200, 13200))?.vatTotals).toEqual([
      { code: 4, amount: 81 },
      { code: 6, amount: 12345 },
    ]);
  });

  test('the register computes totals by its own rule, and keeps given ones', () => {
    expect(admitted(tens, { profile: { vatRule: 'per-line' } })?.vatTotals).toEqual([
      { code: 1, amount: 501 },
    ]);
    expect(admitted(tens, { profile: { vatRule: 'per-total' } })?.vatTotals).toEqual([
      { code: 1, amount: 500 },
    ]);
    const given = { ...tens, vatTotals: [{ code: 1, amount: 500 }] };
    expect(admitted(given, { profile: { vatRule: 'per-line' } })?.vatTotals).toEqual([
      { code: 1, amount: 500 },
    ]);
  });
});
