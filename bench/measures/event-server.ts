import { startEsdbTestServer, type EsdbTestServer } from '@cloud-kassa/event-store-esdb-testserver';
import { systemRuntime } from '@cloud-kassa/runtime';
import { COUNTED_CALLS, type EventServerOrder, type EventServerSays } from '../event-server';
import { given } from '../given';
import { processorMs } from '../processor-time';

const runtime = systemRuntime();

const begin = async (directory?: string): Promise<EsdbTestServer> =>
  given(await startEsdbTestServer({ runtime, ...(directory === undefined ? {} : { directory }) })());

/** A process that serves one database after the other, so that only the first meets a server that has not warmed up. */
const main = async (): Promise<void> => {
  let server = await begin();
  const say = (): void => {
    const calls = Object.fromEntries(COUNTED_CALLS.map((name) => [name, server.calls.of(name).started]));
    const says: EventServerSays = {
      connectionString: server.connectionString,
      processorMs: processorMs(),
      calls: calls as EventServerSays['calls'],
      records: server.count(),
    };
    process.send?.(says);
  };
  const obey = async (order: EventServerOrder): Promise<void> => {
    if (order.do === 'begin') {
      await server.close();
      server = await begin(order.directory);
    }
    say();
  };
  process.on('disconnect', () => process.exit());
  process.on('message', (order: EventServerOrder) => void obey(order));
  say();
};

void main();
