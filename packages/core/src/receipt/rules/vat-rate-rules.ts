import type { LegacyVatGround, LocalDate, PaymentMethod, VatCode } from '@cloud-kassa/ffd';
import { VAT_CODES, mayCarryVatCode, vatCodeOn } from '@cloud-kassa/ffd';
import type { ReceiptContent } from '../content';
import type { Admission, AdmissionRule, ReceiptRefusal } from './admission';
import { firstRefusalOf, refuse, unless } from './admission';
import { namesFiscalSign } from './correction-rules';

/** A rate of the receipt and where it stands; lines have a payment method, the totals of a receipt without lines have none. */
interface StatedRate {
  readonly code: VatCode;
  readonly field: string;
  readonly method?: PaymentMethod;
}

const statedRates = ({ items, vatTotals }: ReceiptContent): ReadonlyArray<StatedRate> =>
  items.length === 0
    ? vatTotals.map(({ code }, index) => ({ code, field: `vatTotals.${index}.code` }))
    : items.map(({ vatCode, paymentMethod }, index) => ({
        code: vatCode,
        field: `items.${index}.vatCode`,
        method: paymentMethod,
      }));

/** Of which receipts and lines a ground speaks. */
const GROUND_FITS: Readonly<
  Record<LegacyVatGround, (content: ReceiptContent, stated: StatedRate) => boolean>
> = {
  'refund-of-legacy-sale': ({ settlementSign }) => settlementSign === 2 || settlementSign === 4,
  'credit-of-earlier-shipment': (_content, { method }) => method === 7,
  'correction-of-earlier-settlement': ({ ffd, kind, additionalAttribute }) =>
    ffd === '1.05' && kind === 'receipt' && namesFiscalSign(additionalAttribute),
};

/**
 * The dates at which a rate may be in force: that of the rules, in a correction that of the corrected settlement (FNS letter
 * АБ-4-20/11248@ for FFD 1.1 and 1.2; for FFD 1.05 no source says which, so either is taken).
 */
const datesThatCount = ({ content, facts }: Admission): ReadonlyArray<LocalDate> => {
  if (content.correction === undefined) return [facts.rulesOn];
  return content.ffd === '1.05'
    ? [content.correction.settledOn, facts.rulesOn]
    : [content.correction.settledOn];
};

const checkRate = (admission: Admission, stated: StatedRate): ReceiptRefusal | undefined => {
  const { code, field } = stated;
  const dates = datesThatCount(admission);
  if (dates.some((date) => vatCodeOn(code, date) === 'current')) return undefined;
  const { legacyVat } = admission.claims;
  if (legacyVat === undefined) return refuse('vat-code-not-in-force', field, { code });
  if (!GROUND_FITS[legacyVat.ground](admission.content, stated))
    return refuse('vat-ground-mismatch', field, { code, ground: legacyVat.ground });
  const lawful = dates.some((date) => mayCarryVatCode(code, date, legacyVat));
  return lawful ? undefined : refuse('vat-code-not-in-force', field, { code, ground: legacyVat.ground });
};

/**
 * Every VAT rate is in force, or lawful on a named ground: refund of a sale at the earlier rate, fix of an earlier receipt, payment for goods
 * shipped on credit (order ЕД-7-20/662@, tag 1199; FNS letter АБ-4-20/11248@ of 15.12.2025).
 */
export const ratesInForce: AdmissionRule = (admission) =>
  firstRefusalOf(statedRates(admission.content), (stated) => checkRate(admission, stated));

/** One correction does not mix 20 and 22 % (1C-Bitrix, CheckManager::addCorrection; unconfirmed). */
export const ratesNotMixed: AdmissionRule = ({ content, profile }) => {
  if (content.kind !== 'correction' || profile.mixedRatesInCorrection === 'accepted') return undefined;
  const rates = new Set(statedRates(content).map(({ code }) => VAT_CODES[code].rate));
  return unless(
    !(rates.has(20) && rates.has(22)),
    'vat-rates-mixed',
    content.items.length === 0 ? 'vatTotals' : 'items',
  );
};

/** 5 and 7 % go with simplified taxation (Tax Code, art. 164 cl. 8; unconfirmed, off by default). */
export const ratesSuitTaxation: AdmissionRule = ({ content, profile }) => {
  if (profile.reducedRates === 'any-taxation' || content.taxation === 2 || content.taxation === 4)
    return undefined;
  return firstRefusalOf(statedRates(content), ({ code, field }) => {
    const { rate } = VAT_CODES[code];
    return unless(rate !== 5 && rate !== 7, 'vat-taxation-mismatch', field);
  });
};
