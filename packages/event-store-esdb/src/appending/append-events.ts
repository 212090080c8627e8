import type { Appended, AppendedEvent, Conflict, Expected, StoreError } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { ClientFailure } from '../connection/client-failure';
import type { Written } from '../connection/connection';
import type { NewRecord } from '../connection/record';
import { isPlace, positionOf } from '../position';
import { isItems, takeFrom, type Reading } from '../reading/reading';
import { lastRecord } from '../reading/last-record';
import { readError, rejected } from '../reading/store-error';
import type { AppendLoop } from './append-loop';
import { prepareAppend } from './prepare-append';

export interface Appending {
  readonly loop: AppendLoop;
  readonly reading: Reading;
}

/** Appends the events of a stream, and finds out what became of them as far as the time goes. */
export const appendEvents = async (
  { loop, reading }: Appending,
  stream: string,
  expected: Expected,
  events: ReadonlyArray<AppendedEvent>,
): Promise<Either<StoreError, Appended | Conflict>> => {
  const { settings, names } = reading;
  const prepared = prepareAppend(stream, expected, events, settings.maxAppendBytes);
  if (E.isLeft(prepared)) return prepared;
  const { first, records, unfit } = prepared.right;
  const stored = names.stored(stream);
  if (unfit !== undefined) return unfitAnswer(reading, stored, first, unfit);
  const isThere = (): Promise<Either<ClientFailure, Written | undefined>> =>
    standing(reading, stored, first, records);
  const written = await loop.append({ stream: stored, expected, records, isThere });
  if (E.isLeft(written)) return answerTo(written.left);
  const { revision } = written.right;
  if (revision !== first + records.length - 1)
    return E.left({
      _tag: 'Corrupt',
      stream,
      revision,
      why: 'the stream was deleted before, and the events stand behind the deleted ones',
    });
  const place = written.right.place ?? (await placeOf(reading, stored, first, records));
  if (place === undefined || !isPlace(place))
    return E.left({ _tag: 'OutcomeUnknown', why: 'the server does not tell where the events stand' });
  return E.right({ _tag: 'Appended', revision, position: positionOf(place) });
};

/** What must not be written is not sent, so it is looked up what the answer would have been. */
const unfitAnswer = async (
  reading: Reading,
  stream: string,
  first: number,
  unfit: StoreError,
): Promise<Either<StoreError, Conflict>> => {
  const record = await lastRecord(reading, stream);
  if (E.isLeft(record)) return E.left(readError(record.left));
  const { revision } = record.right ?? { revision: -1 };
  if (revision === first - 1) return E.left(unfit);
  return E.right({ _tag: 'Conflict', actual: revision < 0 ? 'no-stream' : revision });
};

const answerTo = (failure: ClientFailure): Either<StoreError, Conflict> => {
  switch (failure._tag) {
    case 'Conflict':
      return E.right({ _tag: 'Conflict', actual: failure.actual });
    case 'Refused':
      return E.left(rejected(failure.rule, failure.why));
    case 'NotSent':
      return E.left({ _tag: 'Unavailable', why: failure.why });
    case 'Unknown':
      return E.left({ _tag: 'OutcomeUnknown', why: failure.why });
    case 'NotFound':
    case 'Exists':
    case 'Unsupported':
      return E.left({ _tag: 'OutcomeUnknown', why: 'the server gave an answer to another question' });
  }
};

/** Where the records end, if all of them stand in the stream at their revisions. Their ids say event and hash. */
const standing = async (
  reading: Reading,
  stream: string,
  first: number,
  records: ReadonlyArray<NewRecord>,
): Promise<Either<ClientFailure, Written | undefined>> => {
  const feed = reading.connection.readStream(stream, {
    from: first,
    direction: 'forwards',
    most: records.length,
  });
  let seen = 0;
  try {
    for (;;) {
      const taken = await takeFrom(reading, feed, records.length);
      if (taken === 'ended') return E.right(undefined);
      if (!isItems(taken)) return taken._tag === 'NotFound' ? E.right(undefined) : E.left(taken);
      for (const { id, revision, place } of taken) {
        if (id !== records[seen]?.id || revision !== first + seen) return E.right(undefined);
        seen += 1;
        if (seen === records.length) return E.right({ revision, ...(place === undefined ? {} : { place }) });
      }
    }
  } finally {
    feed.leave();
  }
};

const placeOf = async (...what: Parameters<typeof standing>): Promise<Written['place']> => {
  const there = await standing(...what);
  return E.isRight(there) ? there.right?.place : undefined;
};
