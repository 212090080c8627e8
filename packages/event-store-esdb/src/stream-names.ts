import { isStreamName } from '@cloud-kassa/event-store';

/**
 * How streams are called in the database. With a namespace, `receipt-1` is `<namespace>~receipt-1` there, so that several programs
 * share a database and none sees the streams of another, with a namespace or without: no stream has `~` in its own name. The sign needs
 * no encoding in an address. `$by_category` still finds a category: it ends at the first `-`.
 */
export interface StreamNames {
  /** The name of a stream in the database. */
  readonly stored: (stream: string) => string;
  /** The stream of this store behind a name in the database; `undefined` for those of the system, of others and of this store's own work. */
  readonly own: (stored: string) => string | undefined;
  /** What all names in the database begin with, that of prefixes included. `undefined`: there is no such beginning. */
  readonly prefixes: (given: ReadonlyArray<string> | undefined) => ReadonlyArray<string> | undefined;
}

/** Leases, checkpoints and the keys of persons lie beside the events and are none. */
export const WORK_CATEGORIES = ['lease', 'checkpoint', 'keyring', 'personkeys', 'wrappedkey'] as const;

const NAMESPACE = /^[A-Za-z0-9_]{1,40}$/;

export const isNamespace = (text: string): boolean => NAMESPACE.test(text);

export const isWorkStream = (stream: string): boolean =>
  WORK_CATEGORIES.some((category) => stream.startsWith(`${category}-`));

export const streamNames = (namespace: string | undefined): StreamNames => {
  const before = namespace === undefined ? '' : `${namespace}~`;
  return {
    stored: (stream) => `${before}${stream}`,
    own: (stored) => {
      if (!stored.startsWith(before)) return undefined;
      const stream = stored.slice(before.length);
      return isStreamName(stream) && !isWorkStream(stream) ? stream : undefined;
    },
    prefixes: (given) => {
      if (given === undefined) return namespace === undefined ? undefined : [before];
      // An empty prefix is one that every stream has: it says nothing.
      const stored = given.map((prefix) => `${before}${prefix}`);
      return stored.includes('') ? undefined : stored;
    },
  };
};
