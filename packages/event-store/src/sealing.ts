import { canonicalJson, isErased, parseCanonical, type Json, type NotCanonical } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { decrypt, encrypt, type Encrypted } from './encryption';
import type { DataKey } from './key-ring';
import { valueAt, withValueAt } from './value-at';

/** What stands in a stored event in the place of `person`: which key sealed it, and the three parts of AES-256-GCM. */
export interface Sealed extends Encrypted {
  readonly kid: string;
}

/** Why the data of an event can not be sealed or opened, and where; never with the data themselves. */
export interface SealingFailure {
  readonly path: string;
  readonly rule:
    | NotCanonical['rule']
    /** The path does not lead to an object with a `keyId`. */
    | 'no-key-id'
    /** A person stands open in a stored event. */
    | 'person-open'
    /** What is sealed does not open for this event: it was changed or comes from another one. */
    | 'seal-broken'
    /** The key is neither there nor known to have been erased: the key ring is not the one that belongs to the store. */
    | 'key-missing';
}

type Node = Readonly<Record<string, unknown>>;
type Keys = ReadonlyMap<string, DataKey | 'erased'>;

/** The key ids of the persons that are to be sealed in these data. */
export const personsToSeal = (data: unknown, paths: ReadonlyArray<string>): ReadonlyArray<string> =>
  paths.flatMap((path) => {
    const node = valueAt(data, path);
    return isNode(node) && isOpen(node) && typeof node['keyId'] === 'string' ? [node['keyId']] : [];
  });

/** The names of the keys that open these data. */
export const sealsIn = (data: unknown, paths: ReadonlyArray<string>): ReadonlyArray<string> =>
  paths.flatMap((path) => {
    const node = valueAt(data, path);
    return isNode(node) && isSealed(node['sealed']) ? [node['sealed'].kid] : [];
  });

/**
 * Puts `{ keyId, sealed: { kid, iv, ct, tag } }` in the place of every `{ keyId, person }`. The person's canonical text is sealed
 * by AES-256-GCM, bound to stream, event and path, so that it opens nowhere else. A path that is absent is passed over, and so is
 * a person who was erased before: there is nothing left to seal.
 *
 * @param keys by key id.
 */
export const seal = (
  data: unknown,
  paths: ReadonlyArray<string>,
  place: Place,
  keys: ReadonlyMap<string, DataKey>,
  entropy: (length: number) => Uint8Array,
): Either<SealingFailure, unknown> => {
  let sealed = data;
  for (const path of paths) {
    const node = valueAt(data, path);
    if (node === undefined) continue;
    if (!isNode(node) || typeof node['keyId'] !== 'string') return E.left({ path, rule: 'no-key-id' });
    if (!isOpen(node)) continue;
    const key = keys.get(node['keyId']);
    if (key === undefined) return E.left({ path, rule: 'key-missing' });
    const text = canonicalJson(node['person']);
    if (E.isLeft(text)) return E.left({ path, rule: text.left.rule });
    const { person: _, ...rest } = node;
    const seals = {
      kid: key.kid,
      ...encrypt(key.secret, Buffer.from(text.right), bound(place, path), entropy),
    };
    sealed = withValueAt(sealed, path, { ...rest, sealed: seals });
  }
  return E.right(sealed);
};

/**
 * The reverse of {@link seal}: every person is put back, or `{ erased: true }` where the key was erased.
 *
 * @param keys by the names that {@link sealsIn} gives.
 */
export const open = (
  data: unknown,
  paths: ReadonlyArray<string>,
  place: Place,
  keys: Keys,
): Either<SealingFailure, unknown> => {
  let opened = data;
  for (const path of paths) {
    const node = valueAt(data, path);
    if (!isNode(node)) continue;
    if (isOpen(node)) return E.left({ path, rule: 'person-open' });
    const seals = node['sealed'];
    if (seals === undefined) continue;
    const person = isSealed(seals)
      ? opening(seals, place, path, keys)
      : E.left({ path, rule: 'seal-broken' as const });
    if (E.isLeft(person)) return person;
    const { sealed: _, ...rest } = node;
    opened = withValueAt(opened, path, { ...rest, person: person.right });
  }
  return E.right(opened);
};

const opening = (seals: Sealed, place: Place, path: string, keys: Keys): Either<SealingFailure, Json> => {
  const key = keys.get(seals.kid);
  if (key === undefined) return E.left({ path, rule: 'key-missing' });
  if (key === 'erased') return E.right({ erased: true });
  const plain = decrypt(key.secret, seals, bound(place, path));
  if (plain === undefined) return E.left({ path, rule: 'seal-broken' });
  return E.mapLeft((): SealingFailure => ({ path, rule: 'seal-broken' }))(
    parseCanonical(Buffer.from(plain).toString()),
  );
};

/** The event that sealed data belong to. */
export interface Place {
  readonly stream: string;
  readonly eventId: string;
}

/** Where a person still stands open in data that were sealed: at a path that the definition of the event does not name. */
export const personLeftOpen = (data: unknown, path = ''): string | undefined => {
  if (typeof data !== 'object' || data === null) return undefined;
  if (isNode(data) && isOpen(data) && Object.hasOwn(data, 'keyId')) return path;
  for (const [key, inner] of Object.entries(data)) {
    const found = personLeftOpen(inner, path === '' ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
};

const bound = ({ stream, eventId }: Place, path: string): string => `${stream}|${eventId}|${path}`;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isOpen = (value: Node): boolean => {
  const person = value['person'];
  return person !== undefined && !(isNode(person) && isErased(person));
};

const isSealed = (value: unknown): value is Sealed =>
  isNode(value) && ['kid', 'iv', 'ct', 'tag'].every((part) => typeof value[part] === 'string');
