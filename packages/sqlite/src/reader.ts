import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { Database } from './database';
import type { Connection } from './driver';
import { patiently } from './patience';
import { pragma } from './schema';
import { attempt, faultOf, type SqliteFault } from './sqlite-fault';
import type { Turns } from './turns';

/** The reading connection of a process. */
export interface Reader {
  /**
   * Reads from one snapshot, in one piece: no transaction stays open while others run, so that checkpoints are never held up.
   *
   * @param work gets the connection, and what {@link Reader.seen} says of the snapshot.
   */
  readonly read: <A>(work: (connection: Connection, seen: number) => A) => Promise<Either<SqliteFault, A>>;
  /** Grows whenever another connection, of this process or of another one, has committed. */
  readonly seen: () => number;
  readonly close: () => void;
}

export interface ReaderOptions {
  readonly database: Database;
  readonly runtime: Runtime;
  readonly turns: Turns;
  readonly busyMilliseconds: number;
}

/** What SQLite says to those who use a connection after it was closed. */
const MISUSE = faultOf(21);

export const readerOf = ({ database, runtime, turns, busyMilliseconds }: ReaderOptions): Reader => {
  let connection: Connection | undefined;
  let version: number | undefined;
  let seen = 0;
  let closed = false;

  const connected = (): Connection => (connection ??= database.connect('read'));

  const letGo = (): void => {
    const last = connection;
    connection = undefined;
    // Another connection counts from the beginning: whatever it says is news.
    version = undefined;
    if (last !== undefined) attempt(() => last.close());
  };

  // The number changes when another connection has committed since this one looked last.
  const look = (reader: Connection): number => {
    const now = pragma(reader, 'data_version');
    if (now !== version) seen += 1;
    version = now;
    return seen;
  };

  const snapshot = <A>(work: (reader: Connection, seen: number) => A): Either<SqliteFault, A> => {
    if (closed) return E.left(MISUSE);
    const outcome = attempt(() => {
      const reader = connected();
      reader.prepare('BEGIN').run();
      const read = work(reader, look(reader));
      reader.prepare('COMMIT').run();
      return read;
    });
    // A connection in the middle of something is given up rather than tidied.
    if (E.isLeft(outcome)) letGo();
    return outcome;
  };

  return {
    read: (work) => patiently(runtime, busyMilliseconds, () => turns.take(() => snapshot(work))),
    seen: () => {
      if (closed) return seen;
      const looked = attempt(() => look(connected()));
      if (E.isRight(looked)) return looked.right;
      letGo();
      seen += 1;
      return seen;
    },
    close: () => {
      closed = true;
      letGo();
    },
  };
};
