import type { Runtime } from '@cloud-kassa/runtime';

/** Smaller steps are what a clock does that is kept in time. */
const STEP_MS = 1_000;

/**
 * Tells whether the wall clock has been set, or the machine has slept, since it was told last: then timers that were set by the wall clock
 * and run on the monotonic one come at the wrong moment.
 */
export const clockWatch = ({ wall, monotonic }: Pick<Runtime, 'wall' | 'monotonic'>): (() => boolean) => {
  const apart = (): number => Date.parse(wall()) - monotonic();
  let told = apart();
  return () => {
    const now = apart();
    if (Math.abs(now - told) < STEP_MS) return false;
    told = now;
    return true;
  };
};
