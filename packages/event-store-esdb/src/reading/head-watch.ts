import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { ClientFailure } from '../connection/client-failure';
import { comparePlaces, type EsdbPosition } from '../position';
import { isWithoutEvents } from './is-without-events';
import { ownEvents } from './own-events';
import { isItems, takeFrom, type Reading } from './reading';

/** Where the log ends. */
export interface Head {
  /** The last record, whoever wrote it. */
  readonly last: EsdbPosition | undefined;
  /** The last event of this store, or a later record. */
  readonly own: EsdbPosition | undefined;
}

export interface HeadWatch {
  /** Looks at the end of the log. What was acknowledged before the call is seen. Those who ask at the same time share a look. */
  readonly look: () => Promise<Either<ClientFailure, Head>>;
}

/** Records that are read in one go, from the end backwards. Most looks end at the first record. */
const STEPS = [1, 64, 1_024];

/**
 * The end of the log as this store sees it: events of the system, of other programs and of the store's own work do not move it, as long
 * as its last event is not buried under more than a thousand of them. A store that has no event yet has no head: where it has a namespace,
 * whatever others have written.
 */
export const headWatch = (reading: Reading): HeadWatch => {
  const { connection, names } = reading;
  const own = ownEvents(names, undefined);
  let known: Head = { last: undefined, own: undefined };

  const look = async (): Promise<Either<ClientFailure, Head>> => {
    let last: EsdbPosition | undefined;
    let from: 'end' | EsdbPosition = 'end';
    for (const most of STEPS) {
      const feed = connection.readAll({ from, direction: 'backwards', most, ahead: most });
      let seen = 0;
      try {
        for (;;) {
          const taken = await takeFrom(reading, feed, most);
          if (!isItems(taken)) {
            if (taken !== 'ended') return E.left(taken);
            break;
          }
          seen += taken.length;
          for (const record of taken) {
            const { place } = record;
            if (place === undefined) continue;
            last ??= place;
            from = place;
            if (own(record) !== undefined) return E.right((known = { last, own: place }));
            if (known.last !== undefined && comparePlaces(place, known.last) <= 0)
              return E.right((known = { last, own: known.own }));
          }
        }
      } finally {
        feed.leave();
      }
      // The whole log was read, and none of it is ours.
      if (seen < most) return E.right((known = { last, own: undefined }));
    }
    // Too many of others to look at them all. Who begins among them has no head yet, and not theirs.
    const isEmpty = known.own === undefined && (await isWithoutEvents(reading, own, known.last));
    return E.right((known = { last, own: isEmpty ? undefined : last }));
  };

  let running: Promise<Either<ClientFailure, Head>> | undefined;
  let next: Promise<Either<ClientFailure, Head>> | undefined;

  const begin = (): Promise<Either<ClientFailure, Head>> => {
    next = undefined;
    running = look().finally(() => {
      running = undefined;
    });
    return running;
  };

  return { look: () => (running === undefined ? begin() : (next ??= running.then(begin, begin))) };
};
