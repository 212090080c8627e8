import { seededRandom } from '@cloud-kassa/runtime';
import { BREACHES } from './assumption';
import { HARMLESS_FAULTS } from './harmless-faults';
import { planOf } from './plan';

const plan = (seed: string, kills: number) => planOf(seededRandom(seed), kills);

it('follows from the seed alone', () => {
  expect(plan('one', 100)).toEqual(plan('one', 100));
  expect(plan('one', 100)).not.toEqual(plan('other', 100));
});

it('six kills are enough to kill everybody alone and together, a hundred to set every kind of fault', () => {
  const victims = plan('short', 6).map((round) => round.victims.join(' '));
  expect(victims.toSorted()).toEqual([
    'emulator',
    'emulator worker-1',
    'emulator worker-1 worker-2',
    'worker-1',
    'worker-1 worker-2',
    'worker-2',
  ]);
  const kinds = new Set(plan('long', 100).flatMap(({ faults }) => faults));
  expect(kinds.size).toBe(HARMLESS_FAULTS.length);
});

it('a point inside a process belongs to one of those that die', () => {
  for (const { victims, moment } of plan('inside', 200)) {
    if (moment.at !== 'inside') continue;
    const { victim, death } = moment;
    expect(victims).toContain(victim);
    expect(death.point.startsWith('request-written') || death.point.startsWith('answer-read')).toBe(
      victim !== 'emulator',
    );
  }
});

it('a breach stands before all other faults of every round, for the first that is due strikes', () => {
  const { faults } = BREACHES['keys-forgotten'];
  for (const { lines } of planOf(seededRandom('breach'), 20, BREACHES['keys-forgotten']))
    expect(lines.slice(0, faults.length)).toEqual(faults);
});
