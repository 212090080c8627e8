import type { StandingFaults } from '../faults/standing-faults';
import type { GroupSnapshot, StoredSubmission } from '../group/group-state';
import { restoreKktGroup } from '../group/kkt-group';
import type { OperatorConfirmation } from '../document/fiscal-document';
import type { LedgerEntry } from '../ledger/ledger';
import type { AccountState } from './accounts';
import { groupRoom } from './group-room';
import type { Receipt } from './group-room';
import { newState } from './state';
import type { EmulatorState } from './state';

type Part =
  | { readonly part: 'entries'; readonly list: ReadonlyArray<LedgerEntry> }
  | { readonly part: 'confirmations'; readonly list: ReadonlyArray<OperatorConfirmation> }
  | { readonly part: 'submissions'; readonly list: ReadonlyArray<StoredSubmission> }
  | { readonly part: 'keys'; readonly list: GroupSnapshot['keys'] }
  | { readonly part: 'receipts'; readonly list: ReadonlyArray<Receipt> };

/** A snapshot is a sequence of lines, so that neither writing nor reading it needs one huge text. */
export type SnapshotLine =
  | {
      readonly line: 'emulator';
      readonly version: 1;
      readonly faults: StandingFaults;
      readonly clockAhead: number;
      readonly now: number;
      readonly accounts: ReadonlyArray<readonly [string, AccountState]>;
      readonly revoked: ReadonlyArray<readonly [string, number]>;
    }
  | {
      readonly line: 'group';
      readonly group: string;
      readonly rest: Omit<GroupSnapshot, 'ledger' | 'submissions' | 'keys'>;
    }
  | ({ readonly line: 'part' } & Part);

/** So many things stand in one line: enough to be quick, few enough that nobody waits while it is written. */
const LIST = 100;

function* lists<T>(all: ReadonlyArray<T>): Generator<ReadonlyArray<T>> {
  for (let index = 0; index < all.length; index += LIST) yield all.slice(index, index + LIST);
}

function* groupLines(
  group: string,
  { ledger, submissions, keys, ...rest }: GroupSnapshot,
  receipts: ReadonlyArray<Receipt>,
): Generator<SnapshotLine> {
  yield { line: 'group', group, rest };
  for (const list of lists(ledger.entries)) yield { line: 'part', part: 'entries', list };
  for (const list of lists(ledger.confirmations)) yield { line: 'part', part: 'confirmations', list };
  for (const list of lists(submissions)) yield { line: 'part', part: 'submissions', list };
  for (const list of lists(keys)) yield { line: 'part', part: 'keys', list };
  for (const list of lists(receipts)) yield { line: 'part', part: 'receipts', list };
}

/** The lines of the state as it is at this call; they may be taken later, when the state has gone on. */
export const snapshotLines = (state: EmulatorState): Iterable<SnapshotLine> => {
  const head: SnapshotLine = {
    line: 'emulator',
    version: 1,
    faults: state.faults,
    clockAhead: state.clockAhead,
    now: state.now,
    accounts: [...state.accounts.states],
    revoked: [...state.accounts.revoked],
  };
  const groups = Array.from(state.groups.values(), ({ id, registers, byId }) =>
    groupLines(id, registers.snapshot(), [...byId.values()]),
  );
  return (function* all(): Generator<SnapshotLine> {
    yield head;
    for (const lines of groups) yield* lines;
  })();
};

interface Collected {
  readonly rest: Omit<GroupSnapshot, 'ledger' | 'submissions' | 'keys'>;
  readonly entries: Array<LedgerEntry>;
  readonly confirmations: Array<OperatorConfirmation>;
  readonly submissions: Array<StoredSubmission>;
  readonly keys: Array<GroupSnapshot['keys'][number]>;
  readonly receipts: Array<Receipt>;
}

const collect = (into: Collected, part: Part): void => {
  switch (part.part) {
    case 'entries':
      into.entries.push(...part.list);
      return;
    case 'confirmations':
      into.confirmations.push(...part.list);
      return;
    case 'submissions':
      into.submissions.push(...part.list);
      return;
    case 'keys':
      into.keys.push(...part.list);
      return;
    case 'receipts':
      into.receipts.push(...part.list);
  }
};

/** The state that a snapshot's lines were taken of. */
export const stateOf = (lines: Iterable<SnapshotLine>): EmulatorState => {
  const state = newState();
  const groups = new Map<string, Collected>();
  let last: Collected | undefined;
  for (const line of lines) {
    if (line.line === 'emulator') {
      state.faults = line.faults;
      state.clockAhead = line.clockAhead;
      state.now = line.now;
      for (const [account, each] of line.accounts) state.accounts.states.set(account, each);
      for (const [token, until] of line.revoked) state.accounts.revoked.set(token, until);
    } else if (line.line === 'group') {
      last = { rest: line.rest, entries: [], confirmations: [], submissions: [], keys: [], receipts: [] };
      groups.set(line.group, last);
    } else if (last !== undefined) {
      collect(last, line);
    }
  }
  for (const [id, { rest, entries, confirmations, submissions, keys, receipts }] of groups) {
    const snapshot = { ...rest, submissions, keys, ledger: { entries, confirmations } };
    state.groups.set(id, groupRoom(id, restoreKktGroup(snapshot), receipts));
  }
  return state;
};
