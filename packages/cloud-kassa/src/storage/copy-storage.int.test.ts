import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EventStore, MemoryLog, StoreError } from '@cloud-kassa/event-store';
import { memoryCheckpointStore, memoryLeaseStore, memoryLog, memoryStore } from '@cloud-kassa/event-store';
import { openSqliteKeyRing } from '@cloud-kassa/event-store-sqlite';
import type { Runtime } from '@cloud-kassa/runtime';
import { systemRuntime } from '@cloud-kassa/runtime';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { CloudKassa } from '../cloud-kassa';
import { createCloudKassa } from '../cloud-kassa';
import { BASKET, errorOf, INN, sure } from '../shop.testing';
import type { KeptStorage } from './copy-storage';
import { copyStorage } from './copy-storage';

let folder: string;
let from: KeptStorage;
let log: MemoryLog;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cloud-kassa-copy-'));
  from = inFolder('from');
  log = memoryLog({ firstPosition: 1_000n });
});
afterEach(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string): KeptStorage => ({ kind: 'sqlite', directory: join(folder, name) });

/** A database whose events are in memory, with its keys in a file. */
const database = (store: EventStore = memoryStore({ log })): KeptStorage => {
  const directory = join(folder, 'beside');
  return {
    kind: 'database',
    directory,
    open: (runtime) =>
      TE.right({
        ...store,
        work: {
          leases: memoryLeaseStore(),
          checkpoints: memoryCheckpointStore(),
          close: () => Promise.resolve(),
        },
        keyRing: {
          exists: () => TE.right(false),
          open: (keyEncryptionKey, indexKey) =>
            pipe(
              openSqliteKeyRing({
                file: join(directory, 'ring.db'),
                runtime,
                keyEncryptionKey,
                ...(indexKey === undefined ? {} : { indexKey }),
              }),
              TE.mapLeft(({ why }) => ({ _tag: 'KeyRingUnavailable', why }) as const),
            ),
        },
      }),
  };
};

const withShop = async <A>(storage: KeptStorage, work: (kassa: CloudKassa) => Promise<A>): Promise<A> => {
  const kassa = sure(await createCloudKassa({ storage, adapters: [] }));
  try {
    return await work(kassa);
  } finally {
    await kassa.close();
  }
};

/** Two payments that were asked for in turn, and one buyer who was erased. */
const shopAt = (storage: KeptStorage): Promise<void> =>
  withShop(storage, async ({ payments, buyers }) => {
    const requested = (paymentId: string, email: string) =>
      payments.request({
        paymentId,
        organisation: INN,
        sourceDocument: paymentId,
        basket: { ...BASKET, buyer: { email } },
      });
    for (const [index, paymentId] of ['p-1', 'p-2', 'p-3'].entries())
      sure(await requested(paymentId, `buyer-${index}@example.ru`));
    for (const paymentId of ['p-1', 'p-2'])
      sure(
        await payments.confirm(paymentId, {
          settlementId: `b-${paymentId}`,
          organisation: INN,
          amount: 490_000,
        }),
      );
    sure(await buyers.erase({ contact: 'buyer-0@example.ru' }));
  });

/** All that is kept of the events of a folder. */
const rowsOf = (name: string): ReadonlyArray<unknown> => {
  const file = new DatabaseSync(join(folder, name, 'events.db'), { readOnly: true });
  try {
    return file
      .prepare('SELECT stream, revision, event_id, type, version, hash, text FROM events ORDER BY position')
      .all();
  } finally {
    file.close();
  }
};

describe('a copy of a storage', () => {
  it('comes back byte by byte from a store that keeps no files, with the keys of persons', async () => {
    await shopAt(from);
    const there = sure(await copyStorage({ from, to: database() }));
    expect(there).toMatchObject({
      events: 5,
      copied: 5,
      streams: 3,
      keys: 3,
      movedOn: 0,
      ahead: 0,
      others: 0,
    });
    expect(sure(await copyStorage({ from: database(), to: inFolder('back') }))).toMatchObject({
      copied: 5,
      keys: 3,
    });
    expect(rowsOf('back')).toEqual(rowsOf('from'));
    await withShop(inFolder('back'), async ({ buyers, audit }) => {
      expect(sure(await audit.run())).toMatchObject({ verdict: 'ok', persons: { sealed: 3, erased: 1 } });
      expect(sure(await buyers.erase({ contact: 'buyer-0@example.ru' })).keys).toBe(0);
      expect(sure(await buyers.erase({ contact: 'buyer-1@example.ru' })).keys).toBe(1);
    });
    // Who was erased on either side is erased on the other.
    sure(await copyStorage({ from: inFolder('back'), to: from }));
    await withShop(from, async ({ buyers }) => {
      expect(sure(await buyers.erase({ contact: 'buyer-1@example.ru' })).keys).toBe(0);
    });
  });

  it('has the key of every person whose event it has, also of one who comes while it begins', async () => {
    await shopAt(database());
    const store = memoryStore({ log });
    let comes = true;
    const busy: EventStore = {
      ...store,
      // At the last moment before it is known up to where is copied.
      head: () => async () => {
        if (comes) {
          comes = false;
          await withShop(database(), async ({ payments }) => {
            const basket = { ...BASKET, buyer: { email: 'late@example.ru' } };
            const late = { paymentId: 'p-late', organisation: INN, sourceDocument: 'p-late', basket };
            sure(await payments.request(late));
          });
        }
        return store.head()();
      },
    };
    expect(sure(await copyStorage({ from: database(busy), to: inFolder('to') }))).toMatchObject({
      copied: 6,
    });
    await withShop(inFolder('to'), async ({ payments, audit }) => {
      expect((await payments.get('p-late')).ok).toBe(true);
      expect(sure(await audit.run())).toMatchObject({ verdict: 'ok' });
    });
  });

  it('tells how far it is, and ends when it is told to', async () => {
    await shopAt(from);
    const stopping = new AbortController();
    const told: string[] = [];
    const ended = await copyStorage({
      from,
      to: database(),
      signal: stopping.signal,
      progress: ({ step, events }) => {
        told.push(`${step} ${events}`);
        stopping.abort();
      },
    });
    expect(told).toEqual(['copying 5']);
    expect(errorOf(ended)).toMatchObject({
      code: 'unavailable',
      message: 'The copy was interrupted; 4 events are copied. Repeat it.',
    });
    expect(sure(await copyStorage({ from, to: database() }))).toMatchObject({ copied: 1 });
  });

  it('names an event of the source that somebody has changed, and has nothing behind it', async () => {
    await shopAt(from);
    const file = new DatabaseSync(join(folder, 'from', 'events.db'));
    file.exec(`
      DROP TRIGGER events_are_not_changed;
      UPDATE events SET text = replace(text, '490000', '480000') WHERE position = 3;
    `);
    file.close();
    expect(errorOf(await copyStorage({ from, to: database() }))).toMatchObject({
      code: 'corrupt',
      stream: 'payment-p-3',
      revision: 0,
      message:
        'The source of the copy: The stream payment-p-3 can not be read back as it was written: the hash does not follow from the event before and the text of this one.',
    });
    expect(log.events.length).toBeLessThanOrEqual(2);
  });

  it.each<readonly [StoreError, object]>([
    [
      { _tag: 'Rejected', rule: 'too-large', why: 'It is.' },
      {
        code: 'refused',
        rule: 'store-too-large',
        message: expect.stringMatching(/ Event 0 of payment-p-2 was to be written\.$/),
      },
    ],
    [
      { _tag: 'OutcomeUnknown', why: 'silence' },
      {
        code: 'outcome-unknown',
        message:
          'The target of the copy: The store did not say whether it wrote: silence. Repeat the copy. Event 0 of payment-p-2 was to be written.',
        russian:
          'Копирование, приёмник: Хранилище не сообщило, записало ли оно: silence. Повторите копирование. Записывалось событие 0 потока payment-p-2.',
      },
    ],
  ])('says which event the target did not take: %j', async (error, expected) => {
    await shopAt(from);
    const store = memoryStore({ log });
    const refusing: EventStore = {
      ...store,
      append: (stream, ...rest) =>
        stream === 'payment-p-2' ? TE.left(error) : store.append(stream, ...rest),
    };
    // A minute of patience passes with every look at the clock.
    let now = 0;
    const real = systemRuntime();
    const hasty: Runtime = { ...real, monotonic: () => (now += 60_000) };
    const outcome = await copyStorage({ from, to: database(refusing), runtime: hasty });
    expect(errorOf(outcome)).toMatchObject(expected);
    expect(log.events).toHaveLength(1);
  });

  it('is not made onto itself, under whatever name', async () => {
    await shopAt(from);
    expect(
      errorOf(await copyStorage({ from, to: { kind: 'sqlite', directory: `${folder}/./from/` } })),
    ).toMatchObject({
      rule: 'copy-onto-itself',
      field: 'to',
    });
  });

  it('does not go into a storage of other persons', async () => {
    await shopAt(from);
    await shopAt(inFolder('other'));
    const before = rowsOf('other');
    const refused = errorOf(await copyStorage({ from, to: inFolder('other') }));
    expect(refused).toMatchObject({ code: 'cannot-open', why: 'OtherIndexKey' });
    expect(rowsOf('other')).toEqual(before);
  });
});
