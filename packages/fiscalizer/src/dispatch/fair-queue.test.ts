import * as fc from 'fast-check';
import type { Waiting } from './fair-queue';
import { fairQueue } from './fair-queue';

const item = (
  id: string,
  organisation: string,
  deadline: string,
  arrival: number,
  deviceId = `device of ${organisation}`,
): Waiting => ({
  id,
  organisation,
  deviceId,
  deadline,
  arrival,
});

const all = (): boolean => true;

describe('queue that is fair between organisations', () => {
  it('gives the oldest legal deadline first, then the first that came', () => {
    const queue = fairQueue();
    queue.add(item('late', 'a', '2026-03-03', 1));
    queue.add(item('second', 'a', '2026-03-02', 3));
    queue.add(item('first', 'a', '2026-03-02', 2));
    expect([queue.next(all)?.id, queue.next(all)?.id, queue.next(all)?.id, queue.next(all)]).toEqual([
      'first',
      'second',
      'late',
      undefined,
    ]);
  });

  it('lets one receipt of a small organisation go after one turn of a large one', () => {
    const queue = fairQueue();
    for (let number = 0; number < 1_000; number += 1)
      queue.add(item(`large-${number}`, 'large', '2026-01-01', number));
    queue.add(item('small', 'small', '2026-12-31', 5_000));
    expect([queue.next(all)?.organisation, queue.next(all)?.organisation]).toContain('small');
  });

  it('passes over a device that may not go, and keeps its receipts in their place', () => {
    const queue = fairQueue();
    queue.add(item('shut', 'a', '2026-01-01', 1, 'shut'));
    queue.add(item('open', 'a', '2026-06-01', 2, 'open'));
    expect(queue.next((deviceId) => deviceId === 'open')?.id).toBe('open');
    expect(queue.next((deviceId) => deviceId === 'open')).toBeUndefined();
    expect(queue.next(all)?.id).toBe('shut');
  });

  it('forgets what was removed and replaces what is added again', () => {
    const queue = fairQueue();
    queue.add(item('gone', 'a', '2026-01-01', 1));
    queue.add(item('moved', 'a', '2026-01-02', 2));
    queue.add(item('other', 'a', '2026-01-03', 3));
    queue.remove('gone');
    queue.add(item('moved', 'a', '2026-01-04', 2));
    expect(queue.size()).toBe(2);
    expect(queue.has('gone')).toBe(false);
    expect([queue.next(all)?.id, queue.next(all)?.id, queue.next(all)]).toEqual([
      'other',
      'moved',
      undefined,
    ]);
  });

  it('loses nothing and doubles nothing, and keeps each device sorted', () => {
    const items = fc.uniqueArray(
      fc.record({ id: fc.nat(500), organisation: fc.nat(3), deadline: fc.nat(9), arrival: fc.nat(999) }),
      { selector: ({ id }) => id, maxLength: 60 },
    );
    fc.assert(
      fc.property(items, (list) => {
        const queue = fairQueue();
        for (const { id, organisation, deadline, arrival } of list)
          queue.add(item(String(id), String(organisation), `2026-01-0${deadline}`, arrival));
        const out: Waiting[] = [];
        for (let next = queue.next(all); next !== undefined; next = queue.next(all)) out.push(next);
        expect(out.map(({ id }) => id).toSorted()).toEqual(list.map(({ id }) => String(id)).toSorted());
        for (const organisation of new Set(out.map((each) => each.organisation))) {
          const own = out
            .filter((each) => each.organisation === organisation)
            .map(({ deadline }) => deadline);
          expect(own).toEqual(own.toSorted());
        }
      }),
    );
  });

  it('does not pile up what is removed and added again while its device may not go', () => {
    const queue = fairQueue();
    for (let round = 0; round < 1_000; round += 1)
      for (let number = 0; number < 10; number += 1) {
        queue.remove(String(number));
        queue.add(item(String(number), 'a', `2026-01-0${number % 3}`, number));
        queue.next(() => false);
      }
    expect(queue.held()).toBeLessThan(200);
    const out: Waiting[] = [];
    for (let next = queue.next(all); next !== undefined; next = queue.next(all)) out.push(next);
    expect(out.map(({ id }) => id)).toEqual(['0', '3', '6', '9', '1', '4', '7', '2', '5', '8']);
    for (let number = 0; number < 1_000; number += 1) {
      queue.add(item('gone', 'a', '2026-01-01', number));
      queue.remove('gone');
    }
    expect(queue.held()).toBeLessThan(200);
    expect(queue.next(all)).toBeUndefined();
    expect(queue.held()).toBe(0);
  });
});
