import { randomBytes } from 'node:crypto';
import { silentLog } from './json-lines-log';
import { seededRandom } from './random';
import type { Log, Runtime } from './runtime';
import { uuidV7 } from './uuid-v7';

/** Node fires a timer beyond this at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

export interface SystemRuntimeOptions {
  /** Default: nothing is logged. */
  readonly log?: Log;
}

/** The real outside world: the system's clocks and timers, and randomness seeded by the system. */
export const systemRuntime = (options: SystemRuntimeOptions = {}): Runtime => ({
  wall: () => new Date().toISOString(),
  monotonic: () => performance.now(),
  sleep,
  ids: { next: uuidV7(Date.now, pooled(10)) },
  random: seededRandom(randomBytes(32)),
  entropy: randomBytes,
  log: options.log ?? silentLog,
});

const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    if (!(milliseconds > 0)) {
      setImmediate(resolve);
      return;
    }
    const span = milliseconds;
    const end = performance.now() + span;
    let timer: NodeJS.Timeout;
    const wake = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    // A timer may fire a little early, and a long one is divided; only the clock tells that the time is over.
    const wait = (): void => {
      const left = end - performance.now();
      if (left <= 0) wake();
      else timer = setTimeout(wait, Math.min(Math.ceil(left), LONGEST_TIMER));
    };
    timer = setTimeout(wait, Math.min(Math.ceil(span), LONGEST_TIMER));
    signal?.addEventListener('abort', wake);
  });

/** So many draws are made at once: a call of the system's generator costs more than the bytes. */
const POOLED = 256;

const pooled = (size: number): (() => Uint8Array) => {
  let pool = randomBytes(0);
  let at = 0;
  return () => {
    if (at + size > pool.length) {
      pool = randomBytes(size * POOLED);
      at = 0;
    }
    at += size;
    return pool.subarray(at - size, at);
  };
};
