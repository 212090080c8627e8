import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';
import type { FaultScript } from '../faults/fault-script';
import { internetShopGroup } from '../group/internet-shop-group';
import { moscow, right, saleFor, shop } from '../kkt/kkt.testing';
import { groupLedgerLine } from '../ledger/ledger-line';
import { memoryStorage } from '../storage/memory-storage';
import type { EmulatorStorage } from '../storage/storage';
import { machineOn } from './machine';
import type { Machine } from './machine';
import { restore } from './restore';

const start = moscow('2026-03-01T08:00:00');
const groups = ['a', 'b'] as const;
const keys = ['k1', 'k2', 'k3', 'k4', 'k5'];

/** A machine on a storage, at a clock that the test moves. */
const machineOf = async (storage: EmulatorStorage, clock: { now: number }): Promise<Machine> => {
  let ids = clock.now;
  const machine = machineOn(right(await restore(storage)), {
    wall: () => clock.now,
    newId: () => `receipt-${(ids += 1)}`,
    storage,
    snapshotAfter: 5000,
    scheduled: () => undefined,
  });
  for (const [index, id] of groups.entries()) {
    if (machine.groups().some((room) => room.id === id)) continue;
    const settings = right(internetShopGroup({ ...shop, firstNumber: index * 10 + 1, units: 2, seed: id }));
    right(machine.createGroup(id, settings));
  }
  return machine;
};

type Step =
  | { readonly do: 'submit'; readonly group: 'a' | 'b'; readonly key: string; readonly sign: number }
  | { readonly do: 'wait'; readonly by: number }
  | { readonly do: 'faults'; readonly script: FaultScript; readonly keep: boolean }
  | { readonly do: 'strike'; readonly key: string }
  | { readonly do: 'close-shift'; readonly group: 'a' | 'b' }
  | { readonly do: 'move'; readonly by: number }
  | { readonly do: 'credentials'; readonly wrong: boolean }
  | { readonly do: 'restart' };

const script: fc.Arbitrary<FaultScript> = fc.record({
  http: fc.array(
    fc.record({
      do: fc.constant('reset-after' as const),
      when: fc.record({ nth: fc.integer({ min: 1, max: 3 }) }, { requiredKeys: [] }),
    }),
    { maxLength: 2 },
  ),
  devices: fc.array(
    fc.record({
      fault: fc.record({
        kind: fc.constantFrom(
          'racy-duplicates' as const,
          'late-success' as const,
          'slow' as const,
          'never-ends' as const,
          'fails-after-signing' as const,
          'rejected-after-signing' as const,
          'unit-unreachable' as const,
        ),
        probability: fc.constant(0.5),
        milliseconds: fc.constant(4000),
      }),
    }),
    { maxLength: 2 },
  ),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('submit' as const),
      group: fc.constantFrom(...groups),
      key: fc.constantFrom(...keys),
      sign: fc.constantFrom(1, 2),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      by: fc.constantFrom(-5000, 100, 1000, 9000, 200_000, 20 * 3_600_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('faults' as const), script, keep: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('strike' as const), key: fc.constantFrom(...keys) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('close-shift' as const), group: fc.constantFrom(...groups) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('move' as const), by: fc.constantFrom(1000, 90_000_000) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('credentials' as const), wrong: fc.boolean() }) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: 'restart' }) },
);

const take = (machine: Machine, clock: { now: number }, each: Step): unknown => {
  switch (each.do) {
    case 'submit': {
      const room = machine.group(each.group);
      const request = { ...saleFor(), settlementSign: each.sign };
      return room === undefined ? undefined : machine.submit(room, each.key, `digest-${each.sign}`, request);
    }
    case 'wait':
      clock.now += each.by;
      return machine.now();
    case 'faults':
      return machine.setFaults(each.script, each.keep);
    case 'strike':
      return machine.strike(() => ({ operation: 'submit', key: each.key, layer: 'outer' }));
    case 'close-shift': {
      const unit = machine.group(each.group)?.registers.units()[0]?.serial ?? '';
      return machine.operate(each.group, unit, { kind: 'close-shift' });
    }
    case 'move':
      return machine.moveClock(each.by);
    case 'credentials':
      return machine.credentials(
        each.wrong
          ? { kind: 'wrong-credentials', account: 'x', limit: { attempts: 2, blockedMinutes: 30 } }
          : { kind: 'revoke-token', token: 't', until: machine.now() + 60_000 },
      );
    case 'restart':
      return undefined;
  }
};

const story = (machine: Machine): unknown => {
  machine.advance();
  return {
    now: machine.now(),
    faults: machine.standingFaults().faults.map(({ fault, left }) => [fault, left]),
    accounts: [...machine.accounts().states, ...machine.accounts().revoked],
    groups: machine.groups().map(({ id, registers, byId }) => ({
      id,
      documents: registers.ledger.entries().map((entry) => groupLedgerLine(id, entry)),
      results: Array.from(byId.values(), (receipt) => [
        receipt,
        registers.resultOfSubmission(receipt.submission),
        registers.result(receipt.key),
      ]),
      units: registers.units(),
      faults: registers.faults(),
    })),
  };
};

fc.configureGlobal({ seed: 71, numRuns: 25 });

describe('an emulator is the calls that were stored', () => {
  property.prop([fc.array(step, { minLength: 5, maxLength: 40 })])(
    'killed and started again at any moment it is as it was',
    async (steps) => {
      const clock = { now: start };
      const storage = memoryStorage();
      let machine = await machineOf(storage, clock);
      for (const each of steps) {
        if (each.do === 'restart') {
          const before = story(machine);
          machine = await machineOf(storage, clock);
          expect(story(machine)).toEqual(before);
        } else take(machine, clock, each);
      }
      const last = story(machine);
      expect(story(await machineOf(storage, clock))).toEqual(last);
    },
  );
});

test('snapshots are taken by and by, and restore what the calls would have', async () => {
  const clock = { now: start };
  const storage = memoryStorage();
  const machine = await machineOf(storage, clock);
  const room = machine.group('a');
  if (room === undefined) throw new Error('no group');
  for (let number = 0; number < 5010; number += 1) machine.submit(room, `key-${number}`, '', saleFor());
  machine.setFaults({ http: [], devices: [{ fault: { kind: 'late-success', milliseconds: 5000 } }] }, false);
  expect(storage.callsSinceSnapshot()).toBeLessThan(100);
  clock.now += 60_000;
  machine.advance();
  await machine.settled();
  expect(story(await machineOf(storage, clock))).toEqual(story(machine));
});

test('its time is the wall clock and never goes back', async () => {
  const clock = { now: start };
  const storage = memoryStorage();
  const machine = await machineOf(storage, clock);
  machine.moveClock(3_600_000);
  expect(machine.now()).toBe(start + 3_600_000);
  clock.now -= 10_000;
  expect(machine.now()).toBe(start + 3_600_000);
  expect((await machineOf(storage, clock)).now()).toBe(start + 3_600_000);
  clock.now += 20_000;
  expect(machine.now()).toBe(start + 3_610_000);
});

test('a result that was seen is not gone when the wall clock goes back between two lives', async () => {
  const clock = { now: start };
  const storage = memoryStorage();
  const machine = await machineOf(storage, clock);
  const room = machine.group('a');
  if (room === undefined) throw new Error('no group');
  machine.submit(room, 'k', '', saleFor());
  clock.now += 60_000;
  expect(machine.group('a')?.registers.result('k')._tag).toBe('done');
  clock.now = start;
  expect((await machineOf(storage, clock)).group('a')?.registers.result('k')._tag).toBe('done');
});

test('a document that the ledger showed is not gone either, though its result was not known yet', async () => {
  const clock = { now: start };
  const storage = memoryStorage();
  const machine = await machineOf(storage, clock);
  const room = machine.group('a');
  if (room === undefined) throw new Error('no group');
  machine.setFaults({ http: [], devices: [{ fault: { kind: 'slow', milliseconds: 600_000 } }] }, false);
  machine.submit(room, 'k', '', saleFor());
  clock.now += 60_000;
  expect(machine.group('a')?.registers.ledger.byKey('k')).toHaveLength(1);
  expect(machine.group('a')?.registers.result('k')._tag).toBe('waiting');
  clock.now = start;
  expect((await machineOf(storage, clock)).group('a')?.registers.ledger.byKey('k')).toHaveLength(1);
});

test('a fault that waits for its n-th request goes on counting after a restart', async () => {
  const clock = { now: start };
  const storage = memoryStorage();
  const strikeOf = (machine: Machine): string =>
    machine.strike(() => ({ operation: 'submit', layer: 'outer' }))?.do ?? 'none';
  const first = await machineOf(storage, clock);
  first.setFaults({ http: [{ do: 'reset-after', when: { nth: 3 } }], devices: [] }, false);
  expect([strikeOf(first), strikeOf(first)]).toEqual(['none', 'none']);
  const second = await machineOf(storage, clock);
  expect([strikeOf(second), strikeOf(second)]).toEqual(['reset-after', 'none']);
  expect(strikeOf(await machineOf(storage, clock))).toBe('none');
});

test('a group whose registers are refused is not created', async () => {
  const machine = await machineOf(memoryStorage(), { now: start });
  const settings = right(internetShopGroup(shop));
  const twice = { ...settings, units: [...settings.units, ...settings.units] };
  expect(E.isLeft(machine.createGroup('c', twice))).toBe(true);
  expect(machine.groups().map(({ id }) => id)).toEqual(['a', 'b']);
});
