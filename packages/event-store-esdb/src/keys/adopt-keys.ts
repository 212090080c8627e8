import type { KeyRecord, KeyRingError } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { sideBySide } from '../side-by-side';
import type { KeyNames, KeyPlace, KeyStreams } from './key-streams';

export interface Adopting {
  readonly streams: KeyStreams;
  /** Keeps a secret under a name, unless there is one. */
  readonly keep: (names: KeyNames, secret: Uint8Array) => Promise<Either<KeyRingError, KeyRecord>>;
}

type Answer<A> = Promise<Either<KeyRingError, A>>;

/**
 * Takes over keys of another ring, in the order in which a key is made here: named in the list of the ring, named in the list of their
 * person, kept. What stopped half-way is finished when it is repeated.
 */
export const adoptKeys = async (
  { streams, keep }: Adopting,
  records: ReadonlyArray<KeyRecord>,
): Answer<void> => {
  const looked = await sideBySide(eachOnce(records), async (record): Answer<Looked> =>
    E.map((place: KeyPlace) => ({ record, place }))(await streams.at(record.kid)),
  );
  if (E.isLeft(looked)) return looked;
  const toDo = looked.right.filter(
    ({ record, place }) => place._tag === 'Empty' || (place._tag === 'Kept' && record.secret === undefined),
  );
  const strangers = toDo.filter(({ place }) => place._tag === 'Empty').map(({ record }) => record);
  if (strangers.length > 0) {
    const named = await streams.name(strangers);
    if (E.isLeft(named)) return named;
    const kept = strangers.filter(({ secret }) => secret !== undefined);
    const persons = new Map<string, string[]>();
    for (const { keyId, kid } of kept) persons.set(keyId, [...(persons.get(keyId) ?? []), kid]);
    const added = await sideBySide([...persons], ([keyId, kids]) => listOf(streams, keyId, kids));
    if (E.isLeft(added)) return added;
  }
  const done = await sideBySide(toDo, async ({ record: { keyId, kid, secret } }): Answer<void> =>
    secret === undefined ? streams.erase(kid) : E.map(() => undefined)(await keep({ keyId, kid }, secret)),
  );
  return E.map(() => undefined)(done);
};

interface Looked {
  readonly record: KeyRecord;
  readonly place: KeyPlace;
}

/** A key that is told several times, and erased in one of them, is erased. */
const eachOnce = (records: ReadonlyArray<KeyRecord>): ReadonlyArray<KeyRecord> => {
  const keys = new Map<string, KeyRecord>();
  for (const record of records)
    if (record.secret === undefined || !keys.has(record.kid)) keys.set(record.kid, record);
  return [...keys.values()];
};

/** Names keys in the list of their person that are not there yet. */
const listOf = async (streams: KeyStreams, keyId: string, kids: ReadonlyArray<string>): Answer<void> => {
  // Most persons are new here.
  let added = await streams.addKids(keyId, 'no-stream', kids);
  while (E.isRight(added) && !added.right) {
    const known = await streams.kidsOf(keyId);
    if (E.isLeft(known)) return known;
    const fresh = kids.filter((kid) => !known.right.kids.includes(kid));
    if (fresh.length === 0) return E.right(undefined);
    added = await streams.addKids(keyId, known.right.at, fresh);
  }
  return E.map(() => undefined)(added);
};
