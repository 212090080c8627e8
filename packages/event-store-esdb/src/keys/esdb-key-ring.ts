import {
  KEY_BYTES,
  keyIdUnder,
  newKid,
  unwrapKey,
  wrapKey,
  type DataKey,
  type KeptKeyRing,
  type KeyRecord,
  type KeyRingError,
  type KeyRingRecords,
} from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { EsdbRecord } from '../connection/record';
import { textIn } from '../reading/last-record';
import { sideBySide } from '../side-by-side';
import { adoptKeys } from './adopt-keys';
import { DAMAGED, wrappedIn, type KeyNames, type KeyStreams } from './key-streams';

export interface EsdbKeyRing {
  readonly streams: KeyStreams;
  readonly runtime: Runtime;
  readonly keyEncryptionKey: Uint8Array;
  readonly indexKey: Uint8Array;
  /** Names of keys in a page. */
  readonly pageSize: number;
  /** Why nothing is answered any more. */
  readonly closed: () => string | undefined;
}

type Answer<A> = Promise<Either<KeyRingError, A>>;

/**
 * A key ring in a database. Nothing is remembered between two calls: what one host erased no other host opens again.
 *
 * A key is made in three steps: named in the list of the ring, named in the list of its person, kept. The second step lets one of several
 * hosts win, the third may be done by any of them; so a key whose maker died half-way is finished by whoever needs it next.
 */
export const esdbKeyRing = (ring: EsdbKeyRing): KeptKeyRing => {
  const { streams, runtime, keyEncryptionKey, indexKey, pageSize } = ring;
  const { entropy } = runtime;
  const running = new Set<Promise<unknown>>();
  let isClosed = false;

  const whyClosed = (): KeyRingError | undefined => {
    const why = isClosed ? 'the key ring is closed' : ring.closed();
    return why === undefined ? undefined : { _tag: 'KeyRingUnavailable', why };
  };

  const asked = async <A>(work: () => Answer<A>): Answer<A> => {
    const closed = whyClosed();
    if (closed !== undefined) return E.left(closed);
    const answer = work();
    running.add(answer);
    try {
      return await answer;
    } finally {
      running.delete(answer);
    }
  };
  const task =
    <A>(work: () => Answer<A>): TaskEither<KeyRingError, A> =>
    () =>
      asked(work);

  const opened = (kid: string, record: EsdbRecord): Either<KeyRingError, Required<KeyRecord>> => {
    const keyId = textIn(record, 'keyId');
    const wrapped = wrappedIn(record);
    if (E.isLeft(wrapped)) return wrapped;
    if (keyId === undefined) return E.left(DAMAGED);
    return E.chain(({ secret }: KeyRecord) =>
      secret === undefined ? E.left(DAMAGED) : E.right({ keyId, kid, secret }),
    )(unwrapKey(keyEncryptionKey, { keyId, kid, wrapped: wrapped.right }));
  };

  /** Keeps a secret under a name, unless there is one. */
  const keep = async ({ keyId, kid }: KeyNames, secret: Uint8Array): Answer<KeyRecord> => {
    const { wrapped } = wrapKey(keyEncryptionKey, { keyId, kid, secret }, entropy);
    if (wrapped === undefined) return E.left(DAMAGED);
    const place = await streams.keep({ keyId, kid, wrapped });
    if (E.isLeft(place)) return place;
    if (place.right._tag === 'New') return E.right({ keyId, kid, secret });
    return place.right._tag === 'Kept' ? opened(kid, place.right.record) : E.right({ keyId, kid });
  };

  /** The newest key of a person that is not erased. */
  const inForce = async (keyId: string, kids: ReadonlyArray<string>): Answer<DataKey | undefined> => {
    for (const kid of kids.toReversed()) {
      const place = await streams.at(kid);
      if (E.isLeft(place)) return place;
      if (place.right._tag === 'Erased') continue;
      const key =
        place.right._tag === 'Kept'
          ? opened(kid, place.right.record)
          : await keep({ keyId, kid }, entropy(KEY_BYTES));
      if (E.isLeft(key)) return key;
      if (key.right.keyId !== keyId) return E.left(DAMAGED);
      if (key.right.secret !== undefined) return E.right({ kid, secret: key.right.secret });
    }
    return E.right(undefined);
  };

  const keyFor = async (keyId: string): Answer<DataKey> => {
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const known = await streams.kidsOf(keyId);
      if (E.isLeft(known)) return known;
      const { kids, at } = known.right;
      const key = await inForce(keyId, kids);
      if (E.isLeft(key)) return key;
      if (key.right !== undefined) return E.right(key.right);
      const kid = newKid(entropy);
      const named = await streams.name([{ keyId, kid }]);
      if (E.isLeft(named)) return named;
      const added = await streams.addKids(keyId, at, [kid]);
      if (E.isLeft(added)) return added;
      if (!added.right) continue;
      const made = await inForce(keyId, [kid]);
      if (E.isLeft(made)) return made;
      if (made.right !== undefined) return E.right(made.right);
    }
    return E.left(RESTLESS);
  };

  const find = async (kids: ReadonlyArray<string>): Answer<ReadonlyMap<string, DataKey | 'erased'>> => {
    const found = await sideBySide([...new Set(kids)], async (kid): Answer<Found> => {
      const place = await streams.at(kid);
      if (E.isLeft(place)) return place;
      if (place.right._tag === 'Empty') return E.right([]);
      if (place.right._tag === 'Erased') return E.right([[kid, 'erased']]);
      return E.map(({ secret }: Required<KeyRecord>): Found => [[kid, { kid, secret }]])(
        opened(kid, place.right.record),
      );
    });
    return E.map((each: ReadonlyArray<Found>) => new Map(each.flat()))(found);
  };

  const erase = async (keyId: string): Answer<number> => {
    const known = await streams.kidsOf(keyId);
    if (E.isLeft(known)) return known;
    const erased = await sideBySide(known.right.kids, async (kid): Answer<number> => {
      // Not opened: a key that is damaged is erased as any other.
      const place = await streams.at(kid);
      if (E.isLeft(place) || place.right._tag === 'Erased') return E.map(() => 0)(place);
      const count = place.right._tag === 'Kept' ? 1 : 0;
      return E.map(() => count)(await streams.erase(kid));
    });
    return E.map((counts: ReadonlyArray<number>) => counts.reduce((sum, count) => sum + count, 0))(erased);
  };

  const page = async (from: number): Answer<Page> => {
    const named = await streams.named(from, pageSize);
    if (E.isLeft(named)) return named;
    const found = await sideBySide(named.right, async ({ keyId, kid }): Answer<ReadonlyArray<KeyRecord>> => {
      const place = await streams.at(kid);
      if (E.isLeft(place)) return place;
      if (place.right._tag === 'Empty') return E.right([]);
      if (place.right._tag === 'Erased') return E.right([{ keyId, kid }]);
      return E.map((record: KeyRecord) => [record])(opened(kid, place.right.record));
    });
    return E.map((each: ReadonlyArray<ReadonlyArray<KeyRecord>>) => ({
      records: each.flat(),
      count: named.right.length,
    }))(found);
  };

  async function* records(): AsyncGenerator<KeyRingRecords> {
    for (let from = 0; ;) {
      const next = await asked(() => page(from));
      if (E.isLeft(next)) {
        yield { _tag: 'Failed', error: next.left };
        return;
      }
      if (next.right.count === 0) return;
      from += next.right.count;
      if (next.right.records.length > 0) yield { _tag: 'Records', records: next.right.records };
    }
  }

  return {
    keyIdFor: (contact) => task(() => Promise.resolve(E.right(keyIdUnder(indexKey, contact)))),
    keyFor: (keyId) => task(() => keyFor(keyId)),
    find: (kids) => task(() => find(kids)),
    erase: (keyId) => task(() => erase(keyId)),
    indexKey: () => Uint8Array.from(indexKey),
    records,
    adopt: (given) => task(() => adoptKeys({ streams, keep }, given)),
    close: async () => {
      isClosed = true;
      await Promise.allSettled(running);
    },
  };
};

type Found = ReadonlyArray<readonly [string, DataKey | 'erased']>;

interface Page {
  readonly records: ReadonlyArray<KeyRecord>;
  /** Names that were looked up for it. */
  readonly count: number;
}

/** Every try in vain is a step forward of another host. */
const MOST_TRIES = 100;

const RESTLESS: KeyRingError = {
  _tag: 'KeyRingUnavailable',
  why: 'other hosts make and erase the keys of this person all the time',
};
