import { literalCodec } from './guarded-codec';
import type { LocalDate } from './local-date';
import { VAT_CODES, type VatCode } from './vat-code';

/** Where a date lies against the validity of a VAT rate code. */
export type VatCodeStanding = 'current' | 'legacy' | 'not-yet';

/**
 * May a receipt of this date carry this code? `current`: freely; `legacy`: only on a {@link LegacyVatGround}; `not-yet`: no.
 * (Codes 7 to 10 from 2025-01-01, 11 and 12 from 2026-01-01, 1 and 3 freely to 2025-12-31.)
 */
export const vatCodeOn = (code: VatCode, date: LocalDate): VatCodeStanding => {
  const { validFrom, validTo } = VAT_CODES[code];
  if (validFrom !== undefined && date < validFrom) return 'not-yet';
  return validTo !== undefined && date > validTo ? 'legacy' : 'current';
};

/** Legacy grounds; see {@link LEGACY_VAT_GROUNDS}. */
export const LEGACY_VAT_GROUND_LIST = [
  'refund-of-legacy-sale',
  'correction-of-earlier-settlement',
  'credit-of-earlier-shipment',
] as const;

/** Why a receipt may still carry a rate whose time is over. */
export type LegacyVatGround = (typeof LEGACY_VAT_GROUND_LIST)[number];

/** {@link LegacyVatGround} in stored and transferred data: a value of the list and nothing else. */
export const LegacyVatGroundCodec = literalCodec<LegacyVatGround>(LEGACY_VAT_GROUND_LIST, 'LegacyVatGround');

/** A legacy ground in words, with what the earlier date is the date of. */
export interface LegacyVatGroundMeaning {
  readonly name: string;
  readonly russian: string;
  readonly earlier: 'sale' | 'settlement' | 'shipment';
  readonly source: string;
}

const letter = 'FNS letter АБ-4-20/11248@ of 15.12.2025';

/** What stays legal at 20 % after 2026-01-01. The closing receipt of a prepayment of 2025 is not among it: shipment in 2026 is at 22 %. */
export const LEGACY_VAT_GROUNDS: Readonly<Record<LegacyVatGround, LegacyVatGroundMeaning>> = {
  'refund-of-legacy-sale': {
    name: 'refund of a sale made at the earlier rate',
    russian: 'возврат продажи, оформленной по прежней ставке',
    earlier: 'sale',
    source: letter,
  },
  'correction-of-earlier-settlement': {
    name: 'correction of a settlement made while the earlier rate was in force',
    russian: 'коррекция расчёта, совершённого до изменения ставки',
    earlier: 'settlement',
    source: letter,
  },
  'credit-of-earlier-shipment': {
    name: 'payment for goods shipped on credit while the earlier rate was in force',
    russian: 'оплата товара, отгруженного в кредит до изменения ставки',
    earlier: 'shipment',
    source: letter,
  },
};

/** A ground and the date of the sale, settlement or shipment it refers to. */
export interface LegacyVat {
  readonly ground: LegacyVatGround;
  readonly earlier: LocalDate;
}

/**
 * May a receipt of `date` carry `code`? A current code may; one whose time is over may if the sale, settlement or shipment that the
 * ground refers to fell into its time; one whose time has not come may not.
 */
export const mayCarryVatCode = (code: VatCode, date: LocalDate, legacy?: LegacyVat): boolean => {
  const standing = vatCodeOn(code, date);
  if (standing !== 'legacy') return standing === 'current';
  return legacy !== undefined && vatCodeOn(code, legacy.earlier) === 'current';
};
