import { dayOf, daysFromCivil, parseDay } from '../arithmetic/calendar';
import { VAT_RATES } from '../arithmetic/vat';
import { admissionRefusal } from '../refusal';
import type { AdmissionRefusal } from '../refusal';
import type { ItemRequest, ReceiptRequest } from '../request';
import type { AdmissionCheck, AdmissionContext } from './context';
import { firstOver } from './context';

/** A rehearsal of old receipts: nothing is too late and nothing too early. */
const isRehearsal = ({ profile }: AdmissionContext): boolean => profile.datedRules === 'any-time';

const IMPUTED_INCOME = 8;
const IMPUTED_INCOME_UNTIL = daysFromCivil(2020, 12, 31);
const INTERNET_TAGS_FROM = daysFromCivil(2025, 9, 1);

/** The taxation system of a request, or the only registered one; `undefined` when there is a choice. */
export const taxationOf = (request: ReceiptRequest, registered: number): number | undefined =>
  request.taxation ?? ([1, 2, 4, 8, 16, 32].includes(registered) ? registered : undefined);

/** 1055 is one bit of the registered 1062 (ATOL 143), and ЕНВД ended with the year 2020. */
export const checkTaxation: AdmissionCheck = (request, context) => {
  const { at, registration } = context;
  const taxation = taxationOf(request, registration.taxation);
  if (taxation === undefined) return admissionRefusal('tag-required', 'taxation');
  if ((taxation & registration.taxation) === 0)
    return admissionRefusal('taxation-not-registered', 'taxation');
  return taxation === IMPUTED_INCOME && dayOf(at) > IMPUTED_INCOME_UNTIL && !isRehearsal(context)
    ? admissionRefusal('taxation-not-in-force', 'taxation')
    : undefined;
};

/**
 * Grounds on which a rate that has ended may still be used (FNS letter АБ-4-20/11248@ of 15.12.2025): the refund of a sale made
 * under it, and the payment of a credit given for an earlier shipment. The refund of a purchase is taken by analogy (unconfirmed).
 * Corrections need no ground: they are judged by the day of the corrected settlement.
 */
const hasLegacyGround = (request: ReceiptRequest, item: ItemRequest | undefined): boolean =>
  request.settlementSign === 2 ||
  request.settlementSign === 4 ||
  item?.method === 7 ||
  request.legacyGround === 'credit-of-earlier-shipment';

const checkCode = (
  code: number,
  field: string,
  item: ItemRequest | undefined,
  request: ReceiptRequest,
  { at, profile }: AdmissionContext,
): AdmissionRefusal | undefined => {
  const rate = VAT_RATES.get(code);
  const corrected = profile.legacyVat === 'never' ? undefined : parseDay(request.correction?.date ?? '');
  const day = corrected ?? dayOf(at);
  const early = rate?.from !== undefined && day < rate.from;
  const late = rate?.until !== undefined && day > rate.until;
  const excused =
    profile.legacyVat === 'always' || (profile.legacyVat === 'with-ground' && hasLegacyGround(request, item));
  return early || (late && !excused) ? admissionRefusal('vat-code-not-in-force', field) : undefined;
};

/**
 * Every VAT code is in force on the day of the document, of a correction on the day of the corrected settlement; an ended rate
 * needs one of the grounds that the profile admits. In a rehearsal every code is.
 */
export const checkVatInForce: AdmissionCheck = (request, context) => {
  if (isRehearsal(context)) return undefined;
  return (
    firstOver(request.items, (item, index) =>
      checkCode(item.vatCode, `items[${index}].vatCode`, item, request, context),
    ) ??
    firstOver(request.items.length === 0 ? (request.vatTotals ?? []) : [], ({ code }, index) =>
      checkCode(code, `vatTotals[${index}].code`, undefined, request, context),
    )
  );
};

/** 1125 and 1234 exist since 2025-09-01 (order ЕД-7-20/236@). */
export const checkTagsInForce: AdmissionCheck = (request, context) => {
  if (dayOf(context.at) >= INTERNET_TAGS_FROM || isRehearsal(context)) return undefined;
  if (request.internet === true) return admissionRefusal('tag-not-in-force', 'internet');
  return request.cashlessDetails === undefined
    ? undefined
    : admissionRefusal('tag-not-in-force', 'cashlessDetails');
};
