import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { Database } from './database';
import type { Connection } from './driver';
import { commitGroup, type Member, type TransactionFault } from './group-transaction';
import { patiently, pause } from './patience';
import { attempt, type SqliteFault } from './sqlite-fault';
import type { Turns } from './turns';

/**
 * Why a piece of work was not committed.
 *
 * - `NotWritten`: certainly nothing is there.
 * - `Unknown`: it may be there or not, and may be seen only later.
 * - `Refused`: it breaks a rule of the schema.
 * - `Damaged`: the database can not be read.
 * - `Closed`: it came after the end.
 */
export type CommitFailure =
  | { readonly _tag: 'NotWritten'; readonly why: string; readonly full: boolean }
  | { readonly _tag: 'Unknown'; readonly why: string }
  | { readonly _tag: 'Refused' }
  | { readonly _tag: 'Damaged'; readonly why: string }
  | { readonly _tag: 'Closed' };

/** The one writing connection of a process to a file. Pieces of work that come at the same time are made durable together. */
export interface GroupCommit {
  /** @param bytes about how much `work` writes. `work` throws what SQLite reports, and may be done more than once. */
  readonly commit: <A>(
    bytes: number,
    work: (connection: Connection) => A,
  ) => Promise<Either<CommitFailure, A>>;
  /** Work outside of a transaction, between two of them; tried again while it is refused a lock. */
  readonly between: <A>(work: (connection: Connection) => A) => Promise<Either<CommitFailure, A>>;
  readonly figures: () => GroupFigures;
  /** Settles what was given before, then lets go of the file. */
  readonly close: () => Promise<void>;
}

/** Counted since the file was opened. */
export interface GroupFigures {
  readonly groups: number;
  /** Pieces of work that were committed. */
  readonly committed: number;
  readonly largestGroup: number;
  /** How often another connection held the lock. */
  readonly busy: number;
  /** How often the connection was given up after a fault. */
  readonly reconnected: number;
}

export interface GroupCommitOptions {
  readonly database: Database;
  readonly runtime: Runtime;
  readonly turns: Turns;
  /** Pieces of work in a group at most. */
  readonly groupSize: number;
  /** Bytes in a group at most, unless one piece alone has more. */
  readonly groupBytes: number;
  /** How long more pieces are waited for. */
  readonly collectMilliseconds: number;
  /** How long a piece waits for the lock before it is given up. */
  readonly busyMilliseconds: number;
  /** Told after every commit. */
  readonly committed: () => void;
}

interface Waiting extends Member {
  readonly bytes: number;
  readonly until: number;
  readonly settle: () => void;
  readonly fail: (failure: CommitFailure) => void;
  /** Hands on what is no report of SQLite but a fault of the program. */
  readonly reject: (fault: unknown) => void;
}

/** Who goes on when a group was answered comes back within some promises; so many quiet ones in a row mean that nobody does. */
const QUIET_HOPS = 8;

export const groupCommit = (options: GroupCommitOptions): GroupCommit => {
  const { database, runtime, turns, groupSize, groupBytes, collectMilliseconds, busyMilliseconds } = options;
  const figures = { groups: 0, committed: 0, largestGroup: 0, busy: 0, reconnected: 0 };
  let queue: Waiting[] = [];
  let connection: Connection | undefined = database.first;
  let running: Promise<void> | undefined;
  let closed = false;

  const connected = (): Either<SqliteFault, Connection> => {
    if (connection !== undefined) return E.right(connection);
    const made = attempt(() => database.connect('write'));
    if (E.isRight(made)) connection = made.right;
    return made;
  };

  const giveUpConnection = (fault: string, phase: string): void => {
    const failed = connection;
    connection = undefined;
    if (failed !== undefined) attempt(() => failed.close());
    figures.reconnected += 1;
    runtime.log.write('error', 'a transaction failed; the connection is opened anew', { fault, phase });
  };

  const collect = async (): Promise<void> => {
    for (let quiet = 0; quiet < QUIET_HOPS && queue.length < groupSize; quiet += 1) {
      const before = queue.length;
      await Promise.resolve();
      if (queue.length > before) quiet = -1;
    }
    if (collectMilliseconds > 0 && queue.length < groupSize) await runtime.sleep(collectMilliseconds);
  };

  const nextGroup = (): ReadonlyArray<Waiting> => {
    let [length, bytes] = [0, 0];
    for (const waiting of queue) {
      bytes += waiting.bytes;
      if (length > 0 && (length === groupSize || bytes > groupBytes)) break;
      length += 1;
    }
    const group = queue.slice(0, length);
    queue = queue.slice(length);
    return group;
  };

  /** Answers everyone in the group, or puts it back because the lock is held by others. */
  const work = (): 'answered' | 'busy' => {
    const group = nextGroup();
    const fail = (failure: CommitFailure): 'answered' => {
      for (const member of group) member.fail(failure);
      return 'answered';
    };
    let failed: TransactionFault | undefined;
    try {
      const obstacle = database.file.obstacle(group.reduce((sum, { bytes }) => sum + bytes, 0));
      if (obstacle !== undefined) return fail({ _tag: 'NotWritten', ...obstacle });
      const writer = connected();
      failed = E.isRight(writer) ? commitGroup(writer.right, group) : { phase: 'begin', fault: writer.left };
    } catch (fault) {
      giveUpConnection('a fault of the program', 'work');
      for (const member of group) member.reject(fault);
      return 'answered';
    }
    if (failed === undefined) {
      figures.groups += 1;
      figures.committed += group.length;
      figures.largestGroup = Math.max(figures.largestGroup, group.length);
      for (const member of group) member.settle();
      options.committed();
      return 'answered';
    }
    if (failed.phase === 'begin' && failed.fault.kind === 'busy') {
      figures.busy += 1;
      queue = [...group, ...queue];
      return 'busy';
    }
    giveUpConnection(failed.fault.name, failed.phase);
    return fail(failureOf(failed));
  };

  const failOverdue = (): void => {
    const now = runtime.monotonic();
    const overdue = queue.filter(({ until }) => until <= now);
    queue = queue.filter(({ until }) => until > now);
    for (const { fail } of overdue)
      fail({ _tag: 'NotWritten', full: false, why: 'other connections held the lock' });
  };

  const run = async (): Promise<void> => {
    let refusals = 0;
    await collect();
    while (queue.length > 0) {
      const outcome = await turns.take(work);
      if (outcome === 'busy') {
        refusals += 1;
        failOverdue();
        await pause(runtime, refusals);
      } else {
        refusals = 0;
        await collect();
      }
    }
    // In the same breath as the queue was seen empty: who comes now starts anew.
    running = undefined;
  };

  return {
    commit: <A>(bytes: number, piece: (writer: Connection) => A) =>
      new Promise<Either<CommitFailure, A>>((resolve, reject) => {
        if (closed) {
          resolve(E.left({ _tag: 'Closed' }));
          return;
        }
        let outcome: Either<CommitFailure, A> = E.left({ _tag: 'Refused' });
        queue.push({
          bytes,
          until: runtime.monotonic() + busyMilliseconds,
          work: (writer) => {
            outcome = E.right(piece(writer));
          },
          refused: () => {
            outcome = E.left({ _tag: 'Refused' });
          },
          settle: () => resolve(outcome),
          fail: (failure) => resolve(E.left(failure)),
          reject,
        });
        running ??= run();
      }),
    between: async (piece) => {
      if (closed) return E.left({ _tag: 'Closed' });
      const outcome = await patiently(runtime, busyMilliseconds, () =>
        turns.take(() => E.chain((writer: Connection) => attempt(() => piece(writer)))(connected())),
      );
      if (E.isRight(outcome)) return outcome;
      if (outcome.left.kind !== 'busy') giveUpConnection(outcome.left.name, 'between');
      return E.left(failureOf({ phase: 'begin', fault: outcome.left }));
    },
    figures: () => ({ ...figures }),
    close: async () => {
      closed = true;
      await running;
      const last = connection;
      connection = undefined;
      if (last !== undefined) attempt(() => last.close());
    },
  };
};

const failureOf = ({ phase, fault }: TransactionFault): CommitFailure => {
  const { kind, name } = fault;
  if (phase === 'commit' || kind === 'io')
    return { _tag: 'Unknown', why: `the database reported ${name} at ${phase}` };
  if (kind === 'damaged') return { _tag: 'Damaged', why: `the database reported ${name}` };
  return { _tag: 'NotWritten', full: kind === 'full', why: `the database reported ${name} at ${phase}` };
};
