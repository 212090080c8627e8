import { systemRuntime } from './system-runtime';

describe('a sleep of the system', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('may be longer than the longest timer of Node, 2^31 − 1 milliseconds', async () => {
    let woken = false;
    void systemRuntime()
      .sleep(2 ** 31 + 1000)
      .then(() => (woken = true));
    await jest.advanceTimersByTimeAsync(2 ** 31 + 999);
    expect(woken).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(woken).toBe(true);
  });
});
