import * as fc from 'fast-check';
import type { Drain } from './drain';
import type { LogEntry } from './kernel';
import { seededKernel, seededRuntime } from './seeded-kernel';

const drains: ReadonlyArray<Drain> = ['portable', 'fast'];

/** Workers that sleep, draw, hand values to each other over promises, crash and start again; every step leaves a mark. */
const course = async (seed: string, drain: Drain): Promise<ReadonlyArray<string>> => {
  const marks: string[] = [];
  const kernel = seededKernel(seed, { log: (entry) => marks.push(JSON.stringify(entry)) });
  const start = (label: string): void => {
    const runtime = kernel.runtime({ label, wallSkewMs: kernel.random.integer(1000) });
    const work = async (): Promise<void> => {
      for (let round = 0; ; round += 1) {
        await runtime.sleep(runtime.random.next() * 50);
        const answers = await Promise.all([
          Promise.resolve(runtime.random.integer(9)),
          runtime.mortal(Promise.resolve(round)),
        ]);
        marks.push(
          [label, kernel.now(), runtime.monotonic(), runtime.wall(), runtime.ids.next(), ...answers].join(
            ' ',
          ),
        );
        runtime.log.write('info', 'a round is over', { round });
      }
    };
    void work();
    kernel.schedule(kernel.random.next() * 500, () => {
      runtime.crash();
      start(label);
    });
  };
  for (const label of ['a', 'b', 'c']) start(label);
  const end = await kernel.run({ until: 1000, drain, afterStep: () => marks.push(`step ${kernel.now()}`) });
  marks.push(JSON.stringify(end));
  return marks;
};

const failingCheck = (): void => {
  throw new Error('of the check');
};

describe('a seeded kernel', () => {
  it('takes the same course for the same seed, however promises are drained', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (seed) => {
        const first = await course(seed, 'portable');
        expect(first.length).toBeGreaterThan(50);
        expect(await course(seed, 'portable')).toEqual(first);
        expect(await course(seed, 'fast')).toEqual(first);
      }),
      { numRuns: 5 },
    );
    expect(await course('a', 'fast')).not.toEqual(await course('b', 'fast'));
  });

  it.each(drains)('runs events in the order of time, then of scheduling (%s)', async (drain) => {
    const kernel = seededKernel('order');
    const seen: string[] = [];
    kernel.schedule(5, () => seen.push('b'));
    kernel.schedule(1, () => {
      seen.push('a');
      void Promise.resolve()
        .then(() => undefined)
        .then(() => seen.push('a, its promises'));
      kernel.schedule(4, () => seen.push('c'));
      kernel.schedule(Number.NaN, () => seen.push('a2'));
    });
    kernel.schedule(3, () => seen.push('never')).cancel();
    expect(await kernel.run({ drain })).toEqual({ reason: 'idle', events: 4 });
    expect(seen).toEqual(['a', 'a, its promises', 'a2', 'b', 'c']);
    expect(kernel.now()).toBe(5);
  });

  it.each(drains)(
    'stops at a time, its events included, or as soon as a predicate holds (%s)',
    async (drain) => {
      const kernel = seededKernel('until');
      let count = 0;
      for (let at = 1; at <= 10; at += 1) kernel.schedule(at, () => (count += 1));
      expect(await kernel.run({ until: 3, drain })).toEqual({ reason: 'until', events: 3 });
      expect(await kernel.run({ until: () => count === 7, drain })).toEqual({ reason: 'until', events: 4 });
      expect(kernel.now()).toBe(7);
      expect(await kernel.run({ until: 1000, drain })).toEqual({ reason: 'idle', events: 3 });
      expect(kernel.now()).toBe(1000);
    },
  );

  it.each(drains)('ends with what an event or the check after it throws (%s)', async (drain) => {
    const kernel = seededKernel('throw');
    kernel.schedule(1, () => {
      throw new Error('of the event');
    });
    kernel.schedule(2, () => undefined);
    await expect(kernel.run({ drain })).rejects.toThrow('of the event');
    await expect(kernel.run({ drain, afterStep: failingCheck })).rejects.toThrow('of the check');
  });

  it.each(drains)(
    'completes a piece of work, and says so when nothing can complete it (%s)',
    async (drain) => {
      const runtime = seededRuntime('complete');
      const work = async (): Promise<number> => {
        await Promise.resolve();
        await runtime.sleep(86_400_000);
        return runtime.kernel.now();
      };
      expect(await runtime.kernel.complete(work, { drain })).toBe(86_400_000);
      await expect(
        runtime.kernel.complete(() => Promise.reject(new Error('own')), { drain }),
      ).rejects.toThrow('own');
      await expect(runtime.kernel.complete(() => new Promise(() => undefined), { drain })).rejects.toThrow(
        'pending',
      );
    },
  );

  it('gives the host a breath in a long fast run and goes on where it was', async () => {
    const kernel = seededKernel('long');
    const tick = (): void => void kernel.schedule(1, tick);
    tick();
    expect(await kernel.run({ until: 50_000, drain: 'fast' })).toEqual({ reason: 'until', events: 50_000 });
  });

  it('keeps log lines of a runtime with its name and wall time', async () => {
    const lines: LogEntry[] = [];
    const kernel = seededKernel('log', {
      start: '2030-01-01T00:00:00.000Z',
      log: (entry) => lines.push(entry),
    });
    kernel.runtime({ label: 'w', wallSkewMs: 5 }).log.write('warn', 'late', { by: 3 });
    kernel.runtime({ label: 'v' }).log.write('debug', 'plain');
    expect(lines).toEqual([
      { runtime: 'w', at: '2030-01-01T00:00:00.005Z', level: 'warn', message: 'late', fields: { by: 3 } },
      { runtime: 'v', at: '2030-01-01T00:00:00.000Z', level: 'debug', message: 'plain' },
    ]);
  });
});

describe('a simulated process', () => {
  it('sleeps in virtual time, and wakes early when its signal is aborted', async () => {
    const runtime = seededRuntime('sleep');
    const { kernel } = runtime;
    const woken: Array<[string, number]> = [];
    const abort = new AbortController();
    void runtime.sleep(100).then(() => woken.push(['plain', kernel.now()]));
    void runtime.sleep(100, abort.signal).then(() => woken.push(['aborted', kernel.now()]));
    void runtime
      .sleep(30, new AbortController().signal)
      .then(() => woken.push(['never aborted', kernel.now()]));
    kernel.schedule(50, () => abort.abort());
    kernel.schedule(
      60,
      () => void runtime.sleep(1e9, abort.signal).then(() => woken.push(['late', kernel.now()])),
    );
    await kernel.run();
    expect(woken).toEqual([
      ['never aborted', 30],
      ['aborted', 50],
      ['late', 60],
      ['plain', 100],
    ]);
  });

  it('never wakes after a crash, and no finally of it is run', async () => {
    const runtime = seededRuntime('crash');
    const { kernel } = runtime;
    const abort = new AbortController();
    const outside = new Promise<void>((resolve) => void kernel.schedule(10, resolve));
    let touched = 0;
    const guarded = async (wait: () => Promise<void>): Promise<void> => {
      try {
        await wait();
        touched += 1;
      } finally {
        touched += 1;
      }
    };
    void guarded(() => runtime.sleep(10));
    void guarded(() => runtime.sleep(10, abort.signal));
    void guarded(() => runtime.mortal(outside));
    runtime.schedule(10, () => (touched += 1));
    kernel.schedule(5, runtime.crash);
    kernel.schedule(6, () => abort.abort());
    kernel.schedule(7, () => void guarded(() => runtime.sleep(0)));
    kernel.schedule(7, () => void guarded(() => runtime.sleep(0, abort.signal)));
    kernel.schedule(8, () => runtime.resume());
    await kernel.run();
    expect(runtime.crashed()).toBe(true);
    expect(touched).toBe(0);
  });

  it('does nothing while it is suspended and goes on, late, when it resumes', async () => {
    const runtime = seededRuntime('suspend');
    const { kernel } = runtime;
    const seen: Array<[string, number]> = [];
    for (const at of [10, 20, 90]) runtime.schedule(at, () => seen.push([`due ${at}`, kernel.now()]));
    kernel.schedule(5, runtime.suspend);
    kernel.schedule(50, runtime.resume);
    await kernel.run();
    expect(seen).toEqual([
      ['due 10', 50],
      ['due 20', 50],
      ['due 90', 90],
    ]);
  });

  it('has a wall clock of its own that jumps and freezes, while monotonic time goes on', async () => {
    const kernel = seededKernel('clocks', { start: '2026-03-01T12:00:00.000Z' });
    const exact = kernel.runtime({ label: 'exact' });
    const skewed = kernel.runtime({ label: 'skewed', wallSkewMs: 3_600_000 });
    const before = skewed.monotonic();
    expect([exact.wall(), skewed.wall()]).toEqual(['2026-03-01T12:00:00.000Z', '2026-03-01T13:00:00.000Z']);
    skewed.clock.freeze();
    await kernel.run({ until: 1000 });
    skewed.clock.freeze();
    await kernel.run({ until: 1500 });
    expect([exact.wall(), skewed.wall()]).toEqual(['2026-03-01T12:00:01.500Z', '2026-03-01T13:00:00.000Z']);
    skewed.clock.jump(-26 * 3_600_000);
    expect(skewed.wall()).toBe('2026-02-28T11:00:00.000Z');
    skewed.clock.thaw();
    expect(skewed.wall()).toBe('2026-02-28T11:00:01.500Z');
    expect(skewed.monotonic() - before).toBe(1500);
    expect(skewed.monotonic()).not.toBe(exact.monotonic());
  });

  it('makes other ids, numbers and bytes than its namesake before the crash', () => {
    const kernel = seededKernel('names');
    const first = kernel.runtime({ label: 'w' });
    const second = kernel.runtime({ label: 'w' });
    expect(first.ids.next()).not.toBe(second.ids.next());
    expect(first.random.next()).not.toBe(second.random.next());
    expect(first.entropy(16)).not.toEqual(second.entropy(16));
    expect(first.entropy(16)).toHaveLength(16);
  });
});
