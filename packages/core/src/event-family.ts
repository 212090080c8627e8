import type { Mixed } from 'io-ts';
import type { Tagged } from './decider';

/**
 * How one version of an event lies in the store.
 *
 * `codec` decodes the data of exactly this version; it keeps keys it does not know. `upcast` turns data of this version into
 * data of the next one; the newest version has none.
 */
export interface EventVersion {
  readonly codec: Mixed;
  readonly upcast?: (data: unknown) => unknown;
}

/**
 * One event type with every version it was ever stored in, oldest first (index 0 is version 1).
 *
 * `sealed` lists the dotted paths of objects of the shape `{ keyId, person }` inside the data. The store seals `person` with the
 * key `keyId` before hashing and storing; after the key is erased `person` reads as {@link Erased}.
 */
export interface EventDefinition {
  readonly versions: readonly [EventVersion, ...EventVersion[]];
  readonly sealed: ReadonlyArray<string>;
}

/**
 * All events of one aggregate. A codec is chosen by type and version, never by trying the members of a union.
 * Event types carry the name of their aggregate: `receipt.SendIntended`.
 */
export interface EventFamily<Event extends Tagged> {
  readonly aggregate: string;
  readonly definitions: Readonly<Record<Event['type'], EventDefinition>>;
}

/** What is read where a person's data were erased on request: the key of that person no longer exists. */
export interface Erased {
  readonly erased: true;
}

/** Personal data, or the mark that they were erased. */
export type Personal<A> = A | Erased;

export const isErased = (value: object): value is Erased => 'erased' in value && value.erased === true;
