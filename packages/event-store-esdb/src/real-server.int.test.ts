import type { EventStore } from '@cloud-kassa/event-store';
import {
  checkpointStoreConformance,
  eventStoreConformance,
  keyRingConformance,
  leaseStoreConformance,
} from '@cloud-kassa/event-store/conformance';
import { realServers, type RealServer, type StartedRealServer } from './real-servers.testing';
import { endingWith, openOn, runtime } from './test-server.testing';

/** Pulling an image takes its time. */
const STARTING = 600_000;

/** Each test has streams of its own on the one server, by a namespace. */
const namespace = (): string => `t${runtime.ids.next().replaceAll('-', '')}`;

const underTest = ({ name, start }: RealServer): void =>
  describe(`EventStoreDB, ${name}`, () => {
    let server: StartedRealServer | undefined;
    beforeAll(async () => {
      server = await start();
    }, STARTING);
    afterAll(() => server?.stop());

    const openIn = (space: string) =>
      openOn({ connectionString: server?.connectionString ?? '' }, { namespace: space, look: 50 });

    const spaces = new Map<EventStore, string>();
    const openStore = async (space = namespace()): Promise<EventStore> => {
      const store = endingWith(await openIn(space), () => Promise.resolve());
      spaces.set(store, space);
      return store;
    };
    eventStoreConformance({
      name,
      open: () => openStore(),
      reopen: async (store) => {
        await store.close();
        return openStore(spaces.get(store));
      },
      capabilities: { maxAppendBytes: 1024 * 1024, seesKnownIds: false },
    });

    const openTwice = async () => {
      const space = namespace();
      const [one, other] = [await openIn(space), await openIn(space)];
      const close = async (): Promise<void> => {
        await one.close();
        await other.close();
      };
      return { stores: [one, other] as const, close };
    };

    leaseStoreConformance({
      name,
      open: async () => {
        const { stores, close } = await openTwice();
        return { stores: [stores[0].work.leases, stores[1].work.leases], close };
      },
    });

    keyRingConformance({
      name,
      open: async () => {
        const { stores, close } = await openTwice();
        return { homes: [stores[0].keyRing, stores[1].keyRing], close };
      },
    });

    checkpointStoreConformance({
      name,
      open: async () => {
        const { stores, close } = await openTwice();
        return { stores: [stores[0].work.checkpoints, stores[1].work.checkpoints], close };
      },
    });

    keyRingConformance({
      name,
      open: async () => {
        const { stores, close } = await openTwice();
        return { homes: [stores[0].keyRing, stores[1].keyRing], close };
      },
    });
  });

const servers = realServers();
const [reason, found] = typeof servers === 'string' ? [servers, []] : [undefined, servers];
const unlessFound = reason === undefined ? it : it.skip;
describe('EventStoreDB, a real server', () => {
  unlessFound(`keeps events, leases, checkpoints and keys as every store does (${reason ?? 'below'})`, () => {
    expect(found).not.toEqual([]);
  });
});
for (const server of found) underTest(server);
