import type { EventStore } from '@cloud-kassa/event-store';
import { eventStoreConformance } from '@cloud-kassa/event-store/conformance';
import type { EsdbTestServerOptions } from '@cloud-kassa/event-store-esdb-testserver';
import type { EsdbStoreOptions } from './esdb-store';
import { endingWith, openOn, startServer } from './test-server.testing';

const underTest = (
  name: string,
  settings: EsdbStoreOptions['settings'] = {},
  options: Partial<EsdbTestServerOptions> = {},
): void => {
  const reopened = new Map<EventStore, () => Promise<EventStore>>();
  const open = async (server = startServer(options)): Promise<EventStore> => {
    const there = await server;
    const inner = await openOn(there, settings);
    const store = endingWith(inner, there.close);
    reopened.set(store, async () => {
      await inner.close();
      return open(server);
    });
    return store;
  };
  eventStoreConformance({
    name,
    open,
    reopen: (store) => reopened.get(store)?.() ?? open(),
    capabilities: { maxAppendBytes: 1024 * 1024, seesKnownIds: false },
  });
};

underTest('EventStoreDB');
underTest(
  'EventStoreDB with a namespace, small pages and positions beyond 2^53',
  { namespace: 'kassa', pageSize: 16, searchWindow: 8 },
  { origin: 2n ** 54n },
);
