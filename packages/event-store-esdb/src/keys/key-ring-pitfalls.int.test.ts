import type { DataKey, KeptKeyRing } from '@cloud-kassa/event-store';
import type { EsdbTestServer, Fault, Operation } from '@cloud-kassa/event-store-esdb-testserver';
import { seededRandom } from '@cloud-kassa/runtime';
import { jsonEvent } from '@eventstore/db-client';
import { SAMPLE_EVENT } from '../appended.testing';
import type { EsdbStore, EsdbStoreOptions } from '../esdb-store';
import { failure, given, openOn, startServer, strangerOn } from '../test-server.testing';

const KEY = new Uint8Array(32).fill(2);

let server: EsdbTestServer;
let stores: EsdbStore[];
let one: KeptKeyRing;
let other: KeptKeyRing;

/** Another host. */
const host = async (settings: EsdbStoreOptions['settings']): Promise<KeptKeyRing> => {
  const store = await openOn(server, settings);
  stores.push(store);
  return given(store.keyRing.open(KEY));
};
/** It gives up soon. */
const hasty = (): Promise<KeptKeyRing> => host({ deadline: 600, attempt: 150 });
/** It waits for every answer. */
const calm = (): Promise<KeptKeyRing> => host({ attempt: 10_000 });

beforeEach(async () => {
  server = await startServer();
  stores = [];
  one = await host({ attempt: 300 });
  other = await host({ attempt: 300 });
});
afterEach(async () => {
  for (const store of stores) await store.close();
  await server.close();
});

const firstStore = (): EsdbStore => {
  const [store] = stores;
  if (store === undefined) throw new Error('No store is open.');
  return store;
};

const recordsOf = async (ring: KeptKeyRing): Promise<ReadonlyArray<readonly [string, boolean]>> => {
  const records = new Map<string, boolean>();
  for await (const page of ring.records()) {
    if (page._tag === 'Failed') throw new Error(page.error.why);
    for (const { kid, secret } of page.records) records.set(kid, secret !== undefined);
  }
  return [...records];
};

const FAULTS: ReadonlyArray<readonly [string, Fault]> = [
  ['is done, and the connection breaks', { do: 'drop', at: 'after' }],
  ['is not done, and the connection breaks', { do: 'drop', at: 'before' }],
  ['is done, and never answered', { do: 'silence', at: 'after' }],
];

const STEPS: ReadonlyArray<readonly [Operation, string]> = [
  ['append', 'keyring-keys'],
  ['append', 'personkeys-'],
  ['append', 'wrappedkey-'],
  ['read-stream', 'personkeys-'],
  ['read-stream', 'wrappedkey-'],
  ['tombstone', 'wrappedkey-'],
];

describe.each(FAULTS)('a step of a key ring that %s', (_, fault) => {
  it.each(STEPS)('is repeated without harm: %s of %s', async (on, stream) => {
    const struck = server.faults.set({ on, stream, fault });
    const key = await given(other.keyFor('person'));
    expect(await given(one.keyFor('person'))).toEqual(key);
    expect(await recordsOf(other)).toEqual([[key.kid, true]]);
    expect(await given(other.erase('person'))).toBe(1);
    expect(struck.struck()).toBe(1);
    expect(await given(one.find([key.kid]))).toEqual(new Map([[key.kid, 'erased']]));
    expect(await recordsOf(one)).toEqual([[key.kid, false]]);
  });

  it('is repeated without harm: the first opening', async () => {
    const store = await openOn(server, { namespace: 'new', attempt: 300 });
    server.faults.set({ on: 'append', stream: 'new~keyring-index', fault });
    const ring = await given(store.keyRing.open(KEY));
    expect((await given(store.keyRing.open(KEY))).indexKey()).toEqual(ring.indexKey());
    await store.close();
  });
});

describe('a key whose maker died half-way', () => {
  it.each(['keyring-keys', 'personkeys-', 'wrappedkey-'])(
    'at the append to %s is made by who needs it next, and there is one',
    async (stream) => {
      const maker = await hasty();
      const silence = server.faults.set({ on: 'append', stream, times: 'all', fault: { do: 'drop' } });
      expect(await failure(maker.keyFor('person'))).toMatchObject({ _tag: 'KeyRingUnavailable' });
      silence.remove();
      const key = await given(other.keyFor('person'));
      expect(await given(one.keyFor('person'))).toEqual(key);
      expect(await recordsOf(one)).toEqual([[key.kid, true]]);
      expect(await given(one.erase('person'))).toBe(1);
    },
  );

  it('is the same for its maker, who was only slow', async () => {
    const slow = await calm();
    const held = server.faults.set({ on: 'append', stream: 'wrappedkey-', fault: { do: 'hold' } });
    const making = given(slow.keyFor('person'));
    await held.strike();
    const key = await given(one.keyFor('person'));
    held.release();
    expect(await making).toEqual(key);
    expect(await given(one.find([key.kid]))).toEqual(new Map([[key.kid, key]]));
  });

  it('is not missing among the keys that are carried, and is carried once', async () => {
    const maker = await hasty();
    server.faults.set({
      on: 'append',
      stream: 'wrappedkey-',
      times: 'all',
      fault: { do: 'silence', at: 'after' },
    });
    await maker.keyFor('person')();
    server.faults.clear();
    const { kid } = await given(other.keyFor('person'));
    expect(await recordsOf(other)).toEqual([[kid, true]]);
  });
});

describe('an erasure', () => {
  it('that comes between two steps of a key’s maker leaves none of them with a key that is not kept', async () => {
    const slow = await calm();
    const held = server.faults.set({ on: 'append', stream: 'wrappedkey-', fault: { do: 'hold' } });
    const making = given(slow.keyFor('person'));
    await held.strike();
    // The key has a name and no bytes yet.
    expect(await given(one.erase('person'))).toBe(0);
    held.release();
    const key = await making;
    expect(await given(one.find([key.kid]))).toEqual(new Map([[key.kid, key]]));
    expect(await given(one.keyFor('person'))).toEqual(key);
  });

  it('that died half-way is finished when it is repeated', async () => {
    const eraser = await hasty();
    const secret = new Uint8Array(32).fill(5);
    const kids = Array.from({ length: 5 }, (_, number) => `kid-${number}`);
    await given(one.adopt(kids.map((kid) => ({ keyId: 'person', kid, secret }))));
    server.faults.set({ on: 'tombstone', nth: 3, times: 'all', fault: { do: 'drop' } });
    expect(await failure(eraser.erase('person'))).toMatchObject({ _tag: 'KeyRingUnavailable' });
    const left = [...(await given(other.find(kids))).values()].filter((key) => key !== 'erased');
    expect(left.length).toBeGreaterThan(0);
    server.faults.clear();
    expect(await given(one.erase('person'))).toBe(left.length);
    expect([...(await given(other.find(kids))).values()]).toEqual(kids.map(() => 'erased'));
  });

  it('leaves nothing that can be read or written under the name, and the other streams without secrets', async () => {
    const keys = [await given(one.keyFor('person')), await given(one.keyFor('another'))];
    await given(one.erase('person'));
    const stranger = strangerOn(server);
    const stream = `wrappedkey-${keys[0]?.kid}`;
    const gone = { type: 'stream-deleted' };
    const read = async (): Promise<void> => {
      for await (const { event } of stranger.readStream(stream)) expect(event).toBeUndefined();
    };
    await expect(read()).rejects.toMatchObject(gone);
    await expect(stranger.appendToStream(stream, jsonEvent({ type: 'T', data: {} }))).rejects.toMatchObject(
      gone,
    );
    let everything = '';
    for await (const { event } of stranger.readAll()) everything += JSON.stringify(event?.data);
    for (const { secret } of keys)
      for (const form of ['base64url', 'base64', 'hex'] as const)
        expect(everything).not.toContain(Buffer.from(secret).toString(form));
    await stranger.dispose();
  });

  it('takes a key that is damaged as any other', async () => {
    const stranger = strangerOn(server);
    const { kid } = await given(one.keyFor('person'));
    await stranger.deleteStream(`wrappedkey-${kid}`);
    await stranger.appendToStream(`wrappedkey-${kid}`, jsonEvent({ type: 'T', data: {} }));
    expect(await failure(one.keyFor('person'))).toMatchObject({ _tag: 'KeyRingCorrupt' });
    await given(one.erase('person'));
    expect((await given(one.keyFor('person'))).kid).not.toBe(kid);
    await stranger.dispose();
  });
});

describe('a key ring that somebody else changed', () => {
  const DAMAGES: ReadonlyArray<readonly [string, (kids: readonly [string, string]) => Promise<void>]> = [
    [
      'has a wrapped key under another name',
      async ([from, to]) => {
        const stranger = strangerOn(server);
        for await (const { event } of stranger.readStream(`wrappedkey-${from}`))
          await stranger.appendToStream(
            `wrappedkey-${to}`,
            jsonEvent({ type: 'T', data: event?.data as {} }),
          );
        await stranger.dispose();
      },
    ],
    [
      'has something else in the place of a wrapped key',
      async ([, to]) => {
        const stranger = strangerOn(server);
        await stranger.appendToStream(`wrappedkey-${to}`, jsonEvent({ type: 'T', data: { iv: '', ct: 1 } }));
        await stranger.dispose();
      },
    ],
  ];

  it.each(DAMAGES)('%s: it is corrupt, and says neither key nor person', async (_, damage) => {
    const { kid } = await given(one.keyFor('person'));
    await damage([kid, 'other-kid']);
    const told = await failure(other.find([kid, 'other-kid']));
    expect(told).toMatchObject({ _tag: 'KeyRingCorrupt' });
    expect(JSON.stringify(told)).not.toContain(kid);
    expect(JSON.stringify(told)).not.toContain('other-kid');
    expect((await given(other.find([kid]))).size).toBe(1);
  });

  const replace = async (stream: string): Promise<void> => {
    const stranger = strangerOn(server);
    await stranger.deleteStream(stream);
    await stranger.appendToStream(stream, jsonEvent({ type: 'T', data: {} }));
    await stranger.dispose();
  };

  it('lost its index key: it is corrupt, and no new one is made', async () => {
    await replace('keyring-index');
    expect(await failure(firstStore().keyRing.open(KEY))).toMatchObject({ _tag: 'KeyRingCorrupt' });
  });

  it('lost names of its keys: it is corrupt, and none is left out where keys are carried', async () => {
    await given(one.keyFor('person'));
    await replace('keyring-keys');
    const items = [];
    for await (const item of one.records()) items.push(item);
    expect(items).toMatchObject([{ _tag: 'Failed', error: { _tag: 'KeyRingCorrupt' } }]);
  });

  it('says what to do where the key-encryption key is another', async () => {
    expect(await failure(firstStore().keyRing.open(new Uint8Array(32)))).toMatchObject({
      _tag: 'WrongKeyEncryptionKey',
      why: expect.stringContaining('a copy of the file of the first'),
    });
  });
});

describe('the streams of a key ring', () => {
  it('are no events of the store, and nobody can append to them through it', async () => {
    const { kid } = await given(one.keyFor('person'));
    for await (const item of firstStore().readAll()) expect(item).toBeUndefined();
    expect(await given(firstStore().head())).toBeUndefined();
    for (const stream of ['keyring-keys', 'keyring-index', 'personkeys-person', `wrappedkey-${kid}`])
      expect(await failure(firstStore().append(stream, 0, [SAMPLE_EVENT]))).toMatchObject({
        rule: 'stream-name',
      });
  });

  it('are those of one namespace', async () => {
    const elsewhere = await openOn(server, { namespace: 'other' });
    expect(await given(elsewhere.keyRing.exists())).toBe(false);
    const ring = await given(elsewhere.keyRing.open(new Uint8Array(32).fill(9)));
    const { kid } = await given(one.keyFor('person'));
    expect(await given(ring.find([kid]))).toEqual(new Map());
    expect(ring.indexKey()).not.toEqual(one.indexKey());
    await elsewhere.close();
  });
});

describe('a key ring', () => {
  it('whose server is away, or whose store is closed answers that it is unavailable', async () => {
    await server.close();
    const tasks = [
      one.keyFor('person'),
      one.find(['kid']),
      one.erase('person'),
      one.adopt([{ keyId: 'p', kid: 'k' }]),
    ];
    for (const task of tasks)
      expect(await failure<{ readonly _tag: string }, unknown>(task)).toMatchObject({
        _tag: 'KeyRingUnavailable',
      });
    expect(await failure(firstStore().keyRing.exists())).toMatchObject({ _tag: 'KeyRingUnavailable' });
    expect(await failure(firstStore().keyRing.open(KEY))).toMatchObject({ _tag: 'KeyRingUnavailable' });
    await firstStore().close();
    const closed = { _tag: 'KeyRingUnavailable', why: 'the store is closed' };
    expect(await failure(one.keyFor('person'))).toEqual(closed);
    expect(await failure(firstStore().keyRing.exists())).toEqual(closed);
    expect(await failure(firstStore().keyRing.open(KEY))).toEqual(closed);
  });
});

test('two hosts that make, find and erase keys over connections that break lose none and give none back', async () => {
  const random = seededRandom('two hosts');
  server.faults.set({ on: 'append', every: 7, times: 'all', fault: { do: 'drop', at: 'after' } });
  server.faults.set({ on: 'append', nth: 3, every: 11, times: 'all', fault: { do: 'drop' } });
  server.faults.set({ on: 'read-stream', every: 13, times: 'all', fault: { do: 'drop' } });
  server.faults.set({ on: 'tombstone', every: 2, times: 'all', fault: { do: 'drop', at: 'after' } });
  const rings = [one, other];
  /** Of each person the keys that were handed out since that person was erased. */
  const handedOut = new Map<string, Map<string, DataKey>>();
  const gone = new Set<string>();
  for (let round = 0; round < 4; round += 1) {
    const asked = Array.from({ length: 12 }, async (_, number) => {
      const keyId = `person-${random.integer(4)}`;
      const ring = rings[number % 2] ?? other;
      const key = await given(ring.keyFor(keyId));
      handedOut.set(keyId, (handedOut.get(keyId) ?? new Map<string, DataKey>()).set(key.kid, key));
    });
    await Promise.all(asked);
    for (const keys of handedOut.values()) {
      expect(keys.size).toBe(1);
      for (const [kid, key] of keys) expect(await given(other.find([kid]))).toEqual(new Map([[kid, key]]));
    }
    const erased = `person-${random.integer(4)}`;
    await Promise.all(rings.map((ring) => given(ring.erase(erased))));
    for (const kid of handedOut.get(erased)?.keys() ?? []) gone.add(kid);
    handedOut.delete(erased);
    for (const ring of rings)
      expect([...(await given(ring.find([...gone]))).values()]).toEqual([...gone].map(() => 'erased'));
  }
});
