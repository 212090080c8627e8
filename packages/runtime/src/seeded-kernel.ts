import { hop, microtaskCheckpoint } from './drain';
import { eventQueue } from './event-queue';
import type { Kernel, KernelOptions, RunEnd, RunOptions, Scheduled, SeededRuntime } from './kernel';
import { seededRandom } from './random';
import { runtimeOn } from './seeded-runtime';

/** A fast run gives the host a breath after so many events, so that signals and real timers are served. */
const BREATH = 20_000;

export const seededKernel = (seed: string, options: KernelOptions = {}): Kernel => {
  const queue = eventQueue();
  const root = seededRandom(seed);
  const start = Date.parse(options.start ?? '2026-01-01T00:00:00.000Z');
  const labels = new Map<string, number>();
  let time = 0;
  let sequence = 0;

  const schedule = (milliseconds: number, run: () => void): Scheduled => {
    sequence += 1;
    const entry = { time: time + (milliseconds > 0 ? milliseconds : 0), sequence, run };
    queue.push(entry);
    return { cancel: () => Reflect.set(entry, 'run', undefined) };
  };

  /** Runs the next event, or says why there is none to run. */
  const step = (until: RunOptions['until']): RunEnd['reason'] | undefined => {
    if (typeof until === 'function' && until()) return 'until';
    const next = queue.peek();
    if (next === undefined) return 'idle';
    if (typeof until === 'number' && next.time > until) return 'until';
    queue.pop();
    time = next.time;
    next.run?.();
    return undefined;
  };

  const runPortably = async ({ until, afterStep }: RunOptions): Promise<RunEnd> => {
    await hop();
    for (let events = 0; ; events += 1) {
      const reason = step(until);
      if (reason !== undefined) return { reason, events };
      await hop();
      afterStep?.();
    }
  };

  const runFast = ({ until, afterStep }: RunOptions): Promise<RunEnd> =>
    new Promise((resolve, reject) => {
      let events = 0;
      const stretch = (): void => {
        try {
          const drain = microtaskCheckpoint();
          for (const breath = events + BREATH; events < breath; events += 1) {
            const reason = step(until);
            if (reason !== undefined) {
              resolve({ reason, events });
              return;
            }
            drain();
            afterStep?.();
          }
          setImmediate(stretch);
        } catch (error) {
          reject(error);
        }
      };
      setImmediate(stretch);
    });

  const run = async (runOptions: RunOptions = {}): Promise<RunEnd> => {
    const end = await (runOptions.drain === 'fast' ? runFast(runOptions) : runPortably(runOptions));
    if (typeof runOptions.until === 'number' && runOptions.until > time) time = runOptions.until;
    return end;
  };

  const complete: Kernel['complete'] = async (work, runOptions) => {
    let settled = false;
    const settle = (): void => {
      settled = true;
    };
    const outcome = work();
    outcome.then(settle, settle);
    await run({ ...runOptions, until: () => settled });
    if (!settled) throw new Error('Nothing is scheduled any more, and the promise is still pending.');
    return outcome;
  };

  const kernel: Kernel = {
    now: () => time,
    schedule,
    run,
    complete,
    runtime: (runtimeOptions) => {
      const { label } = runtimeOptions;
      const times = (labels.get(label) ?? 0) + 1;
      labels.set(label, times);
      return runtimeOn(kernel, runtimeOptions, {
        start,
        random: root.split(`runtime ${times} ${label}`),
        log: options.log ?? (() => undefined),
      });
    },
    random: root.split('driver'),
  };
  return kernel;
};

/** One simulated process on a kernel of its own: `seededRuntime('a').kernel` drives the time. */
export const seededRuntime = (seed: string, options: KernelOptions = {}): SeededRuntime =>
  seededKernel(seed, options).runtime({ label: 'main' });
