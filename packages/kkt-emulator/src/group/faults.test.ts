import { moscow, right, saleFor, shop } from '../kkt/kkt.testing';
import { fire } from './faults';
import type { Fault } from './faults';
import { internetShopGroup } from './internet-shop-group';
import type { InternetShop } from './internet-shop-group';
import type { GroupSnapshot } from './group-state';
import { createKktGroup, restoreKktGroup } from './kkt-group';
import type { KktGroup } from './kkt-group';

const start = moscow('2026-03-01T08:00:00');
const now = start + 60_000;
const groupWith = (faults: ReadonlyArray<Fault>, change: Partial<InternetShop> = {}): KktGroup => {
  const group = right(createKktGroup(right(internetShopGroup({ ...shop, ...change })), start));
  group.setFaults(faults, now);
  return group;
};
const sale = saleFor();
const [a, b] = right(internetShopGroup({ ...shop, units: 2 })).units.map(({ kkt }) => kkt.serial);

describe('conditions of a unit', () => {
  test.each([
    ['drive-full', 'memory-full'],
    ['key-expired', 'key-expired'],
  ] as const)('%s: another register takes over; alone it answers %s', (kind, rule) => {
    const two = groupWith([{ kind, unit: a ?? '' }], { units: 2 });
    two.submit('k', sale, now);
    two.submit('next', sale, now);
    two.advance(now + 5000);
    for (const key of ['k', 'next'])
      expect(two.result(key)).toMatchObject({ _tag: 'done', entry: { unit: b } });
    const alone = groupWith([{ kind }]);
    alone.submit('k', sale, now);
    alone.advance(now + 5000);
    expect(alone.result('k')).toMatchObject({
      _tag: 'failed',
      failure: { reason: 'refused', refusal: { rule } },
    });
    expect(alone.ledger.byKey('k')).toEqual([]);
  });

  test('an unreachable register gets nothing, and works when it is back', () => {
    const group = groupWith([{ kind: 'unit-unreachable' }]);
    group.submit('k', sale, now);
    group.advance(now + 100_000);
    expect(group.result('k')._tag).toBe('waiting');
    group.setFaults([], now + 100_000);
    group.advance(now + 110_000);
    expect(group.result('k')._tag).toBe('done');
  });

  test('a clock that goes back makes the drive refuse (ATOL 36)', () => {
    const group = groupWith([]);
    group.submit('k1', sale, now);
    group.advance(now + 5000);
    group.setFaults([{ kind: 'clock-offset', milliseconds: -3_600_000 }], now + 6000);
    group.submit('k2', sale, now + 7000);
    group.advance(now + 8000);
    expect(group.result('k2')).toMatchObject({ failure: { refusal: { rule: 'time-went-back' } } });
    group.setFaults([], now + 9000);
    group.submit('k3', sale, now + 9000);
    group.advance(now + 20_000);
    expect(group.result('k3')._tag).toBe('done');
  });
});

const outcomes = (kind: Fault['kind']) => {
  const group = groupWith([{ kind, key: 'k', times: 1 }]);
  group.submit('k', sale, now);
  group.submit('other', sale, now);
  group.advance(now + 10_000);
  return {
    result: group.result('k'),
    other: group.result('other')._tag,
    documents: group.ledger.byKey('k').length,
    faults: group.faults().length,
  };
};

describe('failures of single documents', () => {
  test('a device that fails before or after signing gives the same answer; the ledger knows the difference', () => {
    const before = outcomes('fails-before-signing');
    const after = outcomes('fails-after-signing');
    expect(before).toMatchObject({
      result: { _tag: 'failed', failure: { reason: 'device-failed' } },
      other: 'done',
      documents: 0,
      faults: 0,
    });
    expect(after).toMatchObject({ documents: 1, faults: 0 });
    expect(after.result).toEqual(before.result);
  });

  test('rejected though the document was made', () => {
    expect(outcomes('rejected-after-signing')).toMatchObject({
      result: { _tag: 'failed', failure: { reason: 'rejected' } },
      documents: 1,
    });
  });

  test('rejected and not made gives the same answer as rejected and made', () => {
    const before = outcomes('rejected-before-signing');
    expect(before).toMatchObject({
      result: { _tag: 'failed', failure: { reason: 'rejected' } },
      other: 'done',
      documents: 0,
    });
    expect(Object.keys(before.result)).toEqual(Object.keys(outcomes('rejected-after-signing').result));
  });

  test('never ends: taken from the queue, no document, no result, and the register goes on', () => {
    expect(outcomes('never-ends')).toEqual({
      result: { _tag: 'waiting', acceptedAt: now },
      other: 'done',
      documents: 0,
      faults: 0,
    });
  });

  test('late success: a failure that turns out to be a document', () => {
    const group = groupWith([{ kind: 'late-success', milliseconds: 30_000 }]);
    group.submit('k', sale, now);
    const early = group.advance(now + 30_000);
    expect(early).toMatchObject([{ id: 1, key: 'k', result: { failure: { reason: 'device-failed' } } }]);
    expect(group.ledger.byKey('k')).toHaveLength(1);
    expect(group.nextEventAt()).toBe(now + 31_000);
    const restored = restoreKktGroup(JSON.parse(JSON.stringify(group.snapshot())) as GroupSnapshot);
    for (const each of [group, restored]) {
      const done = { _tag: 'done', finishedAt: now + 31_000, entry: each.ledger.byKey('k')[0] };
      expect(each.advance(now + 31_000)).toMatchObject([{ id: 1, key: 'k', result: done }]);
      expect(each.result('k')).toMatchObject(done);
      expect(each.advance(now + 99_000)).toEqual([]);
    }
  });

  test('late success, asked for only afterwards, tells both in their order', () => {
    const group = groupWith([{ kind: 'late-success' }]);
    group.submit('k', sale, now);
    expect(group.advance(now + 600_000).map(({ result }) => result._tag)).toEqual(['failed', 'done']);
  });

  test('dropped as if it had waited too long', () => {
    expect(outcomes('queue-timeout')).toMatchObject({
      result: { _tag: 'failed', failure: { reason: 'queue-timeout' } },
      documents: 0,
    });
  });

  test('slow: the document exists before its result is known', () => {
    const group = groupWith([{ kind: 'slow', milliseconds: 30_000 }]);
    group.submit('k', sale, now);
    expect(group.advance(now + 20_000)).toEqual([]);
    expect(group.ledger.byKey('k')).toHaveLength(1);
    expect(group.result('k')).toEqual({ _tag: 'waiting', acceptedAt: now });
    expect(group.nextEventAt()).toBe(now + 31_000);
    expect(group.advance(now + 31_000)).toMatchObject([
      { key: 'k', result: { _tag: 'done', finishedAt: now + 31_000 } },
    ]);
  });

  test('results become known in the order of their time', () => {
    const group = groupWith([{ kind: 'slow', key: 'slow', milliseconds: 30_000 }]);
    group.submit('slow', sale, now);
    group.submit('quick', sale, now);
    expect(group.advance(now + 100_000).map(({ key }) => key)).toEqual(['quick', 'slow']);
  });
});

describe('faults of the memory of keys', () => {
  test('racy duplicates: a second submission while the first is unfinished makes a second document', () => {
    const group = groupWith([{ kind: 'racy-duplicates', times: 1 }]);
    group.submit('k', sale, now);
    expect(group.submit('k', sale, now)._tag).toBe('queued');
    expect(group.submit('k', sale, now)._tag).toBe('known');
    group.advance(now + 10_000);
    const made = group.ledger.byKey('k');
    expect(made).toHaveLength(2);
    expect(group.submit('k', sale, now + 10_000)).toMatchObject({ _tag: 'known', id: 2 });
    expect([1, 2].map((id) => group.resultOfSubmission(id))).toMatchObject(made.map((entry) => ({ entry })));
    expect(group.resultOfSubmission(3)).toEqual({ _tag: 'unknown' });
  });

  test('keys forgotten early let a second document through', () => {
    const group = groupWith([{ kind: 'forgets-keys', milliseconds: 3_600_000 }]);
    group.submit('k', sale, now);
    group.advance(now + 3_600_000);
    expect(group.submit('k', sale, now + 3_600_000)._tag).toBe('known');
    expect(group.submit('k', sale, now + 3_600_001)._tag).toBe('queued');
    group.advance(now + 3_700_000);
    expect(group.ledger.byKey('k')).toHaveLength(2);
  });
});

describe('switches', () => {
  const random = [1, 2, 3, 4] as const;
  test('concern only what they name', () => {
    const faults: ReadonlyArray<Fault> = [{ kind: 'slow', key: 'k', milliseconds: 1 }];
    expect(fire(faults, random, 'slow', { key: 'other' }).fired).toBeUndefined();
    expect(fire(faults, random, 'racy-duplicates', { key: 'k' }).fired).toBeUndefined();
    expect(fire(faults, random, 'slow', { key: 'k' }).fired).toEqual(faults[0]);
  });

  test('count down to the last firing', () => {
    const once = fire([{ kind: 'slow', times: 2 }], random, 'slow', {});
    expect(once.faults).toEqual([{ kind: 'slow', times: 1 }]);
    expect(fire(once.faults, random, 'slow', {}).faults).toEqual([]);
  });

  test('with a probability they are drawn from the seed', () => {
    const faults: ReadonlyArray<Fault> = [{ kind: 'slow', probability: 0.3 }];
    let state: Parameters<typeof fire>[1] = random;
    let fired = 0;
    for (let index = 0; index < 10_000; index += 1) {
      const firing = fire(faults, state, 'slow', {});
      state = firing.random;
      if (firing.fired !== undefined) fired += 1;
    }
    expect(Math.abs(fired / 10_000 - 0.3)).toBeLessThan(0.02);
    expect(fire([{ kind: 'slow', probability: 0 }], random, 'slow', {}).fired).toBeUndefined();
  });
});
