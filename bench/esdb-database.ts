import { EventStoreDBClient } from '@eventstore/db-client';
import { openEsdbStore, type EsdbStore } from '@cloud-kassa/event-store-esdb';
import { given } from './given';
import { runtime } from './open-store';

/** The event store of a database as users get it. */
export const openEsdb = async (connectionString: string): Promise<EsdbStore> =>
  given(await openEsdbStore({ connectionString, runtime })());

/** The client of the vendor with nothing around it. */
export const bareClient = (connectionString: string): EventStoreDBClient =>
  EventStoreDBClient.connectionString(connectionString);

/** In the clear they are not sent. They make the client append call by call, as `event-store-esdb` does. */
export const CALL_BY_CALL = { credentials: { username: 'bench', password: 'bench' } };
