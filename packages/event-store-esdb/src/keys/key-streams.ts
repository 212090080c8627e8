import type { Encrypted, Expected, KeyRingError, WrappedKey } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { AppendLoop } from '../appending/append-loop';
import { asciiName } from '../ascii-name';
import type { ClientFailure } from '../connection/client-failure';
import type { EsdbRecord, NewRecord } from '../connection/record';
import { textIn } from '../reading/last-record';
import type { Reading } from '../reading/reading';
import { whyOf } from '../work/lease-streams';
import { deletedForGood, isGone, recordsFrom } from './insisted';

/** The names of a key. */
export interface KeyNames {
  readonly keyId: string;
  readonly kid: string;
}

/** What stands under the name of a key. `record` is as it was read: nothing of it is proved. */
export type KeyPlace =
  | { readonly _tag: 'Empty' }
  | { readonly _tag: 'Erased' }
  | { readonly _tag: 'Kept'; readonly record: EsdbRecord };

type Asked<A> = Promise<Either<KeyRingError, A>>;

/**
 * The keys of a ring as streams of a database.
 *
 * - `keyring-index`: one event, the wrapped index key.
 * - `keyring-keys`: the names of all keys, oldest first. A key is named here before it is anywhere else, so none is missing here; some
 *   were never made, and a name may stand here twice.
 * - `personkeys-<keyId>`: the names of the keys of a person, oldest first.
 * - `wrappedkey-<kid>`: one event, the wrapped key. An erased key is a stream that was deleted for good.
 *
 * Deleted for good, and not cut: of a stream that is cut or deleted in the mild way the server keeps the last event for ever. A deletion
 * for good is one step, seen by all readers when it is answered; nothing can be written under the name again; and the next scavenge
 * leaves no event of the stream.
 */
export interface KeyStreams {
  readonly indexKey: () => Asked<Encrypted | undefined>;
  /** `false`: there was one before. */
  readonly putIndexKey: (wrapped: Encrypted) => Asked<boolean>;
  readonly name: (names: ReadonlyArray<KeyNames>) => Asked<void>;
  readonly named: (from: number, most: number) => Asked<ReadonlyArray<KeyNames>>;
  /** The names of the keys of a person, and what the next one is appended at. */
  readonly kidsOf: (keyId: string) => Asked<{ readonly kids: ReadonlyArray<string>; readonly at: Expected }>;
  /** `false`: others were there first. */
  readonly addKids: (keyId: string, at: Expected, kids: ReadonlyArray<string>) => Asked<boolean>;
  readonly at: (kid: string) => Asked<KeyPlace>;
  /** What stands there now; `New` is this key. */
  readonly keep: (key: Required<WrappedKey>) => Asked<KeyPlace | { readonly _tag: 'New' }>;
  readonly erase: (kid: string) => Asked<void>;
}

export const keyStreams = (reading: Reading, loop: AppendLoop): KeyStreams => {
  const { names, runtime } = reading;
  const indexStream = names.stored('keyring-index');
  const namesStream = names.stored('keyring-keys');
  const personStream = (keyId: string): string => names.stored(`personkeys-${asciiName(keyId)}`);
  const keyStream = (kid: string): string => names.stored(`wrappedkey-${asciiName(kid)}`);

  /** Whether it was appended: `false` is a conflict. Whoever meets one reads what stands there, be it their own. */
  const append = async (
    stream: string,
    expected: Expected | 'any',
    events: ReadonlyArray<Pick<NewRecord, 'type' | 'data'>>,
  ): Promise<Either<ClientFailure | KeyRingError, boolean>> => {
    const written = await loop.append({
      stream,
      expected,
      records: events.map((event) => ({ id: runtime.ids.next(), metadata: {}, ...event })),
      isThere: () => Promise.resolve(E.right(undefined)),
    });
    if (E.isLeft(written)) return written.left._tag === 'Conflict' ? E.right(false) : written;
    // The server takes a deleted stream for none, and goes on counting where it ended.
    const first = written.right.revision + 1 - events.length;
    const isInPlace = expected === 'any' || first === (expected === 'no-stream' ? 0 : expected + 1);
    return isInPlace ? E.right(true) : E.left(DELETED);
  };

  const records = async (stream: string, from: number, most?: number): Asked<ReadonlyArray<EsdbRecord>> => {
    const read = await recordsFrom(reading, stream, from, most);
    if (E.isLeft(read)) return E.left(failed(read.left));
    return read.right.every(({ revision }, index) => revision === from + index) ? read : E.left(DELETED);
  };

  const at = async (kid: string): Asked<KeyPlace> => {
    const read = await recordsFrom(reading, keyStream(kid), 0, 1);
    if (E.isLeft(read)) return isGone(read.left) ? E.right({ _tag: 'Erased' }) : E.left(failed(read.left));
    const [record] = read.right;
    return E.right(record === undefined ? { _tag: 'Empty' } : { _tag: 'Kept', record });
  };

  return {
    indexKey: async () => {
      const read = await records(indexStream, 0, 1);
      if (E.isLeft(read)) return read;
      const [record] = read.right;
      return record === undefined ? E.right(undefined) : wrappedIn(record);
    },
    putIndexKey: async (wrapped) =>
      E.mapLeft(failed)(
        await append(indexStream, 'no-stream', [{ type: 'keyring.IndexKeyKept', data: { ...wrapped } }]),
      ),
    name: async (named) => {
      const events = named.map(({ keyId, kid }) => ({ type: 'keyring.KeyNamed', data: { keyId, kid } }));
      return E.bimap(failed, () => undefined)(await append(namesStream, 'any', events));
    },
    named: async (from, most) => {
      const read = await records(namesStream, from, most);
      if (E.isLeft(read)) return read;
      const named: KeyNames[] = [];
      for (const record of read.right) {
        const [keyId, kid] = [textIn(record, 'keyId'), textIn(record, 'kid')];
        if (keyId === undefined || kid === undefined) return E.left(DAMAGED);
        named.push({ keyId, kid });
      }
      return E.right(named);
    },
    kidsOf: async (keyId) => {
      const read = await records(personStream(keyId), 0);
      if (E.isLeft(read)) return read;
      const kids: string[] = [];
      for (const record of read.right) {
        const kid = textIn(record, 'kid');
        if (kid === undefined) return E.left(DAMAGED);
        kids.push(kid);
      }
      return E.right({ kids, at: kids.length === 0 ? 'no-stream' : kids.length - 1 });
    },
    addKids: async (keyId, expected, kids) => {
      const events = kids.map((kid) => ({ type: 'personkeys.KeyNamed', data: { kid } }));
      return E.mapLeft(failed)(await append(personStream(keyId), expected, events));
    },
    at,
    keep: async ({ keyId, kid, wrapped }) => {
      const event = { type: 'wrappedkey.Kept', data: { keyId, ...wrapped } };
      const kept = await append(keyStream(kid), 'no-stream', [event]);
      if (E.isRight(kept) && kept.right) return E.right({ _tag: 'New' });
      const place = await at(kid);
      // What became of an append without an answer is seen there, unless it is still on its way.
      return E.isLeft(kept) && E.isRight(place) && place.right._tag === 'Empty'
        ? E.left(failed(kept.left))
        : place;
    },
    erase: async (kid) => E.mapLeft(failed)(await deletedForGood(reading, keyStream(kid))),
  };
};

/** The wrapped key in the first record of a stream, in the form in which it was written. */
export const wrappedIn = (record: EsdbRecord): Either<KeyRingError, Encrypted> => {
  if (record.revision !== 0) return E.left(DELETED);
  const [iv, ct, tag] = [textIn(record, 'iv'), textIn(record, 'ct'), textIn(record, 'tag')];
  return iv === undefined || ct === undefined || tag === undefined
    ? E.left(DAMAGED)
    : E.right({ iv, ct, tag });
};

/** The names of persons and keys stand in no text: who reads it may not know which person it is. */
export const DAMAGED: KeyRingError = {
  _tag: 'KeyRingCorrupt',
  why: 'an event in a stream of the key ring is not as it was written',
};

const DELETED: KeyRingError = {
  _tag: 'KeyRingCorrupt',
  why: 'a stream of the key ring was deleted or cut by something else than the key ring',
};

const failed = (failure: ClientFailure | KeyRingError): KeyRingError =>
  failure._tag === 'KeyRingCorrupt' || failure._tag === 'KeyRingUnavailable'
    ? failure
    : isGone(failure)
      ? DELETED
      : { _tag: 'KeyRingUnavailable', why: whyOf(failure) };
