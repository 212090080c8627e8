import * as E from 'fp-ts/Either';
import { admit } from '../admission/admit';
import type { SignedForm } from '../document/fiscal-document';
import { count } from '../drive/counters';
import { signingRefusal } from '../drive/fiscal-drive';
import { deviceRefusal } from '../refusal';
import type { AdmissionRefusal, Refusal } from '../refusal';
import type { ReceiptRequest } from '../request';
import { issueDocument, ready } from './issue-document';
import { clockOf } from './kkt';
import type { Issued, Kkt } from './kkt';
import { isShiftOver } from './shift';

const formOf = ({ kind, strictForm }: ReceiptRequest): SignedForm => {
  if (kind === 'receipt') return strictForm === true ? 4 : 3;
  return strictForm === true ? 41 : 31;
};

/**
 * A receipt, correction or strict-reporting form (3, 31, 4, 41). Needs an open shift not older than 24 hours; what the request says is
 * judged by {@link admit}. Its number in the shift (1042) counts all four forms.
 */
export const issueReceipt = (kkt: Kkt, request: ReceiptRequest, now: number): E.Either<Refusal, Issued> => {
  const basis = ready(kkt, now);
  if (E.isLeft(basis)) return basis;
  const { drive, registration, at } = basis.right;
  const { shift } = kkt;
  if (shift === null) return E.left(deviceRefusal('shift-closed'));
  if (isShiftOver(shift, at)) return E.left(deviceRefusal('shift-over-24-hours'));
  const form = formOf(request);
  const refusal = signingRefusal(drive, form, at);
  if (refusal !== undefined) return E.left(refusal);
  const admitted = admit(request, { at, registration, profile: kkt.settings.profile });
  if (E.isLeft(admitted)) return admitted;
  const receipt = admitted.right;
  const numberInShift = shift.receipts + 1;
  const issued = issueDocument(basis.right, now, form, {
    kind: 'receipt',
    shift: shift.number,
    numberInShift,
    receipt,
  });
  return E.map(({ kkt: after, document }: Issued): Issued => ({
    kkt: {
      ...after,
      shift: {
        ...shift,
        receipts: numberInShift,
        corrections: shift.corrections + (request.kind === 'correction' ? 1 : 0),
        documents: shift.documents + 1,
        counters: count(shift.counters, receipt),
      },
    },
    document,
  }))(issued);
};

/** Judges the content of a request at this moment without making anything; `undefined` when it would be admitted. */
export const contentRefusal = (
  kkt: Kkt,
  request: ReceiptRequest,
  now: number,
): AdmissionRefusal | undefined => {
  if (kkt.registration === null) return undefined;
  const admitted = admit(request, {
    at: clockOf(kkt, now),
    registration: kkt.registration,
    profile: kkt.settings.profile,
  });
  return E.isLeft(admitted) ? admitted.left : undefined;
};
