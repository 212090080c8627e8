import { startEsdbTestServer } from '@cloud-kassa/event-store-esdb-testserver';
import { systemRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';

/** A database of EventStoreDB. */
export interface EventStoreDb {
  readonly connectionString: string;
  /** A new one each time: an example begins with nothing and touches nothing that is there. */
  readonly namespace: string;
  readonly close: () => Promise<void>;
}

/**
 * The database at an address, `esdb://…`; where none is asked for, or any, that of `ESDB_URL`; where none is there either, a test server in this
 * process, which keeps nothing.
 */
export const eventStoreDb = async (asked: string | undefined): Promise<EventStoreDb> => {
  const address = asked === undefined || asked === 'esdb' ? process.env['ESDB_URL'] : asked;
  const runtime = systemRuntime();
  const namespace = `example_${runtime.ids.next().replaceAll('-', '')}`;
  if (address !== undefined) return { connectionString: address, namespace, close: () => Promise.resolve() };
  const started = await startEsdbTestServer({ runtime })();
  if (E.isLeft(started)) throw new Error(started.left.code);
  const { connectionString, close } = started.right;
  return { connectionString, namespace, close };
};
