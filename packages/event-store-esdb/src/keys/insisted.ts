import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { unknown, type ClientFailure } from '../connection/client-failure';
import type { EsdbRecord } from '../connection/record';
import { isItems, takeFrom, type Reading } from '../reading/reading';
import { isFinal } from '../reading/store-error';
import { LATE, pause, within } from '../within';

/** The client ends a call at its deadline. If it does not, this much later the wait ends all the same. */
const GRACE = 500;

/** Repeats what is harmless to repeat as long as the server gave no answer and `settings.deadline` is not over. */
const insisted = async <A>(
  { runtime, settings, closed }: Reading,
  attempt: () => Promise<Either<ClientFailure, A>>,
): Promise<Either<ClientFailure, A>> => {
  const end = runtime.monotonic() + settings.deadline;
  for (let tries = 1; ; tries += 1) {
    const answer = await attempt();
    if (E.isRight(answer) || !isUnanswered(answer.left) || closed.aborted) return answer;
    const left = end - runtime.monotonic();
    if (left <= 0) return answer;
    await pause(runtime, tries, left, closed);
  }
};

const isUnanswered = (failure: ClientFailure): boolean =>
  failure._tag === 'Unknown' || (failure._tag === 'NotSent' && !isFinal(failure));

/** Records of a stream from a revision on, all or so many; none where there is no stream. @param stream its name in the database. */
export const recordsFrom = (
  reading: Reading,
  stream: string,
  from: number,
  most?: number,
): Promise<Either<ClientFailure, ReadonlyArray<EsdbRecord>>> =>
  insisted(reading, async () => {
    const feed = reading.connection.readStream(stream, {
      from,
      direction: 'forwards',
      ...(most === undefined ? {} : { most }),
    });
    const records: EsdbRecord[] = [];
    try {
      for (;;) {
        const taken = await takeFrom(reading, feed, reading.settings.pageSize);
        if (isItems(taken)) records.push(...taken);
        else if (taken === 'ended' || taken._tag === 'NotFound') return E.right(records);
        else return E.left(taken);
      }
    } finally {
      feed.leave();
    }
  });

/** Deletes a stream for good. That it was deleted before is no failure. @param stream its name in the database. */
export const deletedForGood = async (
  reading: Reading,
  stream: string,
): Promise<Either<ClientFailure, void>> => {
  const { connection, runtime, settings, closed } = reading;
  const answer = await insisted<void>(reading, async () => {
    const call = connection.tombstone(stream, settings.attempt);
    const deleted = await within(runtime, settings.attempt + GRACE, call, closed);
    return deleted === LATE ? E.left(unknown('there was no answer in time')) : deleted;
  });
  return E.isLeft(answer) && isGone(answer.left) ? E.right(undefined) : answer;
};

export const isGone = (failure: ClientFailure): boolean =>
  failure._tag === 'Refused' && failure.rule === 'stream-gone';
