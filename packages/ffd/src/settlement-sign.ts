import { literalCodec } from './guarded-codec';

/** Settlement signs in ascending order. */
export const SETTLEMENT_SIGN_LIST = [1, 2, 3, 4] as const;

/** Settlement sign (признак расчёта, tag 1054): 1 sale, 2 sale refund, 3 purchase, 4 purchase refund. */
export type SettlementSign = (typeof SETTLEMENT_SIGN_LIST)[number];

/** {@link SettlementSign} in stored and transferred data: a value of the list and nothing else. */
export const SettlementSignCodec = literalCodec<SettlementSign>(SETTLEMENT_SIGN_LIST, 'SettlementSign');

/** A settlement sign in words. */
export interface SettlementSignMeaning {
  readonly name: 'sale' | 'sale-refund' | 'purchase' | 'purchase-refund';
  readonly russian: string;
  /** The sign of the document that takes this one back. */
  readonly reverse: SettlementSign;
  /** A correction in FFD 1.05 is a sale or a purchase; a missed refund is corrected with the opposite one. (FNS guide on corrections.) */
  readonly correctionInFfd105: boolean;
}

/** The signs of tag 1054 (order ЕД-7-20/662@). */
export const SETTLEMENT_SIGNS: Readonly<Record<SettlementSign, SettlementSignMeaning>> = {
  1: { name: 'sale', russian: 'приход', reverse: 2, correctionInFfd105: true },
  2: { name: 'sale-refund', russian: 'возврат прихода', reverse: 1, correctionInFfd105: false },
  3: { name: 'purchase', russian: 'расход', reverse: 4, correctionInFfd105: true },
  4: { name: 'purchase-refund', russian: 'возврат расхода', reverse: 3, correctionInFfd105: false },
};

/** The sign that takes a settlement back: sale and sale refund, purchase and purchase refund. */
export const reverseSign = (sign: SettlementSign): SettlementSign => SETTLEMENT_SIGNS[sign].reverse;
