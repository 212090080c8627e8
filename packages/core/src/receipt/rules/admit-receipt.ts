import * as E from 'fp-ts/Either';
import type { ReceiptContent } from '../content';
import type { AdmissionFacts } from '../facts';
import type {
  AdmissionClaims,
  AdmissionRule,
  CompositionRule,
  ContentRule,
  ReceiptRefusal,
} from './admission';
import {
  contactPresent,
  contactWellFormed,
  internetSignInForce,
  senderWellFormed,
  siteGiven,
} from './contact-rules';
import * as correction from './correction-rules';
import { fieldsInFormat, linesPresent, measurePresent } from './format-rules';
import { markedGoodsWellFormed, markingFitsSubject, suppliersNamed } from './goods-rules';
import { lineSumsAgree, lineVatAgrees } from './line-rules';
import * as payment from './payment-rules';
import type { AdmissionProfile } from './profile';
import { DEFAULT_PROFILE } from './profile';
import { fieldsOf } from './receipt-fields';
import * as register from './register-rules';
import { documentFits, linesWithinLimit } from './size-rules';
import { namesHoldCodes, taxpayerNumbersValid, textsFit, textsWellFormed } from './text-rules';
import { totalAgrees, vatTotalsAgree } from './total-rules';
import { ratesInForce, ratesNotMixed, ratesSuitTaxation } from './vat-rate-rules';

const byContent =
  (rule: ContentRule): CompositionRule =>
  ({ content }) =>
    rule(content);

/** What a document of its kind and version holds, whatever the register. */
const FORMAT_RULES: ReadonlyArray<CompositionRule> = [
  fieldsInFormat,
  byContent(linesPresent),
  byContent(measurePresent),
  textsFit,
  textsWellFormed,
  byContent(namesHoldCodes),
  taxpayerNumbersValid,
];

const REGISTER_RULES: ReadonlyArray<AdmissionRule> = [
  register.organisationAgrees,
  register.deviceAgrees,
  register.versionAgrees,
  register.zoneAgrees,
  register.vatRuleAgrees,
  register.policyAllows,
  register.shiftOpen,
  register.notInFuture,
  register.notTooOld,
  register.taxationRegistered,
  register.taxationInForce,
];

const CORRECTION_RULES: ReadonlyArray<AdmissionRule> = [
  byContent(correction.groundGiven),
  byContent(correction.correctionSign),
  byContent(correction.correctionReason),
  byContent(correction.orderNumber),
  correction.correctedDate,
  byContent(correction.wrongDocumentNamed),
];

const CONTACT_RULES: ReadonlyArray<AdmissionRule> = [
  contactPresent,
  byContent(contactWellFormed),
  byContent(senderWellFormed),
  internetSignInForce,
  byContent(siteGiven),
];

const SUM_RULES: ReadonlyArray<CompositionRule> = [
  byContent(lineSumsAgree),
  lineVatAgrees,
  byContent(totalAgrees),
  byContent(vatTotalsAgree),
];

/** The rules that are asked when a receipt is composed, before any register is known. */
export const COMPOSITION_RULES: ReadonlyArray<CompositionRule> = [...FORMAT_RULES, ...SUM_RULES];

const AMOUNT_RULES: ReadonlyArray<AdmissionRule> = [
  ratesNotMixed,
  ratesInForce,
  ratesSuitTaxation,
  ...SUM_RULES,
  byContent(payment.nonCashWithinTotal),
  byContent(payment.paymentsAgree),
  byContent(payment.internetIsCashless),
  payment.noCashOnCloudRegister,
  payment.creditFollowsMethods,
  payment.ratesFollowMethods,
  payment.advancesArePayments,
];

const GOODS_RULES: ReadonlyArray<AdmissionRule> = [
  byContent(suppliersNamed),
  byContent(markingFitsSubject),
  markedGoodsWellFormed,
  linesWithinLimit,
  byContent(documentFits),
];

/** Every rule in the order in which it is asked: what the register is, what the document holds, its money, its goods. */
const ADMISSION_RULES: ReadonlyArray<AdmissionRule> = [
  ...REGISTER_RULES,
  ...CORRECTION_RULES,
  ...FORMAT_RULES,
  ...CONTACT_RULES,
  ...AMOUNT_RULES,
  ...GOODS_RULES,
];

/** The first rule of the list that is broken, or `undefined`. */
export const firstBroken = <A>(
  rules: ReadonlyArray<(subject: A) => ReceiptRefusal | undefined>,
  subject: A,
): ReceiptRefusal | undefined => {
  for (const rule of rules) {
    const refusal = rule(subject);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
};

/**
 * May this receipt be fiscalised on this register? Answers the content unchanged, or the first rule it breaks with the field in question.
 *
 * `facts.rulesOn` is the date that dated rules are applied at; `profile` the strictness that no source confirms; `claims` what the caller
 * says beside the content: whose receipt it is, and the ground of an earlier VAT rate. Every rule with its source: `RECEIPT_RULES`.
 */
export const admitReceipt = (
  content: ReceiptContent,
  facts: AdmissionFacts,
  profile: AdmissionProfile = DEFAULT_PROFILE,
  claims: AdmissionClaims = {},
): E.Either<ReceiptRefusal, ReceiptContent> => {
  const refusal = firstBroken(ADMISSION_RULES, {
    content,
    facts,
    profile,
    claims,
    fields: fieldsOf(content),
  });
  return refusal === undefined ? E.right(content) : E.left(refusal);
};
