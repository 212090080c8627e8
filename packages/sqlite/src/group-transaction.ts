import * as E from 'fp-ts/Either';
import type { Connection } from './driver';
import { attempt, type SqliteFault } from './sqlite-fault';

/** One of the pieces of work that share a transaction. */
export interface Member {
  /** Throws what SQLite reports. */
  readonly work: (connection: Connection) => void;
  /** A rule of the schema was broken: what `work` did is undone, the others go on. */
  readonly refused: () => void;
}

/** Where a transaction failed. Only at `commit` it may be durable all the same. */
export interface TransactionFault {
  readonly phase: 'begin' | 'work' | 'commit';
  readonly fault: SqliteFault;
}

/**
 * Does the work of all members in one transaction and answers when it is durable. After a fault other than `busy` at the beginning the
 * connection is of no use any more.
 *
 * A rule of the schema is hardly ever broken: only then is all of it undone and done again, each member inside a savepoint of its own.
 */
export const commitGroup = (
  connection: Connection,
  members: ReadonlyArray<Member>,
): TransactionFault | undefined => {
  const begun = attempt(() => run(connection, 'BEGIN IMMEDIATE'));
  if (E.isLeft(begun)) return { phase: 'begin', fault: begun.left };
  const together = attempt(() => {
    for (const { work } of members) work(connection);
  });
  if (E.isLeft(together)) {
    if (together.left.kind !== 'constraint') return { phase: 'work', fault: together.left };
    const undone = attempt(() => run(connection, 'ROLLBACK'));
    if (E.isLeft(undone)) return { phase: 'work', fault: undone.left };
    return commitOneByOne(connection, members);
  }
  return commit(connection);
};

const commitOneByOne = (
  connection: Connection,
  members: ReadonlyArray<Member>,
): TransactionFault | undefined => {
  const begun = attempt(() => run(connection, 'BEGIN IMMEDIATE'));
  if (E.isLeft(begun)) return { phase: 'begin', fault: begun.left };
  for (const member of members) {
    const fault = inSavepoint(connection, member);
    if (fault !== undefined) return { phase: 'work', fault };
  }
  return commit(connection);
};

const commit = (connection: Connection): TransactionFault | undefined => {
  const committed = attempt(() => run(connection, 'COMMIT'));
  return E.isLeft(committed) ? { phase: 'commit', fault: committed.left } : undefined;
};

const inSavepoint = (connection: Connection, member: Member): SqliteFault | undefined => {
  const done = attempt(() => {
    run(connection, 'SAVEPOINT member');
    const worked = attempt(() => member.work(connection));
    if (E.isLeft(worked)) {
      if (worked.left.kind !== 'constraint') return worked.left;
      run(connection, 'ROLLBACK TO member');
      member.refused();
    }
    run(connection, 'RELEASE member');
    return undefined;
  });
  return E.isLeft(done) ? done.left : done.right;
};

const run = (connection: Connection, sql: string): void => {
  connection.prepare(sql).run();
};
