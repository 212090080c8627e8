import * as E from 'fp-ts/Either';
import type { HttpFault } from '../faults/http-fault';
import { standingFrom } from '../faults/standing-faults';
import type { StandingFaults } from '../faults/standing-faults';
import type { Fault } from '../group/faults';
import { createKktGroup } from '../group/kkt-group';
import type { NotSetUp } from '../group/kkt-group';
import type { Operation } from '../group/operate';
import type { GroupSettings } from '../group/settings';
import type { SubmitAnswer } from '../group/submission';
import type { LedgerEntry } from '../ledger/ledger';
import { deviceRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import type { ReceiptRequest } from '../request';
import { clearFailures, countFailure, revoke } from './accounts';
import { groupRoom, remember } from './group-room';
import type { GroupRoom, Receipt } from './group-room';
import type { EmulatorState } from './state';

/**
 * Everything that changes an emulator, as plain data: the same calls in the same order make the same documents, so that what is stored
 * is these. `now` is the emulator's time in milliseconds.
 */
export type Call =
  | {
      readonly kind: 'create-group';
      readonly now: number;
      readonly group: string;
      readonly settings: GroupSettings;
    }
  | SubmitCall
  | OperateCall
  | {
      readonly kind: 'device-faults';
      readonly now: number;
      readonly group: string;
      readonly faults: ReadonlyArray<Fault>;
    }
  | {
      readonly kind: 'http-faults';
      readonly now: number;
      readonly faults: ReadonlyArray<HttpFault>;
      readonly keep: boolean;
    }
  /** A fault happened, or one that waits for its n-th request counted another: the counts after it. */
  | { readonly kind: 'fault-counted'; readonly now: number; readonly standing: FaultCounts }
  | { readonly kind: 'move-clock'; readonly now: number; readonly milliseconds: number }
  /** Documents were made, or became known, by the passing of time: who saw them must not find them gone, should the wall clock go back. */
  | { readonly kind: 'tick'; readonly now: number }
  | {
      readonly kind: 'wrong-credentials';
      readonly now: number;
      readonly account: string;
      readonly limit: { readonly attempts: number; readonly blockedMinutes: number };
    }
  | { readonly kind: 'right-credentials'; readonly now: number; readonly account: string }
  | { readonly kind: 'revoke-token'; readonly now: number; readonly token: string; readonly until: number };

export interface SubmitCall {
  readonly kind: 'submit';
  readonly now: number;
  readonly group: string;
  readonly key: string;
  /** The id the receipt gets if it is accepted. */
  readonly receiptId: string;
  readonly digest: string;
  readonly request: ReceiptRequest;
}

export interface OperateCall {
  readonly kind: 'operate';
  readonly now: number;
  readonly group: string;
  readonly unit: string;
  readonly operation: Operation;
}

/** Counts of the faults that are set, in their order. */
export interface FaultCounts {
  readonly counts: ReadonlyArray<readonly [seen: number, left: number | null]>;
  readonly random: StandingFaults['random'];
}

export const countsOf = ({ faults, random }: StandingFaults): FaultCounts => ({
  counts: faults.map(({ seen, left }) => [seen, left]),
  random,
});

/** The answer of the group, with the receipt it is about when it is about one. */
export interface Submitted {
  readonly answer: SubmitAnswer;
  readonly receipt: Receipt | undefined;
}

const NO_GROUP = deviceRefusal('registration-invalid', 'group');

export const applySubmit = (room: GroupRoom, call: SubmitCall): Submitted => {
  const { key, digest, receiptId } = call;
  const answer = room.registers.submit(key, call.request, call.now);
  if (answer._tag === 'refused') return { answer, receipt: undefined };
  if (answer._tag === 'known') return { answer, receipt: room.bySubmission.get(answer.id) };
  const receipt = { id: receiptId, submission: answer.id, key, digest };
  remember(room, receipt);
  return { answer, receipt };
};

export const applyOperate = (
  state: EmulatorState,
  { group, unit, operation, now }: OperateCall,
): E.Either<Refusal, LedgerEntry | undefined> =>
  state.groups.get(group)?.registers.operate(unit, operation, now) ?? E.left(NO_GROUP);

export const applyCreateGroup = (
  state: EmulatorState,
  call: Extract<Call, { readonly kind: 'create-group' }>,
): E.Either<NotSetUp, GroupRoom> =>
  E.map((registers: GroupRoom['registers']) => {
    const room = groupRoom(call.group, registers);
    state.groups.set(call.group, room);
    return room;
  })(createKktGroup(call.settings, call.now));

const setHttpFaults = (
  state: EmulatorState,
  { faults, keep, now }: Extract<Call, { readonly kind: 'http-faults' }>,
): void => {
  const added = faults.map((fault) => standingFrom(fault, now));
  state.faults = { ...state.faults, faults: keep ? [...state.faults.faults, ...added] : added };
};

const setCounts = (state: EmulatorState, { counts, random }: FaultCounts): void => {
  const faults = state.faults.faults.map((each, index) => {
    const [seen, left] = counts[index] ?? [each.seen, each.left];
    return { ...each, seen, left };
  });
  state.faults = { faults, random };
};

/** Applies a call to the state; what it answers is for those who make it for the first time. */
export const apply = (state: EmulatorState, call: Call): void => {
  state.now = Math.max(state.now, call.now);
  switch (call.kind) {
    case 'create-group':
      applyCreateGroup(state, call);
      return;
    case 'submit': {
      const room = state.groups.get(call.group);
      if (room !== undefined) applySubmit(room, call);
      return;
    }
    case 'operate':
      applyOperate(state, call);
      return;
    case 'device-faults':
      state.groups.get(call.group)?.registers.setFaults(call.faults, call.now);
      return;
    case 'http-faults':
      setHttpFaults(state, call);
      return;
    case 'fault-counted':
      setCounts(state, call.standing);
      return;
    case 'move-clock':
      state.clockAhead += call.milliseconds;
      state.now = Math.max(state.now, call.now + call.milliseconds);
      return;
    case 'tick':
      return;
    case 'wrong-credentials':
      countFailure(state.accounts, call.account, call.limit, call.now);
      return;
    case 'right-credentials':
      clearFailures(state.accounts, call.account);
      return;
    case 'revoke-token':
      revoke(state.accounts, call.token, call.until, call.now);
  }
};
