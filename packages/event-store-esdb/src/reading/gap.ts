import { comparePlaces, type EsdbPosition } from '../position';
import type { OwnEvents } from './own-events';
import { isItems, takeFrom, type Reading } from './reading';

/** Records beyond a search window within which the server would have set a checkpoint. */
const BEYOND = 128;

/**
 * Does no event that is wanted stand behind a position, up to another one? `false` also where that is too far to be read: then the
 * server is still at it and sets checkpoints on its way.
 */
export const gapUpTo = async (
  reading: Reading,
  wanted: OwnEvents,
  after: EsdbPosition | undefined,
  end: EsdbPosition,
): Promise<boolean> => {
  const most = reading.settings.searchWindow + BEYOND;
  const feed = reading.connection.readAll({
    from: after ?? 'start',
    direction: 'forwards',
    most,
    ahead: reading.settings.pageSize,
  });
  let seen = 0;
  try {
    for (;;) {
      const taken = await takeFrom(reading, feed, most);
      if (!isItems(taken)) return taken === 'ended' && seen < most;
      for (const record of taken) {
        seen += 1;
        const { place } = record;
        if (place === undefined || (after !== undefined && comparePlaces(place, after) <= 0)) continue;
        if (comparePlaces(place, end) > 0) return true;
        if (wanted(record) !== undefined) return false;
      }
    }
  } finally {
    feed.leave();
  }
};
