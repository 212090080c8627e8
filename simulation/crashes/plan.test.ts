import { seededRandom } from '@cloud-kassa/runtime';
import { BREACHES } from './assumption';
import { HARMLESS_FAULTS } from './harmless-faults';
import { NO_SERVER, SERVER_VICTIMS, planOf } from './plan';
import { harmlessStoreFaults } from './harmless-store-faults';

const plan = (seed: string, kills: number) => planOf(seededRandom(seed), { kills, store: NO_SERVER });

const STORE_FAULTS = harmlessStoreFaults(2113);
const SERVER = { victims: SERVER_VICTIMS, faults: STORE_FAULTS };
const planWithServer = (seed: string, kills: number) => planOf(seededRandom(seed), { kills, store: SERVER });

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

it('a store in files is neither killed nor struck', () => {
  for (const { victims, storeFaults } of plan('files', 100)) {
    expect(victims).not.toContain('store');
    expect(storeFaults).toEqual([]);
  }
});

it('eight kills are enough to kill the server of a store with everybody, a hundred to set every kind of its faults', () => {
  const victims = planWithServer('short', SERVER_VICTIMS.length).map((round) => round.victims);
  expect(victims).toHaveLength(8);
  expect(new Set(victims)).toEqual(new Set(SERVER_VICTIMS));
  const long = planWithServer('long', 100);
  const kinds = new Set(long.flatMap(({ faults }) => faults));
  expect(kinds.size).toBe(HARMLESS_FAULTS.length + STORE_FAULTS.length);
  for (const { storeFaults } of long) expect(storeFaults.length).toBeGreaterThan(0);
});

it('calls of a store stand still only where the store dies, before and after their work is done', () => {
  const points = new Set<string>();
  for (const { victims, moment } of planWithServer('standstill', 200)) {
    if (moment.at !== 'standstill') continue;
    expect(victims).toContain('store');
    points.add(`${moment.calls.on} ${moment.calls.point}`);
  }
  expect([...points].toSorted()).toEqual([
    'append after',
    'append before',
    'read-stream after',
    'read-stream before',
    'subscribe-all before',
  ]);
});

it('a breach stands before all other faults of every round, for the first that is due strikes', () => {
  const { faults } = BREACHES['keys-forgotten'];
  for (const { lines } of planOf(seededRandom('breach'), {
    kills: 20,
    store: NO_SERVER,
    breach: BREACHES['keys-forgotten'],
  }))
    expect(lines.slice(0, faults.length)).toEqual(faults);
});
