import { INTERNET_SHOP } from '../kkt/registration';
import { judge, withItem } from './admission.testing';
import type { Setting } from './admission.testing';

describe('marked goods (format: 1163, 2106, 1291; registration 1290)', () => {
  const goodsCode = { kind: 1305, value: '010460123456789021abc' };
  const marked: Setting = { registration: { conditions: { ...INTERNET_SHOP, markedGoods: true } } };
  const piece = withItem({ subject: 33, goodsCode, checkResult: 15 });
  judge([
    ['with code and result', piece, 'admitted', marked],
    [
      'without its code',
      withItem({ subject: 33, checkResult: 15 }),
      'marking-code-required items[0].goodsCode',
      marked,
    ],
    [
      'without the result of the check',
      withItem({ subject: 31, goodsCode }),
      'marking-code-required items[0].checkResult',
      marked,
    ],
    [
      'subject 32 has no code to check',
      withItem({ subject: 32, checkResult: 15 }),
      'marking-code-not-allowed items[0].checkResult',
      marked,
    ],
    ['on a register not registered for it', piece, 'marking-not-registered items[0].subject'],
    [
      'the same where the profile does not look',
      piece,
      'admitted',
      { profile: { markingRegistration: 'not-checked' } },
    ],
    ['a doubtful code', withItem({ subject: 33, goodsCode, checkResult: 5 }), 'admitted', marked],
    [
      'a doubtful code under a strict profile',
      withItem({ subject: 33, goodsCode, checkResult: 5 }),
      'marking-not-confirmed items[0].checkResult',
      { ...marked, profile: { unconfirmedMarking: 'refused' } },
    ],
    [
      'half a piece',
      {
        ...withItem({ subject: 33, goodsCode, checkResult: 15, fraction: { numerator: 1, denominator: 2 } }),
      },
      'admitted',
      marked,
    ],
    [
      'two halves',
      withItem({ subject: 33, goodsCode, checkResult: 15, fraction: { numerator: 2, denominator: 2 } }),
      'fraction-not-proper items[0].fraction',
      marked,
    ],
    [
      'half of something unmarked',
      withItem({ fraction: { numerator: 1, denominator: 2 } }),
      'marking-code-required items[0].subject',
      marked,
    ],
  ]);
});
