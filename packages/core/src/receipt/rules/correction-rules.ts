import { CORRECTION_TYPES, SETTLEMENT_SIGNS, dateOf } from '@cloud-kassa/ffd';
import type { AdmissionRule, ContentRule } from './admission';
import { unless } from './admission';

/** A fiscal sign as tag 1192 states it: the number of tag 1077, up to ten digits. */
const FISCAL_SIGN = /^\d{1,10}$/;

/** Does tag 1192 hold what may be the fiscal sign of another document? */
export const namesFiscalSign = (additionalAttribute: string | undefined): boolean =>
  additionalAttribute !== undefined && FISCAL_SIGN.test(additionalAttribute);

/** A correction has a ground (order ЕД-7-20/662@, tag 1174). That an ordinary receipt has none is a matter of its fields. */
export const groundGiven: ContentRule = ({ kind, correction }) =>
  unless(kind !== 'correction' || correction !== undefined, 'correction-data-required', 'correction');

/** FFD 1.05 corrects sales and purchases only: tag 1054 is 1 or 3 (FNS guide on corrections). */
export const correctionSign: ContentRule = ({ kind, ffd, settlementSign }) =>
  unless(
    kind !== 'correction' || ffd !== '1.05' || SETTLEMENT_SIGNS[settlementSign].correctionInFfd105,
    'correction-sign',
    'settlementSign',
  );

/** In FFD 1.05 an error is fixed by ordinary receipts, never by a correction (FNS guide on corrections). */
export const correctionReason: ContentRule = ({ ffd, correction }) =>
  unless(
    correction === undefined || ffd !== '1.05' || correction.reason === 'not-applied',
    'correction-reason',
    'correction.reason',
  );

/** Tag 1179 goes with tag 1173 = 1 and only with it (order ЕД-7-20/662@). */
export const orderNumber: ContentRule = ({ correction }) =>
  unless(
    correction === undefined ||
      CORRECTION_TYPES[correction.type].needsOrderNumber === (correction.orderNumber !== undefined),
    'correction-order-number',
    'correction.orderNumber',
  );

/** The corrected settlement (tag 1178) is later neither than the correction nor than the date of the rules. */
export const correctedDate: AdmissionRule = ({ content: { correction, settledAt }, facts }) =>
  unless(
    correction === undefined ||
      (correction.settledOn <= dateOf(settledAt) && correction.settledOn <= facts.rulesOn),
    'correction-date',
    'correction.settledOn',
  );

/** A correction of an error states in tag 1192 the fiscal sign of the wrong document (FNS guide on corrections). */
export const wrongDocumentNamed: ContentRule = ({ correction, additionalAttribute }) =>
  unless(
    correction === undefined || correction.reason === 'not-applied' || namesFiscalSign(additionalAttribute),
    'correction-fiscal-sign',
    'additionalAttribute',
  );
