import type { Runtime } from '@cloud-kassa/runtime';

const FIRST_MS = 10;
const LONGEST_MS = 2_000;

/** Full jitter: any time up to 10 ms, 20 ms, 40 ms … 2 s, by the number of failures so far. */
export const backoff = (runtime: Runtime, failures: number): Promise<void> =>
  runtime.sleep(runtime.random.next() * Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)));
