import { admissionRefusal } from '../refusal';
import type { AdmissionRefusal } from '../refusal';
import type { ItemRequest } from '../request';
import type { AdmissionCheck, AdmissionContext } from './context';
import { firstOver } from './context';

/** 2106 with every check done and good: prints [М+]. */
const CONFIRMED = 15;

const checkItem = (
  item: ItemRequest,
  index: number,
  context: AdmissionContext,
): AdmissionRefusal | undefined => {
  const at = `items[${index}]`;
  const { registration, profile } = context;
  const withCode = item.subject === 31 || item.subject === 33;
  const withoutCode = item.subject === 30 || item.subject === 32;
  if (withCode && item.goodsCode === undefined)
    return admissionRefusal('marking-code-required', `${at}.goodsCode`);
  if (withCode && item.checkResult === undefined)
    return admissionRefusal('marking-code-required', `${at}.checkResult`);
  if (withoutCode && item.checkResult !== undefined) {
    return admissionRefusal('marking-code-not-allowed', `${at}.checkResult`);
  }
  if (item.fraction !== undefined) {
    const { numerator, denominator } = item.fraction;
    const proper = Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator) && numerator > 0;
    if (!proper || numerator >= denominator) return admissionRefusal('fraction-not-proper', `${at}.fraction`);
    if (!withCode) return admissionRefusal('marking-code-required', `${at}.subject`);
  }
  if (!withCode) return undefined;
  if (profile.markingRegistration === 'required' && !registration.conditions.markedGoods) {
    return admissionRefusal('marking-not-registered', `${at}.subject`);
  }
  return profile.unconfirmedMarking === 'refused' && item.checkResult !== CONFIRMED
    ? admissionRefusal('marking-not-confirmed', `${at}.checkResult`)
    : undefined;
};

/**
 * Marked goods of FFD 1.2: subjects 31 and 33 carry a goods code (1163) and the result of its check (2106), 30 and 32 have no code
 * to check; part of a marked piece (1291) is a proper fraction of a line with a code.
 */
export const checkMarking: AdmissionCheck = (request, context) =>
  firstOver(request.items, (item, index) => checkItem(item, index, context));
