import {
  KEY_BYTES,
  unwrapIndexKey,
  wrapIndexKey,
  wrongKeyLength,
  type KeptKeyRing,
  type KeyRingError,
  type KeyRingHome,
  type KeyRingNotOpened,
} from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { Work } from '../work/lease-streams';
import { esdbKeyRing } from './esdb-key-ring';
import { keyStreams } from './key-streams';

/** Where the key ring of a database is: there is one for each namespace. */
export const esdbKeyRingHome = ({ reading, loop, closed }: Work): KeyRingHome => {
  const streams = keyStreams(reading, loop);
  const { runtime, settings } = reading;

  /** The first of several openers makes the index key, the others take that. */
  const indexKeyOf = async (
    keyEncryptionKey: Uint8Array,
    given: Uint8Array | undefined,
  ): Promise<Either<KeyRingNotOpened, Uint8Array>> => {
    const known = await streams.indexKey();
    if (E.isLeft(known)) return known;
    if (known.right !== undefined) {
      const opened = unwrapIndexKey(keyEncryptionKey, known.right);
      if (opened === undefined) return E.left(WRONG_KEY);
      return given === undefined || Buffer.from(opened).equals(given) ? E.right(opened) : E.left(OTHER_INDEX);
    }
    const made = given ?? runtime.entropy(KEY_BYTES);
    const put = await streams.putIndexKey(wrapIndexKey(keyEncryptionKey, made, runtime.entropy));
    return E.isLeft(put) ? put : indexKeyOf(keyEncryptionKey, given);
  };

  const whyClosed = (): KeyRingError | undefined => {
    const why = closed();
    return why === undefined ? undefined : { _tag: 'KeyRingUnavailable', why };
  };

  return {
    exists: () => async () => {
      const shut = whyClosed();
      if (shut !== undefined) return E.left(shut);
      return E.map((wrapped) => wrapped !== undefined)(await streams.indexKey());
    },
    open: (key, given) => async (): Promise<Either<KeyRingNotOpened, KeptKeyRing>> => {
      const refusal = whyClosed() ?? wrongKeyLength(key, given);
      if (refusal !== undefined) return E.left(refusal);
      const keyEncryptionKey = Uint8Array.from(key);
      const indexKey = await indexKeyOf(keyEncryptionKey, given && Uint8Array.from(given));
      if (E.isLeft(indexKey)) return indexKey;
      const { pageSize } = settings;
      return E.right(
        esdbKeyRing({ streams, runtime, keyEncryptionKey, indexKey: indexKey.right, pageSize, closed }),
      );
    },
  };
};

const WRONG_KEY: KeyRingNotOpened = {
  _tag: 'WrongKeyEncryptionKey',
  why: 'the keys in the database do not open under this key-encryption key: all hosts that share them have the same one, so give this host a copy of the file of the first',
};

const OTHER_INDEX: KeyRingNotOpened = {
  _tag: 'OtherIndexKey',
  why: 'the key ring in the database has another index key than the one it should go on with',
};
