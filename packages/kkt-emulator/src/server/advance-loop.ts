import type { Runtime } from '@cloud-kassa/runtime';
import type { Machine } from '../emulator/machine';

/** Lets an emulator's registers work when nobody calls. */
export interface AdvanceLoop {
  /** Something may happen earlier than was thought. */
  readonly wake: () => void;
  readonly stop: () => void;
}

/** A reason of one's own spares the making of an exception with its stack. */
const WOKEN = 'woken';

/** The wall clock may jump: it is looked at again at least so often while something is to come. */
const LONGEST_SLEEP = 60_000;

/**
 * Sleeps until the next thing happens by itself and lets it happen; without anything to come it waits to be woken and sets no timer.
 * What the registers make does not depend on when this runs, only when it is noticed.
 */
export const advanceLoop = (machine: Machine, runtime: Runtime): AdvanceLoop => {
  const stopping = new AbortController();
  let looking = false;
  let sleep: { readonly until: number; readonly interrupt: () => void } | undefined;

  const pause = (): Promise<void> => {
    const next = machine.nextEventAt();
    if (next === undefined) {
      return new Promise((interrupt) => {
        sleep = { until: Number.POSITIVE_INFINITY, interrupt };
      });
    }
    const controller = new AbortController();
    sleep = { until: next, interrupt: () => controller.abort(WOKEN) };
    const milliseconds = Math.min(Math.max(next - machine.now(), 1), LONGEST_SLEEP);
    return runtime.sleep(milliseconds, controller.signal);
  };

  const look = (): void => {
    looking = false;
    const next = machine.nextEventAt();
    if (next !== undefined && sleep !== undefined && next < sleep.until) sleep.interrupt();
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await pause();
      if (!stopping.signal.aborted) machine.advance();
    }
  };

  void run();
  return {
    wake: () => {
      if (looking) return;
      looking = true;
      // Who stored a call often lets it happen at once: then there is nothing to wake up for.
      void Promise.resolve().then(look);
    },
    stop: () => {
      stopping.abort();
      sleep?.interrupt();
    },
  };
};
