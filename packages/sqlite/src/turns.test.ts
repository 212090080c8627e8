import { seededRuntime } from '@cloud-kassa/runtime';
import { turnsOn } from './turns';

/** A clock that moves only when work is done, and the number of turns that were left. */
const world = () => {
  const { kernel, ...runtime } = seededRuntime('turns');
  const state = { now: 0, left: 0 };
  const turns = turnsOn({
    ...runtime,
    monotonic: () => state.now,
    sleep: (milliseconds, signal) => {
      state.left += 1;
      return runtime.sleep(milliseconds, signal);
    },
  });
  return { kernel, state, turns };
};

describe('turns of the event loop', () => {
  it('are left when the work in them has taken 20 ms', async () => {
    const { kernel, state, turns } = world();
    const work = (milliseconds: number) => (): void => {
      state.now += milliseconds;
    };
    await kernel.complete(async () => {
      for (let piece = 0; piece < 10; piece += 1) await turns.take(work(5));
    });
    expect(state.left).toBe(2);
  });

  it('are left after 16 pieces of work, however short', async () => {
    const { kernel, state, turns } = world();
    await kernel.complete(async () => {
      for (let piece = 0; piece < 33; piece += 1) await turns.take(() => piece);
    });
    expect(state.left).toBe(2);
  });

  it('hold no more when many wait for the next one', async () => {
    const { kernel, state, turns } = world();
    const longest = { turn: 0, held: 0, left: -1 };
    const piece = (): void => {
      state.now += 15;
      longest.held = longest.left === state.left ? longest.held + 15 : 15;
      longest.left = state.left;
      longest.turn = Math.max(longest.turn, longest.held);
    };
    await kernel.complete(() => Promise.all(Array.from({ length: 40 }, () => turns.take(piece))));
    expect(longest.turn).toBe(30);
    expect(state.left).toBe(19);
  });

  it('give what the work gives, and throw what it throws', async () => {
    const { turns } = world();
    expect(await turns.take(() => 7)).toBe(7);
    await expect(
      turns.take(() => {
        throw new RangeError('no');
      }),
    ).rejects.toThrow(RangeError);
  });
});
