import * as fc from 'fast-check';
import { timerHeap } from './timer-heap';

describe('timers', () => {
  it('come due in the order of their moments, equal moments in the order they were set', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 80 }), (moments) => {
        const heap = timerHeap<number>();
        moments.forEach((at, index) => heap.set(at, index));
        expect(heap.nextAt()).toBe(moments.length === 0 ? undefined : Math.min(...moments));
        const out: number[] = [];
        for (let next = heap.due(20); next !== undefined; next = heap.due(20)) out.push(next);
        const expected = moments
          .map((at, index) => ({ at, index }))
          .toSorted((a, b) => a.at - b.at || a.index - b.index)
          .map(({ index }) => index);
        expect(out).toEqual(expected);
      }),
    );
  });

  it('are not due before their moment', () => {
    const heap = timerHeap<string>();
    heap.set(10, 'x');
    expect(heap.due(9)).toBeUndefined();
    expect(heap.due(10)).toBe('x');
    expect(heap.nextAt()).toBeUndefined();
  });
});
