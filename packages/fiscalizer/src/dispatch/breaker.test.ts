import type { Breaker } from './breaker';
import { CLOSED_BREAKER, beginProbe, endProbe, noteCall } from './breaker';

const settings = { spanMs: 30_000, minimumCalls: 20, failureShare: 0.5, openMs: 30_000, openCapMs: 300_000 };

const after = (breaker: Breaker, calls: ReadonlyArray<boolean>, from = 0): Breaker =>
  calls.reduce((state, failed, index) => noteCall(state, settings, from + index, failed), breaker);

const times = (count: number, failed: boolean): ReadonlyArray<boolean> =>
  Array.from({ length: count }, () => failed);

describe('circuit breaker of a provider account', () => {
  it('opens at half of at least twenty calls failed within thirty seconds', () => {
    expect(after(CLOSED_BREAKER, [...times(10, false), ...times(9, true)]).mode).toBe('closed');
    expect(after(CLOSED_BREAKER, [...times(10, false), ...times(10, true)]).mode).toBe('open');
    expect(after(CLOSED_BREAKER, times(19, true)).mode).toBe('closed');
  });

  it('forgets calls older than its span', () => {
    const old = after(CLOSED_BREAKER, times(19, true));
    expect(noteCall(old, settings, 40_000, true).mode).toBe('closed');
  });

  it('lets one read through when its pause is over, not before', () => {
    const open = after(CLOSED_BREAKER, times(20, true));
    expect(beginProbe(open, open.openUntil - 1).mode).toBe('open');
    const probing = beginProbe(open, open.openUntil);
    expect(probing.mode).toBe('probing');
    expect(beginProbe(probing, open.openUntil + 1)).toBe(probing);
  });

  it('closes after a successful read and stays open twice as long after a failed one, up to the cap', () => {
    const open = after(CLOSED_BREAKER, times(20, true));
    const probing = beginProbe(open, open.openUntil);
    expect(endProbe(probing, settings, open.openUntil, true)).toEqual(CLOSED_BREAKER);
    const again = endProbe(probing, settings, open.openUntil, false);
    expect(again.openUntil - open.openUntil).toBe(2 * settings.openMs);
    let state = again;
    for (let round = 0; round < 10; round += 1)
      state = endProbe(beginProbe(state, state.openUntil), settings, state.openUntil, false);
    const next = endProbe(beginProbe(state, state.openUntil), settings, state.openUntil, false);
    expect(next.openUntil - state.openUntil).toBe(settings.openCapMs);
  });

  it('a probe that nobody began changes nothing', () => {
    expect(endProbe(CLOSED_BREAKER, settings, 1, false)).toBe(CLOSED_BREAKER);
  });
});
