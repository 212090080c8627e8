import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { SqliteFault } from './sqlite-fault';

const LONGEST_PAUSE_MS = 20;

/**
 * The pause after so many refusals of a lock: any time up to 1 ms, 2 ms, 4 ms … 20 ms. SQLite's own busy handler would hold the
 * event loop while it waits.
 */
export const pause = (runtime: Runtime, refusals: number): Promise<void> =>
  runtime.sleep(runtime.random.next() * Math.min(LONGEST_PAUSE_MS, 2 ** (refusals - 1)));

/** Tries again as long as other connections hold the lock, at most so many milliseconds. */
export const patiently = async <A>(
  runtime: Runtime,
  milliseconds: number,
  work: () => Promise<Either<SqliteFault, A>>,
): Promise<Either<SqliteFault, A>> => {
  const end = runtime.monotonic() + milliseconds;
  for (let refusals = 1; ; refusals += 1) {
    const outcome = await work();
    if (E.isRight(outcome) || outcome.left.kind !== 'busy' || runtime.monotonic() >= end) return outcome;
    await pause(runtime, refusals);
  }
};
