import type { TaskEither } from 'fp-ts/TaskEither';
import type { KeyRing, KeyRingError } from './key-ring';
import type { KeyRecord } from './key-wrapping';

/** A key ring that lasts, and whose keys can be carried to another one. */
export interface KeptKeyRing extends KeyRing {
  /** The key of the index of persons. A ring that goes on from this one has to have the same. */
  readonly indexKey: () => Uint8Array;
  /**
   * All keys in pages, oldest first; those that were erased have their names only. Keys that are made meanwhile may be missing. A key may
   * be given twice, and then means the same. `Failed` is the last item.
   */
  readonly records: () => AsyncIterable<KeyRingRecords>;
  /**
   * Takes over keys of another ring with the same index key. Harmless when it is repeated: a key that is here stays as it is, one that was
   * erased on either side is erased here. A person may have several keys that way: all of them open, one of them seals, and an erasure
   * takes all.
   */
  readonly adopt: (records: ReadonlyArray<KeyRecord>) => TaskEither<KeyRingError, void>;
  /** Settles what was asked before. Later calls answer `KeyRingUnavailable`. */
  readonly close: () => Promise<void>;
}

export type KeyRingRecords =
  | { readonly _tag: 'Records'; readonly records: ReadonlyArray<KeyRecord> }
  | { readonly _tag: 'Failed'; readonly error: KeyRingError };

/** The place of a key ring that is not open yet. */
export interface KeyRingHome {
  /** Whether there is a key ring: a new key-encryption key could open none of its keys. */
  readonly exists: () => TaskEither<KeyRingError, boolean>;
  /**
   * Opens the ring, or makes a new one.
   *
   * @param keyEncryptionKey 32 bytes that open the keys; all who share the ring have the same.
   * @param indexKey for a new ring that goes on from another one: the `indexKey` of that.
   */
  readonly open: (
    keyEncryptionKey: Uint8Array,
    indexKey?: Uint8Array,
  ) => TaskEither<KeyRingNotOpened, KeptKeyRing>;
}

/**
 * Why a key ring was not opened. None of the texts carries a key.
 *
 * - `KeyLength`: a key-encryption key has 32 bytes, an index key at least as many.
 * - `WrongKeyEncryptionKey`: the keys that are there do not open under this one.
 * - `OtherIndexKey`: the ring has another index key; with the one given every person would become a stranger.
 */
export type KeyRingNotOpened =
  | KeyRingError
  | { readonly _tag: 'KeyLength'; readonly why: string }
  | { readonly _tag: 'WrongKeyEncryptionKey'; readonly why: string }
  | { readonly _tag: 'OtherIndexKey'; readonly why: string };
