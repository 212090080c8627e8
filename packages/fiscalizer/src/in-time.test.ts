import { seededRuntime } from '@cloud-kassa/runtime';
import { inTime } from './in-time';

describe('work with a time limit', () => {
  it('answers as soon as it is done', async () => {
    const runtime = seededRuntime('done');
    const { kernel } = runtime;
    const work = async (): Promise<number> => {
      await runtime.sleep(10);
      return 7;
    };
    expect(await kernel.complete(() => inTime(runtime, 100, work))).toEqual({ _tag: 'Done', value: 7 });
    expect(kernel.now()).toBe(10);
    expect(await kernel.run()).toMatchObject({ reason: 'idle' });
    expect(kernel.now()).toBe(10);
  });

  it('is told when its time is over, and what it says then counts', async () => {
    const runtime = seededRuntime('told');
    const work = async (signal: AbortSignal): Promise<string> => {
      await runtime.sleep(60_000, signal);
      return signal.aborted ? 'was told' : 'was not told';
    };
    const outcome = await runtime.kernel.complete(() => inTime(runtime, 100, work));
    expect(outcome).toEqual({ _tag: 'Done', value: 'was told' });
    expect(runtime.kernel.now()).toBe(100);
  });

  it('is left where it never answers', async () => {
    const runtime = seededRuntime('left');
    const outcome = await runtime.kernel.complete(() =>
      inTime(runtime, 100, () => new Promise(() => undefined)),
    );
    expect(outcome).toEqual({ _tag: 'Late' });
    expect(runtime.kernel.now()).toBe(1_100);
  });

  it('rejects where the work does', async () => {
    const runtime = seededRuntime('rejects');
    const work = (): Promise<never> => Promise.reject(new RangeError('x'));
    await expect(runtime.kernel.complete(() => inTime(runtime, 100, work))).rejects.toThrow(RangeError);
  });
});
