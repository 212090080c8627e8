import * as E from 'fp-ts/Either';
import { newDrive } from '../drive/fiscal-drive';
import { sipKey } from '../drive/sip-hash';
import { newKkt } from '../kkt/kkt';
import { registerDrive } from '../kkt/register';
import type { Ledger } from '../ledger/ledger';
import { deviceRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import type { ReceiptRequest } from '../request';
import { seededRandom } from '../seeded-random';
import type { LedgerEntry } from '../ledger/ledger';
import type { Fault } from './faults';
import { snapshotOf, stateFrom } from './group-state';
import type { GroupSnapshot, GroupState } from './group-state';
import { updateOfdLines } from './ofd-line';
import { operateUnit } from './operate';
import type { Operation } from './operate';
import type { GroupSettings, UnitSettings } from './settings';
import { forgetOld, resultOf, resultOfSubmission, submitRequest } from './submit';
import { resultAt } from './submission';
import type { SubmissionResult, SubmitAnswer } from './submission';
import { nextHappeningAt, runUntil } from './timeline';
import { unitStatus } from './unit-status';
import type { UnitStatus } from './unit-status';
import { record } from './work';

/** A submission whose result became known, or, after a failure that was none, became another. */
export interface FinishedSubmission {
  readonly id: number;
  readonly key: string;
  readonly result: SubmissionResult;
}

/**
 * Registers of one taxpayer behind one queue and one memory of keys: the machine that a service's protocol is put on.
 *
 * It has no clock: every call says what time it is (`now`, milliseconds since 1970 UTC), a time before the last one counts as the last.
 * It is deterministic: the same settings and the same calls give the same documents, so a journal of calls restores it as
 * well as a snapshot does. All it returns is plain data that is never changed afterwards.
 */
export interface KktGroup {
  readonly settings: GroupSettings;
  /** Accepts a request under the sender's key; it is made by a later `advance`. */
  readonly submit: (key: string, request: ReceiptRequest, now: number) => SubmitAnswer;
  /** Lets everything happen up to `now`; answers the submissions whose result became known since the last call. */
  readonly advance: (now: number) => ReadonlyArray<FinishedSubmission>;
  /** What is known under a key at the time of the last call. */
  readonly result: (key: string) => SubmissionResult;
  /** The same of one submission by the number that `submit` gave it. */
  readonly resultOfSubmission: (id: number) => SubmissionResult;
  /** Frees a key, as a service does that lets a failed key be used again. */
  readonly forget: (key: string) => void;
  /** Replaces all fault switches. */
  readonly setFaults: (faults: ReadonlyArray<Fault>, now: number) => void;
  /** The switches as they stand, counted down. */
  readonly faults: () => ReadonlyArray<Fault>;
  /** Does something to one register by its serial: shifts, reports, drives. */
  readonly operate: (
    unit: string,
    operation: Operation,
    now: number,
  ) => E.Either<Refusal, LedgerEntry | undefined>;
  readonly units: () => ReadonlyArray<UnitStatus>;
  /** How many submissions wait to be given to a register. */
  readonly waiting: () => number;
  /** When `advance` will have something to do, if nobody calls anything else. */
  readonly nextEventAt: () => number | undefined;
  readonly now: () => number;
  readonly ledger: Ledger;
  readonly snapshot: () => GroupSnapshot;
}

const endedBy = (state: GroupState): ReadonlyArray<FinishedSubmission> => {
  const finished: Array<FinishedSubmission> = [];
  for (const { id, at } of state.ending) {
    const submission = state.submissions.get(id);
    if (submission === undefined || at > state.now) break;
    finished.push({ id, key: submission.key, result: resultAt(submission, at) });
  }
  return finished;
};

const machine = (state: GroupState): KktGroup => {
  const moveTo = (now: number): void => runUntil(state, Math.max(now, state.now));
  return {
    settings: state.settings,
    submit: (key, request, now) => {
      moveTo(now);
      return submitRequest(state, key, request);
    },
    advance: (now) => {
      moveTo(now);
      const finished = endedBy(state);
      state.ending.splice(0, finished.length);
      forgetOld(state);
      return finished;
    },
    result: (key) => resultOf(state, key),
    resultOfSubmission: (id) => resultOfSubmission(state, id),
    forget: (key) => {
      state.keys.delete(key);
    },
    setFaults: (faults, now) => {
      moveTo(now);
      state.faults = [...faults];
      updateOfdLines(state);
    },
    faults: () => state.faults,
    operate: (unit, operation, now) => {
      moveTo(now);
      return operateUnit(state, unit, operation);
    },
    units: () => state.units.map((unit) => unitStatus(state, unit)),
    waiting: () => state.queue.length - state.queueHead,
    nextEventAt: () => nextHappeningAt(state),
    now: () => state.now,
    ledger: state.ledger,
    snapshot: () => snapshotOf(state),
  };
};

/** A refusal to set a group up, and the serial of the register it is about. */
export interface NotSetUp {
  readonly _tag: 'NotSetUp';
  readonly unit: string;
  readonly refusal: Refusal;
}

const notSetUp = ({ kkt }: UnitSettings, refusal: Refusal): NotSetUp => ({
  _tag: 'NotSetUp',
  unit: kkt.serial,
  refusal,
});

const problemIn = ({ units }: GroupSettings): NotSetUp | undefined => {
  const serials = new Set(units.map(({ kkt }) => kkt.serial));
  const drives = new Set(units.map(({ drive }) => drive.serial));
  const [first] = units;
  const wrong = units.find(
    ({ registration }) =>
      registration.conditions.offline ||
      registration.organisation.inn !== first?.registration.organisation.inn,
  );
  if (wrong !== undefined) return notSetUp(wrong, deviceRefusal('registration-invalid', 'organisation'));
  const twice = serials.size < units.length || drives.size < units.length;
  return twice && first !== undefined
    ? notSetUp(first, deviceRefusal('registration-invalid', 'serial'))
    : undefined;
};

/**
 * A group whose registers are registered at `now`: the first document of every drive is its registration report.
 *
 * `Left` names the register when its registration is refused, when units differ in their taxpayer, work offline or share a serial.
 */
export const createKktGroup = (settings: GroupSettings, now: number): E.Either<NotSetUp, KktGroup> => {
  const problem = problemIn(settings);
  if (problem !== undefined) return E.left(problem);
  const state = stateFrom({
    version: 1,
    settings,
    now,
    units: [],
    submissions: [],
    keys: [],
    nextId: 1,
    queue: [],
    ending: [],
    faults: [],
    random: seededRandom(sipKey(settings.seed, 'faults')),
    ledger: { entries: [], confirmations: [] },
  });
  for (const unit of settings.units) {
    const { serial, model, capacity } = unit.drive;
    const issued = E.chain((drive: Parameters<typeof registerDrive>[1]) =>
      registerDrive(newKkt(unit.kkt), drive, unit.registration, now),
    )(newDrive(serial, model, settings.seed, capacity));
    if (E.isLeft(issued)) return E.left(notSetUp(unit, issued.left));
    state.units.push({ kkt: issued.right.kkt, job: null, ofdSince: now, keeperFrom: now });
    record(state, issued.right.kkt, issued.right.document);
  }
  return E.right(machine(state));
};

/** The group as it was when the snapshot was taken; it goes on exactly as the first one would have. */
export const restoreKktGroup = (snapshot: GroupSnapshot): KktGroup => machine(stateFrom(snapshot));
