import * as E from 'fp-ts/Either';
import { admissionRefusal } from '../refusal';
import type { AdmissionRefusal } from '../refusal';
import type { PaymentSums } from '../drive/counters';
import type { VatAmount } from '../arithmetic/vat-totals';
import type { ItemRequest, ReceiptRequest } from '../request';
import { checkAmounts, paymentSums } from './amounts';
import { checkCodes, checkDates } from './codes';
import type { AdmissionCheck, AdmissionContext } from './context';
import { checkCorrection } from './correction';
import { droppingForeignCharacters, foreignTextIn } from './cp866-text';
import { checkTagsInForce, checkTaxation, checkVatInForce, taxationOf } from './dated-rules';
import { checkCashlessDetails, checkInternet } from './internet';
import { checkMarking } from './marking';
import { checkParties } from './parties';
import { checkPresence } from './presence';
import { judgeSums } from './sums';
import { checkTexts } from './texts';

/** A line as it will stand in the document: its sum is known. */
export interface AdmittedItem extends ItemRequest {
  readonly sum: number;
}

/** A request that passed admission: texts are CP866, sums and VAT totals are known, defaults of the registration are filled in. */
export interface AdmittedReceipt extends ReceiptRequest {
  readonly taxation: number;
  readonly items: ReadonlyArray<AdmittedItem>;
  readonly total: number;
  readonly payments: PaymentSums;
  readonly vatTotals: ReadonlyArray<VatAmount>;
  readonly place: string;
  readonly address: string;
}

const checks: ReadonlyArray<AdmissionCheck> = [
  checkAmounts,
  checkCodes,
  checkParties,
  checkCorrection,
  checkPresence,
  checkDates,
  checkTagsInForce,
  checkTaxation,
  checkVatInForce,
  checkTexts,
  checkInternet,
  checkCashlessDetails,
  checkMarking,
];

/**
 * Judges a request as the register does before it asks its drive for a sign: amounts, codes, parties, form, dates, texts,
 * Internet and marking rules, then lines, total, payments and VAT by arithmetic of its own.
 *
 * `Left` names the first broken rule and its field. The size of the document is judged when it is built.
 */
export const admit = (
  request: ReceiptRequest,
  context: AdmissionContext,
): E.Either<AdmissionRefusal, AdmittedReceipt> => {
  const foreign = foreignTextIn(request);
  if (foreign !== undefined && context.profile.foreignCharacters === 'refused') {
    return E.left(admissionRefusal('text-not-cp866', foreign));
  }
  const written = foreign === undefined ? request : droppingForeignCharacters(request);
  for (const check of checks) {
    const refusal = check(written, context);
    if (refusal !== undefined) return E.left(refusal);
  }
  const judged = judgeSums(written, context.profile);
  if ('refusal' in judged) return E.left(judged.refusal);
  const { sums } = judged;
  const { registration } = context;
  return E.right({
    ...written,
    taxation: taxationOf(written, registration.taxation) ?? registration.taxation,
    items: written.items.map((item, index) => ({ ...item, sum: sums.lines[index] ?? 0 })),
    total: sums.total,
    payments: paymentSums(written),
    vatTotals: sums.vatTotals,
    place: written.place ?? registration.place,
    address: written.address ?? registration.address,
  });
};
