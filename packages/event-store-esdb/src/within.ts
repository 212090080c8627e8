import type { Runtime } from '@cloud-kassa/runtime';

/** The time was over first. */
export const LATE: unique symbol = Symbol('late');

/** What a piece of work answers, or `LATE` when the time is over or the signal aborted before. The work goes on, unheard. */
export const within = async <A>(
  runtime: Runtime,
  milliseconds: number,
  work: Promise<A>,
  signal?: AbortSignal,
): Promise<Awaited<A> | typeof LATE> => {
  const timer = new AbortController();
  // Without a reason of ours an error is made for each, which costs more than the timer.
  const stop = (): void => timer.abort('over');
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([
      work,
      runtime.sleep(milliseconds, timer.signal).then((): typeof LATE => LATE),
    ]);
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
};

const FIRST_PAUSE = 20;
const LONGEST_PAUSE = 2_000;

/** Full jitter: any time up to 20 ms, 40 ms … 2 s, by the number of failures so far, but not longer than what is left. */
export const pause = (
  runtime: Runtime,
  failures: number,
  left: number,
  signal?: AbortSignal,
): Promise<void> => {
  const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(failures - 1, 16), left);
  return runtime.sleep(runtime.random.next() * longest, signal);
};
