import { EventStoreDBClient } from '@eventstore/db-client';
import * as E from 'fp-ts/Either';
import { systemRuntime } from '@cloud-kassa/runtime';
import type { EsdbTestServer, EsdbTestServerOptions } from './start-server';
import { startEsdbTestServer } from './start-server';

/** A server that is started or a test that fails. */
export const started = async (options: Partial<EsdbTestServerOptions> = {}): Promise<EsdbTestServer> => {
  const server = await startEsdbTestServer({ runtime: systemRuntime(), ...options })();
  if (E.isLeft(server)) throw new Error(server.left.code);
  return server.right;
};

export const clientOf = ({
  connectionString,
}: Pick<EsdbTestServer, 'connectionString'>): EventStoreDBClient =>
  EventStoreDBClient.connectionString(connectionString);

/** Credentials on the call make the client append on the classic path; in the clear they are not sent. */
export const CLASSIC = { credentials: { username: 'nobody', password: 'none' } };
