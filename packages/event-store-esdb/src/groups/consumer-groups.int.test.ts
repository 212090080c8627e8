import type { StoredEvent } from '@cloud-kassa/event-store';
import type { EsdbTestServer } from '@cloud-kassa/event-store-esdb-testserver';
import { jsonEvent } from '@eventstore/db-client';
import * as TE from 'fp-ts/TaskEither';
import { write } from '../appended.testing';
import type { EsdbStore } from '../esdb-store';
import { failure, given, openOn, startServer, STRANGER, strangerOn } from '../test-server.testing';
import type { ConsumerGroup, Consumption } from './consumer-group';

const GROUP: ConsumerGroup = { name: 'letters', version: 1, prefixes: ['receipt-'] };

let server: EsdbTestServer;
let store: EsdbStore;
beforeEach(async () => {
  server = await startServer();
  store = await openOn(server, { patience: 300 });
});
afterEach(async () => {
  await store.close();
  await server.close();
});

interface Consumer {
  /** `stream@revision` of what was handed out, with the number of the try. */
  readonly seen: ReadonlyArray<string>;
  readonly until: (condition: () => boolean) => Promise<void>;
  readonly end: () => Promise<void>;
}

/** A consumer that fails where it is told to. */
const consumer = (
  fails: (event: StoredEvent, attempt: number) => boolean = () => false,
  { group = GROUP, ...options }: Partial<Consumption> & { readonly group?: ConsumerGroup } = {},
): Consumer => {
  const seen: string[] = [];
  const watchers = new Set<() => void>();
  const end = new AbortController();
  const consumed = store.groups.consume(group, {
    firstPause: 1,
    signal: end.signal,
    handle: (event, { attempt }) => {
      seen.push(`${event.stream}@${event.revision} ${attempt}`);
      for (const watcher of watchers) watcher();
      return fails(event, attempt) ? TE.left('the buyer’s name is not for logs') : TE.right(undefined);
    },
    ...options,
  })();
  return {
    seen,
    until: (condition) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!condition()) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    end: async () => {
      end.abort();
      await given(() => consumed);
    },
  };
};

/** The group has answered everything it handed out. */
const settled = async (parked: number): Promise<void> => {
  for (;;) {
    const state = await given(store.groups.state(GROUP));
    if (state?.outstanding === 0 && state.parked === parked) return;
  }
};

describe('a group of consumers', () => {
  it('is made if it is missing, gets the events of its streams from the start, and acknowledges what is done', async () => {
    await write(store, 'receipt-1', 2);
    await write(store, 'other-1');
    expect(await given(store.groups.state(GROUP))).toBeUndefined();
    const one = consumer();
    await one.until(() => one.seen.length === 2);
    await write(store, 'receipt-2');
    await one.until(() => one.seen.length === 3);
    await settled(0);
    await one.end();
    const other = consumer();
    await write(store, 'receipt-3');
    await other.until(() => other.seen.includes('receipt-3@0 1'));
    await other.end();
    expect(one.seen).toEqual(['receipt-1@0 1', 'receipt-1@1 1', 'receipt-2@0 1']);
  });

  it('begins at the end if it is told so, and anew under another version', async () => {
    await write(store, 'receipt-1');
    const late = consumer(undefined, { group: { ...GROUP, from: 'end' } });
    while ((await given(store.groups.state(GROUP)))?.consumers !== 1);
    await write(store, 'receipt-2');
    await late.until(() => late.seen.length === 1);
    const second = consumer(undefined, { group: { ...GROUP, version: 2, prefixes: ['receipt-', 'other-'] } });
    await second.until(() => second.seen.length === 2);
    expect(late.seen).toEqual(['receipt-2@0 1']);
    await late.end();
    await second.end();
  });

  it('pitfall 17: hands out again what failed, after a pause of its own, and parks it in the end, with the reason in sight', async () => {
    await write(store, 'receipt-1');
    await write(store, 'receipt-2');
    const one = consumer(({ stream }, attempt) => stream === 'receipt-1' || attempt < 2, { attempts: 3 });
    await settled(1);
    expect(one.seen.toSorted()).toEqual([
      'receipt-1@0 1',
      'receipt-1@0 2',
      'receipt-1@0 3',
      'receipt-2@0 1',
      'receipt-2@0 2',
    ]);
    expect(await given(store.groups.parked(GROUP))).toMatchObject([
      { event: { stream: 'receipt-1', revision: 0 }, reason: 'it failed 3 times' },
    ]);
    await one.end();
  });

  it('pitfall 17: gets parked events again when they are replayed', async () => {
    await write(store, 'receipt-1');
    let broken = true;
    const one = consumer(() => broken, { attempts: 2 });
    await settled(1);
    broken = false;
    await given(store.groups.replayParked(GROUP));
    await one.until(() => one.seen.length === 3);
    await settled(0);
    expect(await given(store.groups.parked(GROUP))).toEqual([]);
    await one.end();
  });

  it('pitfall 17: gets again what was done but not acknowledged when the connection broke off', async () => {
    await write(store, 'receipt-1');
    const hold: { go?: () => void } = {};
    const held = new Promise<void>((resolve) => (hold.go = resolve));
    const seen: string[] = [];
    const end = new AbortController();
    const consumed = store.groups.consume(GROUP, {
      signal: end.signal,
      handle: ({ stream }) =>
        TE.fromTask(async () => {
          seen.push(stream);
          if (seen.length === 1) await held;
        }),
    })();
    while (seen.length === 0) await given(store.head());
    server.connections.dropAll();
    hold.go?.();
    await write(store, 'receipt-2');
    while (!seen.includes('receipt-2')) await given(store.head());
    await settled(0);
    end.abort();
    await given(() => consumed);
    expect(new Set(seen)).toEqual(new Set(['receipt-1', 'receipt-2']));
  });

  it('pitfall 17: goes on when a handler throws, rejects or does not come to an end', async () => {
    for (const stream of ['receipt-1', 'receipt-2', 'receipt-3', 'receipt-4']) await write(store, stream);
    const done: string[] = [];
    const end = new AbortController();
    const consumed = store.groups.consume(GROUP, {
      signal: end.signal,
      attempts: 1,
      sideBySide: 4,
      handling: 50,
      handle: ({ stream }) => {
        if (stream === 'receipt-1') throw new Error('thrown');
        if (stream === 'receipt-2') return () => Promise.reject(new Error('rejected'));
        if (stream === 'receipt-3') return () => new Promise(() => undefined);
        done.push(stream);
        return TE.right(undefined);
      },
    })();
    await settled(3);
    end.abort();
    await given(() => consumed);
    expect(done).toEqual(['receipt-4']);
  });

  it('pitfall 17: parks what was handed out too often unanswered: a process that dies of it can not say so', async () => {
    await write(store, 'receipt-1');
    const dying = consumer(() => true, { attempts: 50 });
    await dying.until(() => dying.seen.length > 6);
    await dying.end();
    const careful = consumer(undefined, { attempts: 5 });
    await settled(1);
    expect(careful.seen).toEqual([]);
    expect(await given(store.groups.parked(GROUP))).toMatchObject([
      { reason: expect.stringContaining('in vain') },
    ]);
    await careful.end();
  });

  it('pitfall 18: acknowledges what is not of this library, and parks what is damaged', async () => {
    const stranger = strangerOn(server);
    await stranger.appendToStream('receipt-1', jsonEvent({ type: 'Foreign', data: {} }), STRANGER);
    const metadata = { hash: 'h', commandId: 'c', eventId: 'e' };
    await stranger.appendToStream('receipt-2', jsonEvent({ type: 'Damaged', data: {}, metadata }), STRANGER);
    await write(store, 'receipt-3');
    const one = consumer();
    await one.until(() => one.seen.length === 1);
    await settled(1);
    expect(one.seen).toEqual(['receipt-3@0 1']);
    expect(await given(store.groups.parked(GROUP))).toEqual([{ reason: 'it can not be read' }]);
    await one.end();
    await stranger.dispose();
  });

  it('fails by name where it may not consume or can not', async () => {
    expect(await failure(store.groups.state({ ...GROUP, name: 'a b' }))).toMatchObject({ _tag: 'Rejected' });
    expect(await failure(store.groups.state({ ...GROUP, prefixes: [] }))).toMatchObject({ _tag: 'Rejected' });
    expect(await failure(store.groups.state({ ...GROUP, version: 0 }))).toMatchObject({ _tag: 'Rejected' });
    server.faults.set({ on: 'group-create', fault: { do: 'refuse', as: 'access-denied' } });
    const { signal } = new AbortController();
    const consume = store.groups.consume(GROUP, { signal, handle: () => TE.right(undefined) });
    expect(await failure(consume)).toMatchObject({ _tag: 'Rejected', rule: 'access' });
    server.faults.set({ on: 'group-read', times: 'all', fault: { do: 'refuse', as: 'unavailable' } });
    expect(await failure(consume)).toMatchObject({ _tag: 'Unavailable' });
    await store.close();
    expect(await failure(consume)).toMatchObject({ _tag: 'Rejected', rule: 'closed' });
  });
});
