import type { Runtime } from '@cloud-kassa/runtime';
import { LATE, within } from '../within';

/** Lets so many through at the same time; the others wait in the order they came. */
export interface Turnstile {
  /** `true` when it is one's turn; then `leave` has to follow. `false` when the time was over or the signal aborted before. */
  readonly enter: (milliseconds: number, signal: AbortSignal) => Promise<boolean>;
  readonly leave: () => void;
}

export const turnstile = (runtime: Runtime, places: number): Turnstile => {
  const waiting: Array<{ call?: () => void }> = [];
  let inside = 0;

  const leave = (): void => {
    inside -= 1;
    waiting.shift()?.call?.();
  };

  return {
    enter: async (milliseconds, signal) => {
      if (inside < places) {
        inside += 1;
        return true;
      }
      const turn: { call?: () => void } = {};
      const called = new Promise<void>((resolve) => {
        turn.call = () => {
          inside += 1;
          resolve();
        };
      });
      waiting.push(turn);
      if ((await within(runtime, milliseconds, called, signal)) !== LATE) return true;
      const place = waiting.indexOf(turn);
      // Called in the same moment: the turn goes to the next.
      if (place < 0) leave();
      else waiting.splice(place, 1);
      return false;
    },
    leave,
  };
};
