import type { EsdbPosition } from '../position';
import { LATE, within } from '../within';
import type { OwnEvents } from './own-events';
import type { Reading } from './reading';

/**
 * Does this store have no event behind a position? The server searches, by the namespace. `false` also where there is none, or where the
 * search takes longer than `settings.silence`.
 */
export const isWithoutEvents = async (
  { connection, names, runtime, settings, closed }: Reading,
  own: OwnEvents,
  after: EsdbPosition | undefined,
): Promise<boolean> => {
  const prefixes = names.prefixes(undefined);
  if (prefixes === undefined) return false;
  const { searchWindow, pageSize: ahead, silence } = settings;
  const feed = connection.subscribeAll({ after: after ?? 'start', prefixes, searchWindow, ahead });
  const end = runtime.monotonic() + silence;
  try {
    for (;;) {
      for (const item of feed.take(ahead)) {
        if (item._tag === 'Live') return true;
        if (item._tag === 'Record' && own(item.record) !== undefined) return false;
      }
      const left = end - runtime.monotonic();
      if (feed.state() !== 'open' || left <= 0) return false;
      if ((await within(runtime, left, feed.news(), closed)) === LATE) return false;
    }
  } finally {
    feed.leave();
  }
};
