import * as fc from 'fast-check';
import { timerHeap } from './timer-heap';

describe('timers', () => {
  it('come due in the order of their moments, equal moments in the order they were set, and of each key the last one only', () => {
    const step = fc.record({ key: fc.nat(12), at: fc.option(fc.nat(20), { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const heap = timerHeap();
        const model = new Map<string, { readonly at: number; readonly index: number }>();
        for (const [index, { key, at }] of steps.entries()) {
          if (at === undefined) heap.cancel(String(key));
          else heap.set(String(key), at);
          if (at === undefined) model.delete(String(key));
          else model.set(String(key), { at, index });
        }
        const expected = [...model]
          .toSorted(([, a], [, b]) => a.at - b.at || a.index - b.index)
          .map(([key]) => key);
        const moments = [...model.values()].map(({ at }) => at);
        expect(heap.nextAt()).toBe(moments.length === 0 ? undefined : Math.min(...moments));
        const out: string[] = [];
        for (let next = heap.due(20); next !== undefined; next = heap.due(20)) out.push(next);
        expect(out).toEqual(expected);
      }),
    );
  });

  it('are not due before their moment', () => {
    const heap = timerHeap();
    heap.set('x', 10);
    expect(heap.due(9)).toBeUndefined();
    expect(heap.due(10)).toBe('x');
    expect(heap.nextAt()).toBeUndefined();
  });

  it('that were replaced or cancelled do not pile up until their moment', () => {
    const heap = timerHeap();
    for (let round = 0; round < 10_000; round += 1) heap.set(String(round % 10), 1_000_000 + round);
    for (let round = 0; round < 10_000; round += 1) {
      heap.set('gone', 1_000_000);
      heap.cancel('gone');
    }
    expect(heap.held()).toBeLessThan(200);
    expect(heap.nextAt()).toBe(1_009_990);
  });
});
