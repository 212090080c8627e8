import type { Connection, Driver, Statement } from '../driver';

/** What becomes of a statement: it is carried out, it fails instead, or it is carried out and reported as failed. */
export type StatementFault = undefined | { readonly instead: number } | { readonly afterwards: number };

/**
 * A driver that asks before every statement, for tests of what is kept in files of SQLite.
 *
 * @param faultFor gets the text of the statement.
 */
export const faultyDriver = (driver: Driver, faultFor: (sql: string) => StatementFault): Driver => {
  const through = <A>(sql: string, work: () => A): A => {
    const fault = faultFor(sql);
    if (fault !== undefined && 'instead' in fault) throw sqliteError(fault.instead);
    const done = work();
    if (fault !== undefined) throw sqliteError(fault.afterwards);
    return done;
  };
  const statement = (sql: string, real: Statement): Statement => ({
    run: (...values) => through(sql, () => real.run(...values)),
    get: (...values) => through(sql, () => real.get(...values)),
    iterate: (...values) => through(sql, () => real.iterate(...values)),
  });
  const connection = (real: Connection): Connection => ({
    exec: (sql) => through(sql, () => real.exec(sql)),
    prepare: (sql) => statement(sql, real.prepare(sql)),
    close: real.close,
  });
  return { ...driver, connect: (file) => connection(driver.connect(file)) };
};

/** What `node:sqlite` throws. @param code an SQLite result code, primary or extended. */
export const sqliteError = (code: number): Error =>
  Object.assign(new Error(`SQLite code ${code}`), { code: 'ERR_SQLITE_ERROR', errcode: code });

export interface FailingOnce {
  readonly driver: Driver;
  /** The next statement that begins so fails, once. */
  readonly fail: (beginning: string, fault: StatementFault) => void;
}

/** A driver that fails when it is told to. */
export const failingOnce = (driver: Driver): FailingOnce => {
  const next: { beginning?: string; fault?: StatementFault } = {};
  return {
    driver: faultyDriver(driver, (sql) => {
      if (next.beginning === undefined || !sql.startsWith(next.beginning)) return undefined;
      delete next.beginning;
      return next.fault;
    }),
    fail: (beginning, fault) => Object.assign(next, { beginning, fault }),
  };
};
