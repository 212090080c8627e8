import { seededRuntime } from '@cloud-kassa/runtime';
import { clockWatch } from './clock-watch';

describe('a watch on the wall clock', () => {
  it('tells once of each jump, forwards and back, and of small steps when they have become a large one', async () => {
    const runtime = seededRuntime('clocks');
    const { clock, kernel } = runtime;
    const hasJumped = clockWatch(runtime);
    await kernel.run({ until: 60_000 });
    expect(hasJumped()).toBe(false);
    for (const by of [3_600_000, -7_200_000]) {
      clock.jump(by);
      expect([hasJumped(), hasJumped()]).toEqual([true, false]);
    }
    const steps = [400, 400, 400].map((by) => {
      clock.jump(by);
      return hasJumped();
    });
    expect(steps).toEqual([false, false, true]);
  });
});
