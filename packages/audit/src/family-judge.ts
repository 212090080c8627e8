import type { EventFamily, Tagged } from '@cloud-kassa/core';
import type { DecodeFailure, Decoded, KeyRing, KeyRingError, StoredEvent } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Books, ReadEvent } from './books';
import type { AuditRule } from './rules/audit-rules';
import { personsIn } from './persons-in';
import { FORGETFUL_KEY_RING, readingCodec } from './reading-codec';

/** Judges the stored events of one aggregate. */
export interface FamilyJudge {
  /** Reads events of a page; the answer judges them one by one, in the order they were given. */
  readonly read: (events: ReadonlyArray<StoredEvent>) => Promise<E.Either<KeyRingError, () => void>>;
}

const SEAL_RULES: ReadonlyArray<AuditRule> = ['key-missing', 'seal-broken', 'person-open'];

const ruleOf = (failure: DecodeFailure): AuditRule => {
  if (failure._tag === 'UnknownType') return 'unknown-type';
  if (failure._tag === 'NewerVersion') return 'newer-version';
  return SEAL_RULES.find((rule) => rule === failure.rule) ?? 'undecodable';
};

const report = (books: Books, stored: StoredEvent, failure: DecodeFailure): void => {
  const { type, version } = stored;
  books.findings.add(ruleOf(failure), stored, {
    type,
    version,
    ...(failure._tag === 'Undecodable' ? { path: failure.path } : {}),
  });
};

/**
 * @param judge takes an event of the stream of `id`.
 * @param giveUp is told of a stream of which an event could not be read: what it did is not known, so what comes after is not judged.
 */
export const familyJudge = <Event extends Tagged>(
  books: Books,
  family: EventFamily<Event>,
  keyRing: KeyRing,
  judge: (books: Books, id: string, read: ReadEvent<Event>) => void,
  giveUp: (books: Books, id: string) => void,
): FamilyJudge => {
  const codec = readingCodec(family, keyRing);
  const forgetful = readingCodec(family, FORGETFUL_KEY_RING);

  // A person who can not be opened does not hide what else the event says.
  const withoutPersons = async (stored: StoredEvent): Promise<Decoded<Event> | undefined> => {
    const read = await forgetful.read([stored])();
    const [only] = E.isRight(read) ? read.right : [];
    return only !== undefined && E.isRight(only) ? only.right : undefined;
  };

  const decoded = async (
    stored: StoredEvent,
    answer: E.Either<DecodeFailure, Decoded<Event>> | undefined,
  ): Promise<Decoded<Event> | undefined> => {
    if (answer === undefined) return undefined;
    if (E.isRight(answer)) return answer.right;
    report(books, stored, answer.left);
    return answer.left._tag === 'Undecodable' ? withoutPersons(stored) : undefined;
  };

  const judgeOne = (stored: StoredEvent, found: Decoded<Event> | undefined): void => {
    const id = stored.stream.slice(stored.stream.indexOf('-') + 1);
    if (found === undefined) {
      giveUp(books, id);
      return;
    }
    const { event } = found;
    const definition = family.definitions[event.type as Event['type']];
    const persons = personsIn(event.data, definition);
    if (persons.sealed > 0)
      books.persons = {
        sealed: books.persons.sealed + persons.sealed,
        erased: books.persons.erased + persons.erased,
      };
    judge(books, id, { event, stored, isNewest: stored.version === definition.versions.length });
  };

  return {
    read: async (events) => {
      const page = await codec.read(events)();
      if (E.isLeft(page)) return page;
      const found: Array<Decoded<Event> | undefined> = [];
      for (const [index, stored] of events.entries()) found.push(await decoded(stored, page.right[index]));
      let next = 0;
      return E.right(() => {
        const stored = events[next];
        if (stored !== undefined) judgeOne(stored, found[next]);
        next += 1;
      });
    },
  };
};
