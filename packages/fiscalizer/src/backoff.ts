import type { Random } from '@cloud-kassa/runtime';
import type { BackoffSettings } from './settings';

/** The pause before try number `tries` (0 is the first repetition): full jitter, so that many waiting receipts do not move in step. */
export const pauseOf = (settings: BackoffSettings, tries: number, random: Random): number => {
  const ceiling = Math.min(settings.capMs, settings.baseMs * 2 ** Math.min(tries, 30));
  return Math.max(settings.floorMs, Math.floor(random.next() * ceiling));
};
