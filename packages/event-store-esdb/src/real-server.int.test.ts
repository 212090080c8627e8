import type { EventStore } from '@cloud-kassa/event-store';
import {
  checkpointStoreConformance,
  eventStoreConformance,
  leaseStoreConformance,
} from '@cloud-kassa/event-store/conformance';
import { endingWith, openOn, runtime } from './test-server.testing';

const connectionString = process.env['ESDB_URL'];

const named = connectionString === undefined ? it.skip : it;
named(
  'a real server is named by ESDB_URL (where it is not, the conformance suites on one are skipped)',
  () => {
    expect(connectionString).toBeDefined();
  },
);

if (connectionString !== undefined) {
  // Each test has streams of its own on the one server, by a namespace.
  const namespace = (): string => `t${runtime.ids.next().replaceAll('-', '')}`;
  const spaces = new Map<EventStore, string>();
  const openIn = async (space: string): Promise<EventStore> => {
    const store = endingWith(await openOn({ connectionString }, { namespace: space, look: 50 }), () =>
      Promise.resolve(),
    );
    spaces.set(store, space);
    return store;
  };

  eventStoreConformance({
    name: 'a real server',
    open: () => openIn(namespace()),
    reopen: async (store) => {
      await store.close();
      return openIn(spaces.get(store) ?? namespace());
    },
    capabilities: { maxAppendBytes: 1024 * 1024, seesKnownIds: false },
  });

  const openTwice = async () => {
    const settings = { namespace: namespace() };
    const [one, other] = [
      await openOn({ connectionString }, settings),
      await openOn({ connectionString }, settings),
    ];
    const close = async (): Promise<void> => {
      await one.close();
      await other.close();
    };
    return { one: one.work, other: other.work, close };
  };

  leaseStoreConformance({
    name: 'a real server',
    open: async () => {
      const { one, other, close } = await openTwice();
      return { stores: [one.leases, other.leases], close };
    },
  });

  checkpointStoreConformance({
    name: 'a real server',
    open: async () => {
      const { one, other, close } = await openTwice();
      return { stores: [one.checkpoints, other.checkpoints], close };
    },
  });
}
