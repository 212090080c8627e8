import { seededRandom } from '@cloud-kassa/runtime';
import { harmlessStoreFaults } from './harmless-store-faults';
import type { StoreFault } from './store-fault';

const KINDS = harmlessStoreFaults(2113);
const DRAWS = Array.from({ length: 50 }, (_, index) => String(index));

/** What says that nothing was done. */
const DENIALS: ReadonlySet<string> = new Set(['not-leader', 'not-ready', 'too-busy']);

/** What a fault does that no server of EventStoreDB would do, or that is no fault but the end. */
const harmOf = (fault: StoreFault): ReadonlyArray<string> => {
  if (fault.do !== 'strike') return [];
  const { on, every, fault: done } = fault.rule;
  const harm: string[] = [];
  if (every === undefined || every < 2) harm.push('nothing goes through any more');
  const denial = done.do === 'refuse' ? done.as : done.do;
  if (DENIALS.has(denial) && 'at' in done && done.at === 'after')
    harm.push('what was done is said not to be done');
  if (denial === 'access-denied') harm.push('those who may are turned away');
  if (done.do === 'foreign-append' && done.stream !== 'stranger-1')
    harm.push('others write into our streams');
  if (done.do === 'end' && on.startsWith('read-')) harm.push('a read says that there is nothing more');
  return harm;
};

it.each(KINDS)('$name is a fault that breaks no assumption, however it is drawn', ({ draw }) => {
  expect(DRAWS.flatMap((seed) => draw(seededRandom(seed))).flatMap(harmOf)).toEqual([]);
});

it('no kind of fault has the name of another one', () => {
  const names = KINDS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
