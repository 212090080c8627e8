import type { Kernel, LogEntry, Scheduled, SeededRuntime, SeededRuntimeOptions } from './kernel';
import { bytesOf } from './random';
import type { Random } from './runtime';
import { uuidV7 } from './uuid-v7';
import { wallClock } from './wall-clock';

interface Surroundings {
  readonly start: number;
  readonly random: Random;
  readonly log: (entry: LogEntry) => void;
}

export const runtimeOn = (
  kernel: Kernel,
  { label, wallSkewMs = 0 }: SeededRuntimeOptions,
  { start, random, log }: Surroundings,
): SeededRuntime => {
  const clock = wallClock(() => start + kernel.now(), wallSkewMs);
  const entropy = bytesOf(random.split('entropy'));
  // Monotonic clocks of two processes have nothing in common but their pace.
  const origin = random.split('monotonic').integer(1_000_000_000);
  let state: 'running' | 'suspended' | 'crashed' = 'running';
  let due: Array<() => void> = [];

  const whenRunning = (run: () => void): void => {
    if (state === 'running') run();
    else if (state === 'suspended') due.push(run);
  };

  const schedule = (milliseconds: number, run: () => void): Scheduled =>
    kernel.schedule(milliseconds, () => whenRunning(run));

  const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal === undefined) {
        schedule(milliseconds, resolve);
      } else if (signal.aborted) {
        whenRunning(resolve);
      } else {
        const wake = (): void => {
          timer.cancel();
          signal.removeEventListener('abort', wake);
          whenRunning(resolve);
        };
        const timer = kernel.schedule(milliseconds, wake);
        signal.addEventListener('abort', wake);
      }
    });

  return {
    label,
    kernel,
    clock,
    wall: clock.wall,
    monotonic: () => origin + kernel.now(),
    sleep,
    ids: { next: uuidV7(clock.milliseconds, bytesOf(random.split('ids'))) },
    random: random.split('random'),
    entropy,
    log: {
      write: (level, message, fields) =>
        log({
          runtime: label,
          at: clock.wall(),
          level,
          message,
          ...(fields === undefined ? {} : { fields }),
        }),
    },
    schedule,
    mortal: (promise) =>
      new Promise((resolve, reject) => {
        promise.then(
          (value) => whenRunning(() => resolve(value)),
          (error) => whenRunning(() => reject(error)),
        );
      }),
    crash: () => {
      state = 'crashed';
      due = [];
    },
    crashed: () => state === 'crashed',
    suspend: () => {
      if (state === 'running') state = 'suspended';
    },
    resume: () => {
      if (state !== 'suspended') return;
      state = 'running';
      for (const run of due) schedule(0, run);
      due = [];
    },
  };
};
