import * as E from 'fp-ts/Either';
import type { HttpFault } from '../faults/http-fault';
import { isCounted, strike } from '../faults/standing-faults';
import type { HttpSubject } from '../faults/standing-faults';
import type { FaultScript } from '../faults/fault-script';
import type { NotSetUp } from '../group/kkt-group';
import type { Operation } from '../group/operate';
import type { GroupSettings } from '../group/settings';
import type { LedgerEntry } from '../ledger/ledger';
import type { Refusal } from '../refusal';
import type { ReceiptRequest } from '../request';
import type { EmulatorStorage, StorageFailure } from '../storage/storage';
import { apply, applyCreateGroup, applyOperate, applySubmit, countsOf } from './calls';
import type { Call, SubmitCall, Submitted } from './calls';
import type { GroupRoom } from './group-room';
import { snapshotLines } from './snapshot';
import type { EmulatorState } from './state';

/** What a machine needs of the outside world. */
export interface MachineWorld {
  /** The wall clock in milliseconds. */
  readonly wall: () => number;
  /** A new id for a receipt. */
  readonly newId: () => string;
  readonly storage: EmulatorStorage;
  /** A snapshot is taken when at least so many calls are to be replayed, and as many as the last one stands for. */
  readonly snapshotAfter: number;
  /** Called when something new will happen by itself. */
  readonly scheduled: () => void;
}

/** An emulator's state with its clock and its storage: what changes it is done here and stored, in one order. */
export interface Machine {
  /** Its time in milliseconds since 1970 UTC: the wall clock, moved ahead; it never goes back. */
  readonly now: () => number;
  readonly groups: () => ReadonlyArray<GroupRoom>;
  /** A group after everything that happened up to now. */
  readonly group: (id: string) => GroupRoom | undefined;
  readonly createGroup: (id: string, settings: GroupSettings) => E.Either<NotSetUp, GroupRoom>;
  readonly submit: (room: GroupRoom, key: string, digest: string, request: ReceiptRequest) => Submitted;
  readonly operate: (
    group: string,
    unit: string,
    operation: Operation,
  ) => E.Either<Refusal, LedgerEntry | undefined>;
  /** Replaces all faults, or adds to them. */
  readonly setFaults: (script: FaultScript, keep: boolean) => void;
  /** Which transport fault happens to a request; what the request is about is asked only when a fault is set. */
  readonly strike: (subject: () => HttpSubject) => HttpFault | undefined;
  readonly moveClock: (milliseconds: number) => void;
  readonly credentials: (call: CredentialsCall) => void;
  readonly accounts: () => EmulatorState['accounts'];
  readonly standingFaults: () => EmulatorState['faults'];
  /** Resolves when everything done so far is as safe as it has to be; until then no answer leaves. */
  readonly settled: () => Promise<E.Either<StorageFailure, void>>;
  /** When something happens by itself, or `undefined`. */
  readonly nextEventAt: () => number | undefined;
  /** Lets everything happen up to now. */
  readonly advance: () => void;
}

/** A call about credentials; its time is added. */
export type CredentialsCall = WithoutTime<
  Extract<Call, { readonly kind: 'wrong-credentials' | 'right-credentials' | 'revoke-token' }>
>;

type WithoutTime<C> = C extends unknown ? Omit<C, 'now'> : never;

export const machineOn = (
  state: EmulatorState,
  { wall, newId, storage, snapshotAfter, scheduled }: MachineWorld,
): Machine => {
  let compacting = false;
  let covered = 0;

  const now = (): number => {
    state.now = Math.max(state.now, wall() + state.clockAhead);
    return state.now;
  };

  const compact = (): void => {
    if (compacting || storage.callsSinceSnapshot() < Math.max(snapshotAfter, covered)) return;
    compacting = true;
    covered += storage.callsSinceSnapshot();
    const lines = snapshotLines(state);
    void storage
      .compact(
        (function* texts() {
          for (const line of lines) yield JSON.stringify(line);
        })(),
      )
      .finally(() => {
        compacting = false;
      });
  };

  const storeLine = (line: string): void => {
    storage.append(line);
    compact();
    scheduled();
  };

  const store = (call: Call): void => storeLine(JSON.stringify(call));

  /** Applies and stores a call that has no answer. */
  const perform = (call: Call): void => {
    apply(state, call);
    store(call);
  };

  /** Time passes for a group; what was made or became known by that is kept, for the ledger shows it at once. */
  const letPass = ({ registers }: GroupRoom): void => {
    const before = registers.ledger.size();
    const finished = registers.advance(now());
    if (finished.length > 0 || registers.ledger.size() > before) perform({ kind: 'tick', now: state.now });
  };

  const setDeviceFaults = (room: GroupRoom, { devices }: FaultScript, keep: boolean): void => {
    const concerned = devices.filter(({ group }) => group === undefined || group === room.id);
    const faults = [...(keep ? room.registers.faults() : []), ...concerned.map(({ fault }) => fault)];
    if (faults.length === 0 && room.registers.faults().length === 0) return;
    perform({ kind: 'device-faults', now: now(), group: room.id, faults });
  };

  return {
    now,
    groups: () => [...state.groups.values()],
    group: (id) => {
      const room = state.groups.get(id);
      if (room !== undefined) letPass(room);
      return room;
    },
    createGroup: (group, settings) => {
      const call: Call = { kind: 'create-group', now: now(), group, settings };
      const created = applyCreateGroup(state, call);
      if (E.isRight(created)) store(call);
      return created;
    },
    submit: (room, key, digest, request) => {
      const call: SubmitCall = {
        kind: 'submit',
        now: now(),
        group: room.id,
        key,
        receiptId: newId(),
        digest,
        request,
      };
      const line = JSON.stringify(call);
      // What was read from a body is cut out of it and keeps it whole in memory; what is applied is what would be read again.
      const submitted = applySubmit(room, JSON.parse(line) as SubmitCall);
      // A repeated key changes nothing, unless a fault counted it.
      if (submitted.answer._tag === 'queued' || room.registers.faults().length > 0) storeLine(line);
      return submitted;
    },
    operate: (group, unit, operation) => {
      const call: Call = { kind: 'operate', now: now(), group, unit, operation };
      const operated = applyOperate(state, call);
      store(call);
      return operated;
    },
    setFaults: (script, keep) => {
      perform({ kind: 'http-faults', now: now(), faults: script.http, keep });
      for (const room of state.groups.values()) setDeviceFaults(room, script, keep);
    },
    strike: (subject) => {
      if (state.faults.faults.length === 0) return undefined;
      const { fired, standing } = strike(state.faults, subject(), now());
      const counted = fired !== undefined || isCounted(state.faults, standing);
      state.faults = standing;
      if (counted) store({ kind: 'fault-counted', now: state.now, standing: countsOf(standing) });
      return fired;
    },
    moveClock: (milliseconds) => perform({ kind: 'move-clock', now: now(), milliseconds }),
    credentials: (call) => perform({ ...call, now: now() }),
    accounts: () => state.accounts,
    standingFaults: () => state.faults,
    settled: () => storage.settled(),
    nextEventAt: () => {
      let next: number | undefined;
      for (const { registers } of state.groups.values()) {
        const at = registers.nextEventAt();
        if (at !== undefined && (next === undefined || at < next)) next = at;
      }
      return next;
    },
    advance: () => {
      for (const room of state.groups.values()) letPass(room);
    },
  };
};
