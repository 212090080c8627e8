import * as fc from 'fast-check';
import { stateCache, type AtRevision } from './state-cache';

type Held = AtRevision<string>;

const held = (state: string, revision: number): Held => ({ state, head: { revision } });

const step = fc.record({
  does: fc.constantFrom('get', 'get', 'put', 'put', 'put', 'clear'),
  stream: fc.constantFrom('a', 'b', 'c', 'd'),
  revision: fc.nat(9),
  weight: fc.integer({ min: 1, max: 5 }),
});

type Step = Readonly<{ does: string; stream: string; revision: number; weight: number }>;

/** What the cache finds, and what a list in the order of use would find. */
const bothWays = (steps: ReadonlyArray<Step>, maxWeight: number) => {
  const cache = stateCache<string, Held>({ maxWeight, weigh: (state) => Number(state) });
  const seen: unknown[] = [];
  const expected: unknown[] = [];
  let model: ReadonlyArray<Step> = [];

  const get = (stream: string): void => {
    const there = model.find((entry) => entry.stream === stream);
    seen.push(cache.get(stream)?.head.revision);
    expected.push(there?.revision);
    if (there !== undefined) model = [...model.filter((entry) => entry !== there), there];
  };

  const put = (entry: Step): void => {
    cache.put(entry.stream, held(String(entry.weight), entry.revision));
    if (model.some(({ stream, revision }) => stream === entry.stream && revision > entry.revision)) return;
    model = model.filter(({ stream }) => stream !== entry.stream);
    if (entry.weight > maxWeight) return;
    model = [...model, entry];
    while (model.reduce((sum, { weight }) => sum + weight, 0) > maxWeight) model = model.slice(1);
  };

  for (const entry of steps) {
    if (entry.does === 'get') {
      get(entry.stream);
    } else if (entry.does === 'put') {
      put(entry);
    } else {
      cache.clear();
      model = [];
    }
  }
  for (const stream of ['a', 'b', 'c', 'd']) get(stream);
  return { seen, expected };
};

describe('the cache of states', () => {
  it('never replaces a higher revision by a lower one', () => {
    const cache = stateCache<string, Held>({});
    cache.put('a', held('new', 5));
    cache.put('a', held('old', 3));
    expect(cache.get('a')?.state).toBe('new');
    cache.put('a', held('same', 5));
    expect(cache.get('a')?.state).toBe('same');
  });

  it('weighs a state by its events when it is not told otherwise', () => {
    const cache = stateCache<string, Held>({ maxWeight: 10 });
    cache.put('a', held('a', 4));
    cache.put('b', held('b', 4));
    expect([cache.get('a'), cache.get('b')].map((entry) => entry?.state)).toEqual(['a', 'b']);
    cache.put('c', held('c', 0));
    expect([cache.get('a'), cache.get('b'), cache.get('c')].map((entry) => entry?.state)).toEqual([
      undefined,
      'b',
      'c',
    ]);
    cache.put('big', held('big', 10));
    expect(cache.get('big')).toBeUndefined();
    expect(cache.get('b')?.state).toBe('b');
  });

  it('keeps what was used last within its weight, as a list that is searched would', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 0, max: 12 }), (steps, maxWeight) => {
        const { seen, expected } = bothWays(steps, maxWeight);
        expect(seen).toEqual(expected);
      }),
    );
  });
});
