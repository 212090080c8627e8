import { reverseSign, SETTLEMENT_SIGN_LIST, SETTLEMENT_SIGNS, SettlementSignCodec } from './settlement-sign';

describe('settlement sign (tag 1054)', () => {
  it('a sale is taken back by a sale refund, a purchase by a purchase refund, and the other way round', () => {
    expect(SETTLEMENT_SIGN_LIST.map(reverseSign)).toEqual([2, 1, 4, 3]);
    for (const sign of SETTLEMENT_SIGN_LIST) expect(reverseSign(reverseSign(sign))).toBe(sign);
  });

  it('a correction in FFD 1.05 is a sale or a purchase (FNS guide on corrections)', () => {
    expect(SETTLEMENT_SIGN_LIST.filter((sign) => SETTLEMENT_SIGNS[sign].correctionInFfd105)).toEqual([1, 3]);
  });

  it.each([0, 5, '1', 1.5, null, undefined])('is not %p', (input) => {
    expect(SettlementSignCodec.is(input)).toBe(false);
  });
});
