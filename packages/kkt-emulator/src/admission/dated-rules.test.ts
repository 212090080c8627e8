import { admitted, correction, item, judge, on, sale, withItem } from './admission.testing';
import type { Setting } from './admission.testing';

describe('VAT rates have their time (FNS letter АБ-4-20/11248@ of 15.12.2025)', () => {
  const at20 = withItem({ vatCode: 1 });
  judge([
    ['20 % on 2025-12-31', at20, 'admitted', on('2025-12-31')],
    ['20 % on 2026-01-01', at20, 'vat-code-not-in-force items[0].vatCode', on('2026-01-01')],
    ['22 % on 2025-12-31', sale, 'vat-code-not-in-force items[0].vatCode', on('2025-12-31')],
    ['22 % on 2026-01-01', sale, 'admitted', on('2026-01-01')],
    [
      '5 % on 2024-12-31',
      withItem({ vatCode: 7 }),
      'vat-code-not-in-force items[0].vatCode',
      on('2024-12-31'),
    ],
    ['5 % on 2025-01-01', withItem({ vatCode: 7 }), 'admitted', on('2025-01-01')],
    ['E67: refund in 2026 of a sale at 20 %', { ...at20, settlementSign: 2 }, 'admitted'],
    ['payment of a credit for goods of 2025', withItem({ vatCode: 1, method: 7 }), 'admitted'],
    ['the same, said by the request', { ...at20, legacyGround: 'credit-of-earlier-shipment' }, 'admitted'],
    [
      'correction of a settlement of 2025 at 20 %',
      { ...correction, items: [{ ...item, vatCode: 1 }], correction: { type: 0, date: '2025-11-01' } },
      'admitted',
    ],
    [
      'correction of a settlement of 2025 at 22 %',
      { ...correction, correction: { type: 0, date: '2025-11-01' } },
      'vat-code-not-in-force items[0].vatCode',
    ],
    [
      'correction of a settlement of 2026 at 20 %',
      { ...correction, items: [{ ...item, vatCode: 1 }] },
      'vat-code-not-in-force items[0].vatCode',
    ],
    [
      'profile never: no ground helps',
      { ...at20, settlementSign: 2 },
      'vat-code-not-in-force items[0].vatCode',
      { profile: { legacyVat: 'never' } },
    ],
    ['profile always: no ground needed', at20, 'admitted', { profile: { legacyVat: 'always' } }],
    [
      'profile always: 22 % is not older for it',
      sale,
      'vat-code-not-in-force items[0].vatCode',
      { ...on('2025-06-01'), profile: { legacyVat: 'always' } },
    ],
  ]);

  test('E67: the refund carries code 1 and its total in 1102', () => {
    expect(admitted({ ...at20, settlementSign: 2 })?.vatTotals).toEqual([{ code: 1, amount: 13455 }]);
  });

  test('E68: prepayment of 2025 at 20/120, shipment of 2026 at 22 % with the offset', () => {
    const prepayment = withItem({ price: 120000, quantity: '1', vatCode: 3, method: 1, subject: 10 });
    expect(admitted({ ...prepayment, payments: { cashless: 120000 } }, on('2025-12-20'))?.vatTotals).toEqual([
      { code: 3, amount: 20000 },
    ]);
    const shipment = withItem({ price: 120000, quantity: '1', vatCode: 11, method: 4 });
    expect(admitted({ ...shipment, payments: { prepaid: 120000 } }, on('2026-02-20'))?.vatTotals).toEqual([
      { code: 11, amount: 21639 },
    ]);
  });
});

describe('taxation (ATOL 143)', () => {
  const several: Setting = { registration: { taxation: 1 + 2 + 8 + 32 } };
  judge([
    ['a registered system', { ...sale, taxation: 32 }, 'admitted', several],
    [
      'a system that is not registered',
      { ...sale, taxation: 4 },
      'taxation-not-registered taxation',
      several,
    ],
    ['no system where there is a choice', sale, 'tag-required taxation', several],
    ['ЕНВД in 2026', { ...sale, taxation: 8 }, 'taxation-not-in-force taxation', several],
    [
      'ЕНВД in 2020',
      { ...withItem({ vatCode: 6 }), taxation: 8 },
      'admitted',
      { ...several, at: '2020-12-31T23:59:59' },
    ],
  ]);

  test('the only registered system is filled in', () => {
    expect(admitted(sale, { registration: { taxation: 2 } })?.taxation).toBe(2);
  });
});

describe('a rehearsal takes old receipts on any day (setting datedRules: any-time)', () => {
  const rehearsal = (setting: Setting = {}): Setting => ({ ...setting, profile: { datedRules: 'any-time' } });
  const everything: Setting = { registration: { taxation: 63 } };
  judge([
    ['20 % in 2026', withItem({ vatCode: 1 }), 'admitted', rehearsal()],
    ['22 % in 2020', sale, 'admitted', rehearsal(on('2020-09-14'))],
    [
      'ЕНВД in 2026',
      { ...withItem({ vatCode: 6 }), taxation: 8 },
      'admitted',
      rehearsal({ ...everything, at: '2026-03-01T12:00:00' }),
    ],
    [
      'the Internet sign in 2020',
      { ...sale, internet: true, contact: 'a@b.ru' },
      'admitted',
      rehearsal(on('2020-09-14')),
    ],
    ['a rate that never was', withItem({ vatCode: 13 }), 'code-unknown items[0].vatCode', rehearsal()],
    [
      'a system that is not registered',
      { ...sale, taxation: 8 },
      'taxation-not-registered taxation',
      rehearsal(),
    ],
    [
      'the setting said the usual way',
      withItem({ vatCode: 1 }),
      'vat-code-not-in-force items[0].vatCode',
      { profile: { datedRules: 'by-clock' } },
    ],
  ]);
});
