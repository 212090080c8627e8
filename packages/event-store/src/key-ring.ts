import type { TaskEither } from 'fp-ts/TaskEither';

/** The key that seals the data of one person: 32 bytes for AES-256-GCM. */
export interface DataKey {
  /** Its own name. A person whose key was erased and who comes back gets a new key with a new name. */
  readonly kid: string;
  readonly secret: Uint8Array;
}

/** Why a key ring could not answer. None of the texts carries a contact or a key. */
export type KeyRingError =
  | { readonly _tag: 'KeyRingUnavailable'; readonly why: string }
  | { readonly _tag: 'KeyRingCorrupt'; readonly why: string };

/**
 * The keys of persons, kept apart from the events: erasing a key makes what it sealed unreadable for ever, in every copy of the
 * store. Backups of a key ring bring erased keys back; keep them no longer than the law lets you keep the data.
 */
export interface KeyRing {
  /**
   * The key id of a person: HMAC-SHA-256 of the normalised contact under the index key, lowercase hex. The same contact has the
   * same id for ever; the contact can not be found from it without the index key.
   */
  readonly keyIdFor: (normalisedContact: string) => TaskEither<KeyRingError, string>;
  /** The key in force for a person, made and kept on first use. */
  readonly keyFor: (keyId: string) => TaskEither<KeyRingError, DataKey>;
  /** The keys of these names; `erased` where there was one; a name that never was is absent from the answer. */
  readonly find: (
    kids: ReadonlyArray<string>,
  ) => TaskEither<KeyRingError, ReadonlyMap<string, DataKey | 'erased'>>;
  /** Erases all keys of a person and answers how many there were. The names are kept. */
  readonly erase: (keyId: string) => TaskEither<KeyRingError, number>;
}
