import * as fc from 'fast-check';
import { eventQueue, type QueueEntry } from './event-queue';

type Operation = { readonly push: number } | 'pop' | 'cancel';

const operations = fc.array(
  fc.oneof(
    fc.record({ push: fc.integer({ min: 0, max: 20 }) }),
    fc.constant<Operation>('pop'),
    fc.constant<Operation>('cancel'),
  ),
  { maxLength: 200 },
);

const inOrder = (entries: ReadonlyArray<QueueEntry>): ReadonlyArray<QueueEntry> =>
  entries.toSorted((a, b) => a.time - b.time || a.sequence - b.sequence);

/** What comes out of the heap and of a list that is sorted anew each time. */
const bothWays = (
  steps: ReadonlyArray<Operation>,
): { readonly heap: unknown[]; readonly model: unknown[] } => {
  const queue = eventQueue();
  let waiting: ReadonlyArray<QueueEntry> = [];
  const heap: unknown[] = [];
  const model: unknown[] = [];
  const pop = (): void => {
    heap.push(queue.peek(), queue.pop());
    model.push(waiting[0], waiting[0]);
    waiting = waiting.slice(1);
  };
  steps.forEach((step, sequence) => {
    if (step === 'pop') {
      pop();
    } else if (step === 'cancel') {
      const victim = waiting[Math.floor(waiting.length / 2)];
      if (victim !== undefined) victim.run = undefined;
      waiting = waiting.filter((entry) => entry !== victim);
    } else {
      const entry = { time: step.push, sequence, run: () => undefined };
      queue.push(entry);
      waiting = inOrder([...waiting, entry]);
    }
  });
  while (waiting.length > 0) pop();
  pop();
  return { heap, model };
};

describe('the event queue', () => {
  it('gives entries by time, then in the order they came, and never a cancelled one', () => {
    fc.assert(
      fc.property(operations, (steps) => {
        const { heap, model } = bothWays(steps);
        expect(heap).toEqual(model);
      }),
    );
  });
});
