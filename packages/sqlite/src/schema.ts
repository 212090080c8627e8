import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { Connection } from './driver';
import { cannotOpen, type OpenError } from './open-error';

/** What a database file is for. */
export interface Schema {
  /** Written into the header of the file (`PRAGMA application_id`). */
  readonly applicationId: number;
  /** The n-th step leads from version n to version n + 1; version 0 is an empty file. */
  readonly steps: ReadonlyArray<string>;
}

/**
 * Which version of the schema a file has. Refuses files of other applications and of newer versions of this one, and changes
 * nothing.
 */
export const schemaVersion = (connection: Connection, schema: Schema): Either<OpenError, number> => {
  const applicationId = pragma(connection, 'application_id');
  const found = pragma(connection, 'user_version');
  const newestKnown = schema.steps.length;
  if (applicationId !== schema.applicationId)
    return applicationId === 0 && found === 0 && isEmpty(connection)
      ? E.right(0)
      : E.left({ _tag: 'ForeignFile', why: 'the database belongs to another application' });
  if (found > newestKnown)
    return E.left({
      _tag: 'NewerSchema',
      found,
      newestKnown,
      why: `the file has version ${found} of the schema; this library knows versions up to ${newestKnown}`,
    });
  return found < 1 ? E.left(cannotOpen('the file has no version of the schema')) : E.right(found);
};

/** Leads a file to the newest version, inside a write transaction of the caller. */
export const migrate = (connection: Connection, schema: Schema): Either<OpenError, void> =>
  E.map((version: number) => {
    if (version === schema.steps.length) return;
    for (const step of schema.steps.slice(version)) connection.exec(step);
    connection.exec(`PRAGMA application_id = ${schema.applicationId}`);
    connection.exec(`PRAGMA user_version = ${schema.steps.length}`);
  })(schemaVersion(connection, schema));

const isEmpty = (connection: Connection): boolean =>
  connection.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;

/** The number that a pragma answers with; NaN where it gives none. */
export const pragma = (connection: Connection, name: string): number => {
  const [value] = Object.values(connection.prepare(`PRAGMA ${name}`).get() ?? {});
  return typeof value === 'number' ? value : Number.NaN;
};
