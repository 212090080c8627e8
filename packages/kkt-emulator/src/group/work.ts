import * as E from 'fp-ts/Either';
import { instantOf } from '../arithmetic/calendar';
import type { FiscalDocument } from '../document/fiscal-document';
import type { Issued, Kkt } from '../kkt/kkt';
import { clockOf } from '../kkt/kkt';
import { issueReceipt } from '../kkt/receipt';
import { closeShift, openShift } from '../kkt/shift';
import type { LedgerEntry } from '../ledger/ledger';
import type { Refusal } from '../refusal';
import type { ReceiptRequest } from '../request';
import type { GroupState, Unit } from './group-state';
import { endSubmission, happens } from './group-state';
import type { Failure, Outcome, Submission } from './submission';
import { forcedRefusal, keeperWorks, kktOf } from './units';

/** Writes a document into the ledger. */
export const record = (
  state: GroupState,
  kkt: Kkt,
  document: FiscalDocument,
  submission?: Submission,
): LedgerEntry => {
  const traceTag = document.content.kind === 'receipt' ? document.content.receipt.additional : undefined;
  return state.ledger.append({
    unit: kkt.settings.serial,
    madeAt: state.now,
    ...(submission === undefined ? {} : { key: submission.key }),
    ...(traceTag === undefined ? {} : { traceTag }),
    document,
  });
};

/** The instant at which the group closes a unit's open shift, or `undefined` when it does not. */
export const shiftClosingAt = (state: GroupState, unit: Unit): number | undefined => {
  const { shift, settings, clockError, busyUntil } = kktOf(state, unit);
  if (shift === null || state.settings.shifts.mode !== 'automatic' || !keeperWorks(state, unit))
    return undefined;
  const due = instantOf(shift.openedAt, settings.zone) - clockError + state.settings.shifts.closeAfter;
  return Math.max(due, busyUntil, unit.keeperFrom);
};

const KEEPER_PAUSE = 60_000;

/** Closes the shift of a unit; when it refuses, the keeper tries again a minute later. */
export const keepShift = (state: GroupState, index: number): void => {
  const unit = state.units[index];
  if (unit === undefined) return;
  const issued = closeShift(kktOf(state, unit), state.now);
  if (E.isLeft(issued)) {
    state.units[index] = { ...unit, keeperFrom: state.now + KEEPER_PAUSE };
    return;
  }
  state.units[index] = { ...unit, kkt: issued.right.kkt };
  record(state, issued.right.kkt, issued.right.document);
};

/** The document the unit makes before the receipt: a shift to close or to open; `undefined` when the receipt is next. */
const preparation = (state: GroupState, unit: Unit, kkt: Kkt): E.Either<Refusal, Issued> | undefined => {
  if (state.settings.shifts.mode !== 'automatic') return undefined;
  if (kkt.shift === null) return openShift(kkt, state.now);
  const age = (clockOf(kkt, state.now) - kkt.shift.openedAt) * 1000;
  return keeperWorks(state, unit) && age >= state.settings.shifts.closeAfter
    ? closeShift(kkt, state.now)
    : undefined;
};

const fail = (state: GroupState, index: number, unit: Unit, failure: Failure): void => {
  state.units[index] = { ...unit, job: null };
  if (unit.job !== null) endSubmission(state, unit.job, { _tag: 'failed', failure });
};

const failed = (reason: 'device-failed' | 'rejected'): Outcome => ({ _tag: 'failed', failure: { reason } });

const LATE = 60_000;

const makeReceipt = (
  state: GroupState,
  index: number,
  unit: Unit,
  submission: Submission,
  request: ReceiptRequest,
): void => {
  const subject = { unit: unit.kkt.settings.serial, key: submission.key };
  if (happens(state, 'queue-timeout', subject) !== undefined) {
    fail(state, index, unit, { reason: 'queue-timeout' });
    return;
  }
  if (happens(state, 'never-ends', subject) !== undefined) {
    state.units[index] = { ...unit, job: null };
    return;
  }
  if (happens(state, 'rejected-before-signing', subject) !== undefined) {
    fail(state, index, unit, { reason: 'rejected' });
    return;
  }
  if (happens(state, 'fails-before-signing', subject) !== undefined) {
    const kkt = { ...unit.kkt, busyUntil: state.now + unit.kkt.settings.pace };
    fail(state, index, { ...unit, kkt }, { reason: 'device-failed' });
    return;
  }
  const issued = issueReceipt(kktOf(state, unit), request, state.now);
  if (E.isLeft(issued)) {
    fail(state, index, unit, { reason: 'refused', refusal: issued.left });
    return;
  }
  const { kkt, document } = issued.right;
  const after: Unit = { ...unit, kkt, job: null };
  const entry = record(state, kkt, document, submission);
  state.units[index] = after;
  const done: Outcome = { _tag: 'done', entry };
  const late = happens(state, 'late-success', subject);
  if (late !== undefined) {
    const then = { after: late.milliseconds ?? LATE, outcome: done };
    endSubmission(state, submission.id, failed('device-failed'), then);
  } else if (happens(state, 'fails-after-signing', subject) !== undefined) {
    endSubmission(state, submission.id, failed('device-failed'));
  } else if (happens(state, 'rejected-after-signing', subject) !== undefined) {
    endSubmission(state, submission.id, failed('rejected'));
  } else {
    endSubmission(state, submission.id, done);
  }
};

/** One document of the work a unit has to do for its job: closes or opens the shift, or makes the receipt. */
export const workOn = (state: GroupState, index: number): void => {
  const unit = state.units[index];
  const submission =
    unit?.job === undefined || unit.job === null ? undefined : state.submissions.get(unit.job);
  if (unit === undefined || submission?.request === undefined) return;
  const forced = forcedRefusal(state, unit);
  if (forced !== undefined) {
    fail(state, index, unit, { reason: 'refused', refusal: forced });
    return;
  }
  const prepared = preparation(state, unit, kktOf(state, unit));
  if (prepared === undefined) {
    makeReceipt(state, index, unit, submission, submission.request);
  } else if (E.isLeft(prepared)) {
    fail(state, index, unit, { reason: 'refused', refusal: prepared.left });
  } else {
    state.units[index] = { ...unit, kkt: prepared.right.kkt };
    record(state, prepared.right.kkt, prepared.right.document);
  }
};
