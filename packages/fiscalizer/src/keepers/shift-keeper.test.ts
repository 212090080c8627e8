import { NO_TOTALS } from '@cloud-kassa/core';
import type { Instant } from '@cloud-kassa/ffd';
import { DEVICE, HOUR, MINUTE, REGISTER, UNIT, keeperWorld, type KeeperWorld } from './keepers.testing';
import { NOW } from '../receipt.testing';

const DAY = 24 * HOUR;
/** The tests begin at 12:00 in Moscow; the day of the register ends after 12 hours less a second. */
const END_OF_DAY = 12 * HOUR - 1_000;

const typesIn = (world: KeeperWorld): ReadonlyArray<string> =>
  world.shifts().map(({ type }) => type.replace('shift.', ''));

const available = (world: KeeperWorld, availability: 'available' | 'unavailable' = 'available') =>
  world.device({
    type: 'RecordHealth',
    data: { now: world.now(), availability, units: [], allUnits: false },
  });

/** A world whose device has said that it can fiscalise. */
const ready = async (seed?: string, zone?: 2 | 11): Promise<KeeperWorld> => {
  const world = await keeperWorld(seed, zone);
  await available(world);
  return world;
};

describe('a shift is opened', () => {
  it('at the first need, not before (S13: no empty daily shifts)', async () => {
    const world = await ready();
    world.startShiftKeeper();
    const receiptId = await world.register(1);
    await world.run(HOUR);
    expect(world.shifts()).toEqual([]);
    await world.enqueue(receiptId);
    await world.run(HOUR + 1_000);
    expect(world.shifts()).toEqual([
      {
        type: 'shift.ShiftOpened',
        data: expect.objectContaining({
          registerId: REGISTER,
          number: 1,
          openedBy: 'keeper',
          deviceId: DEVICE,
        }),
      },
    ]);
    await world.enqueue(await world.register(2));
    await world.run(HOUR + MINUTE);
    expect(world.shifts()).toHaveLength(1);
  });

  it('only by a person where the policy says so', async () => {
    const world = await ready();
    world.startShiftKeeper({ open: 'by-person' });
    await world.enqueue(await world.register(1));
    await world.run(HOUR);
    expect(world.shifts()).toEqual([]);
  });

  it('only when the device says that it can fiscalise (S25); what is in the way is told', async () => {
    const world = await keeperWorld();
    const { keeper } = world.startShiftKeeper();
    await world.enqueue(await world.register(1));
    await world.run(MINUTE);
    const waiting = { registerId: REGISTER, since: NOW };
    expect(keeper.status()).toEqual({
      open: 0,
      waiting: [{ ...waiting, obstacles: ['not-seen'] }],
      parked: [],
    });
    await available(world, 'unavailable');
    await world.run(2 * MINUTE);
    expect(keeper.status().waiting).toEqual([{ ...waiting, obstacles: ['unavailable'] }]);
    expect(world.logged.filter(({ message }) => message.includes('can not be opened'))).toHaveLength(2);
    expect(world.shifts()).toEqual([]);
    await available(world);
    await world.run(3 * MINUTE);
    expect(typesIn(world)).toEqual(['ShiftOpened']);
    expect(keeper.status()).toEqual({ open: 1, waiting: [], parked: [] });
  });

  it('not for a register that is attached to no device', async () => {
    const world = await ready();
    await world.device({ type: 'DetachRegister', data: { now: NOW, registerId: REGISTER } });
    const { keeper } = world.startShiftKeeper();
    await world.enqueue(await world.register(1));
    await world.run(MINUTE);
    expect(world.shifts()).toEqual([]);
    expect(keeper.status().waiting).toMatchObject([{ obstacles: ['not-attached'] }]);
  });

  it('not for receipts that were cancelled or postponed before it could be, but for those that go on', async () => {
    const world = await keeperWorld();
    world.startShiftKeeper();
    const [cancelled, postponed] = [await world.register(1), await world.register(2)];
    for (const receiptId of [cancelled, postponed]) await world.enqueue(receiptId);
    const by = { now: NOW, by: 'someone', reason: 'a test' };
    await world.receipt(cancelled, { type: 'CancelReceipt', data: by });
    await world.receipt(postponed, { type: 'PostponeReceipt', data: { now: NOW, reason: 'policy' } });
    await available(world);
    await world.run(MINUTE);
    expect(world.shifts()).toEqual([]);
    await world.receipt(postponed, { type: 'ResumeReceipt', data: { now: world.now() } });
    await world.run(2 * MINUTE);
    expect(typesIn(world)).toEqual(['ShiftOpened']);
  });

  it('for a document that was made without one, but not for one of another day', async () => {
    for (const [startsAfter, opened] of [
      [HOUR, ['ShiftOpened']],
      [13 * HOUR, []],
    ] as const) {
      const world = await ready();
      const receiptId = await world.register(1);
      await world.enqueue(receiptId);
      await world.fiscalise(receiptId);
      await world.run(startsAfter);
      world.startShiftKeeper();
      await world.run(startsAfter + MINUTE);
      expect(typesIn(world)).toEqual(opened);
    }
  });
});

describe('a shift is closed', () => {
  it.each([
    [2, END_OF_DAY],
    // 21:00 in Kamchatka.
    [11, 3 * HOUR - 1_000],
  ] as const)(
    'at the end of the day in the zone of the register (zone %i), within seconds',
    async (zone, end) => {
      const world = await ready('zone', zone);
      world.startShiftKeeper();
      await world.enqueue(await world.register(1));
      await world.run(end - 100);
      expect(typesIn(world)).toEqual(['ShiftOpened']);
      await world.run(end + 3_000);
      expect(world.shifts()).toHaveLength(2);
      expect(world.shifts()[1]).toMatchObject({
        type: 'shift.ShiftClosed',
        data: { closedBy: 'keeper', late: false, forced: false, openReceipts: 0 },
      });
    },
  );

  it('by the other policy ten minutes before 24 hours are over', async () => {
    const world = await ready();
    world.startShiftKeeper({ close: 'before-limit' });
    await world.enqueue(await world.register(1));
    await world.run(DAY - 11 * MINUTE);
    expect(typesIn(world)).toEqual(['ShiftOpened']);
    await world.run(DAY - 9 * MINUTE);
    expect(typesIn(world)).toEqual(['ShiftOpened', 'ShiftClosed']);
  });

  it('by the keeper, if a person has opened it, and over open receipts: it waits for nothing', async () => {
    const world = await ready();
    world.state.openReceipts = 3;
    world.startShiftKeeper({ open: 'by-person' });
    await world.openShift('by-hand');
    await world.run(END_OF_DAY + MINUTE);
    expect(world.shifts()[1]).toMatchObject({
      type: 'shift.ShiftClosed',
      data: { shiftId: 'by-hand', closedBy: 'keeper', openReceipts: 3 },
    });
  });

  it('and none is opened on the days without a need (long idle periods, S13)', async () => {
    const world = await ready();
    world.startShiftKeeper();
    await world.enqueue(await world.register(1));
    await world.run(20 * DAY);
    expect(typesIn(world)).toEqual(['ShiftOpened', 'ShiftClosed']);
    await world.enqueue(await world.register(2));
    await world.run(21 * DAY);
    expect(typesIn(world)).toEqual(['ShiftOpened', 'ShiftClosed', 'ShiftOpened', 'ShiftClosed']);
  });

  it('and the next one is opened for what is fiscalised afterwards', async () => {
    const world = await ready();
    world.startShiftKeeper();
    const receiptId = await world.register(1);
    await world.enqueue(receiptId);
    await world.run(END_OF_DAY + MINUTE);
    expect(typesIn(world)).toEqual(['ShiftOpened', 'ShiftClosed']);
    await world.fiscalise(receiptId);
    await world.run(END_OF_DAY + 2 * MINUTE);
    expect(world.shifts()[2]).toMatchObject({ type: 'shift.ShiftOpened', data: { number: 2 } });
  });

  it('when the totals can be had: until then it is tried again', async () => {
    const world = await ready();
    world.state.totals = 'fail';
    world.startShiftKeeper();
    await world.enqueue(await world.register(1));
    await world.run(END_OF_DAY + 5 * MINUTE);
    expect(typesIn(world)).toEqual(['ShiftOpened']);
    world.state.totals = 'throw';
    await world.run(END_OF_DAY + 10 * MINUTE);
    expect(typesIn(world)).toEqual(['ShiftOpened']);
    world.state.totals = 'give';
    await world.run(END_OF_DAY + 11 * MINUTE);
    expect(typesIn(world)).toEqual(['ShiftOpened', 'ShiftClosed']);
  });

  it('late, at once, and says so, if the keeper was away over the limit', async () => {
    const world = await ready();
    await world.openShift('by-hand');
    await world.run(3 * DAY);
    world.startShiftKeeper();
    await world.run(3 * DAY + 1_000);
    expect(world.shifts()[1]).toMatchObject({ type: 'shift.ShiftClosed', data: { late: true } });
  });
});

describe('the shift of a unit', () => {
  it('that a document shows is recorded once, by the number of the unit or by its serial number', async () => {
    const world = await ready();
    await world.device({
      type: 'RecordHealth',
      data: {
        now: NOW,
        availability: 'available',
        units: [{ registrationNumber: UNIT, serial: '17' }],
        allUnits: true,
      },
    });
    world.startShiftKeeper();
    const documents = [
      { shiftNumber: 5, registrationNumber: UNIT },
      { shiftNumber: 5, kktSerial: '17' },
      { shiftNumber: 6, kktSerial: '17' },
      { shiftNumber: 7, kktSerial: '99' },
      {},
    ];
    for (const [number, document] of documents.entries()) {
      const receiptId = await world.register(number);
      await world.enqueue(receiptId);
      await world.run(world.kernel.now() + MINUTE);
      await world.fiscalise(receiptId, document);
      await world.run(world.kernel.now() + MINUTE);
    }
    expect(
      world
        .shifts()
        .flatMap(({ data }) => (data instanceof Object && 'kktShift' in data ? [data['kktShift']] : [])),
    ).toEqual([5, 6]);
  });
});

describe('a keeper of shifts', () => {
  it('survives a store without answers, and does what was due when it is back', async () => {
    const world = await ready();
    const { keeper } = world.startShiftKeeper();
    await world.run(MINUTE);
    world.state.isDown = true;
    await world.enqueue(await world.register(1));
    await world.run(HOUR);
    expect(keeper.status().open).toBe(0);
    world.state.isDown = false;
    await world.run(HOUR + 2 * MINUTE);
    expect(typesIn(world)).toEqual(['ShiftOpened']);
    world.state.isDown = true;
    await world.run(END_OF_DAY + HOUR);
    world.state.isDown = false;
    await world.run(END_OF_DAY + HOUR + 2 * MINUTE);
    expect(typesIn(world)).toEqual(['ShiftOpened', 'ShiftClosed']);
  });

  it('is stopped by its signal', async () => {
    const world = await ready();
    const { stop, ended } = world.startShiftKeeper();
    await world.enqueue(await world.register(1));
    world.kernel.schedule(MINUTE, stop);
    await world.kernel.complete(() => ended);
    expect(world.kernel.now()).toBeLessThan(MINUTE + 1_000);
    expect(typesIn(world)).toEqual(['ShiftOpened']);
  });

  it('leaves shifts that can not be read to a person, and tells of them', async () => {
    const world = await ready();
    const metadata = {
      correlationId: 'c',
      causationId: 'c',
      commandId: 'c',
      commandHash: 'h',
      actor: 'test',
      organisation: '-',
      at: NOW,
    };
    const event = { type: 'shift.ShiftOpened', version: 99, data: {}, metadata, hash: '0'.repeat(64) };
    world.log.write(`shift-${REGISTER}`, 'no-stream', [
      { ...event, eventId: '00000000-0000-5000-8000-000000000000' },
    ]);
    const { keeper } = world.startShiftKeeper();
    await world.enqueue(await world.register(1));
    await world.run(HOUR);
    expect(keeper.status().parked).toMatchObject([{ stream: `shift-${REGISTER}` }]);
    expect(world.shifts()).toHaveLength(1);
  });

  it('does nothing before it has read the log to its head', async () => {
    const world = await ready();
    await world.enqueue(await world.register(1));
    // Several pages lie between the need and the shift.
    for (let number = 2; number < 12; number += 1) await world.register(number);
    await world.openShift('by-hand');
    await world.shift({
      type: 'CloseShift',
      data: {
        now: NOW,
        shiftId: 'by-hand',
        closedBy: 'person',
        totals: NO_TOTALS,
        upToPosition: '1',
        openReceipts: 0,
      },
    });
    world.startShiftKeeper();
    await world.run(HOUR);
    expect(typesIn(world)).toEqual(['ShiftOpened', 'ShiftClosed']);
  });

  it('that does not hear of what another one has done gives the same commands, and they change nothing', async () => {
    const world = await ready();
    world.startShiftKeeper();
    await world.run(MINUTE);
    const isStalled = () => world.kernel.now() > 2 * MINUTE + 5 && world.kernel.now() < DAY;
    world.startShiftKeeper({}, isStalled);
    await world.run(2 * MINUTE);
    await world.enqueue(await world.register(1));
    await world.run(2 * DAY);
    expect(typesIn(world)).toEqual(['ShiftOpened', 'ShiftClosed']);
  });

  it('that is killed at any moment leaves nothing that its next life would not finish, or do twice', async () => {
    for (let atMs = 0; atMs < 400; atMs += 10) {
      const world = await ready(`crash ${atMs}`);
      const first = world.startShiftKeeper();
      await world.run(END_OF_DAY - HOUR);
      await world.enqueue(await world.register(1));
      await world.run(END_OF_DAY - HOUR + atMs);
      first.runtime.crash();
      const second = world.startShiftKeeper();
      await world.run(END_OF_DAY + atMs * 5);
      second.runtime.crash();
      world.startShiftKeeper();
      await world.run(2 * DAY);
      expect(typesIn(world)).toEqual(['ShiftOpened', 'ShiftClosed']);
    }
  });
});

interface Fact {
  readonly at: Instant;
  readonly what: 'need' | 'document' | 'opened' | 'closed';
  readonly late?: boolean;
}

/** What happened to the register, in the order of the log. */
const factsOf = ({ log }: KeeperWorld): ReadonlyArray<Fact> =>
  log.events.flatMap(({ type, data, metadata }): ReadonlyArray<Fact> => {
    const at = metadata.at as Instant;
    switch (type) {
      case 'receipt.Enqueued':
        return [{ at, what: 'need' }];
      case 'receipt.Fiscalized':
        return [{ at, what: 'document' }];
      case 'shift.ShiftOpened':
        return [{ at, what: 'opened' }];
      case 'shift.ShiftClosed':
        return [
          { at, what: 'closed', late: data instanceof Object && 'late' in data && data['late'] === true },
        ];
      default:
        return [];
    }
  });

/** What must not happen to a register. */
const wrongAmong = (facts: ReadonlyArray<Fact>): ReadonlyArray<string> => {
  const wrong: string[] = [];
  let isOpen = false;
  let isNeeded = false;
  for (const { at, what, late } of facts) {
    if (what === 'opened') {
      if (isOpen) wrong.push(`${at} opened twice`);
      if (!isNeeded) wrong.push(`${at} opened in vain`);
      isOpen = true;
      isNeeded = false;
    } else if (what === 'closed') {
      if (!isOpen) wrong.push(`${at} closed twice`);
      if (late === true) wrong.push(`${at} closed late`);
      isOpen = false;
    } else if (!isOpen) isNeeded = true;
  }
  return wrong;
};

describe('two keepers of shifts over a week of crashes, silence of the store and of the device', () => {
  it.each(Array.from({ length: 12 }, (_, seed) => seed))(
    'open no shift in vain, never two, and close each in time (seed %i)',
    async (seed) => {
      const world = await ready(`week ${seed}`);
      const { random } = world.kernel;
      const keepers = [world.startShiftKeeper(), world.startShiftKeeper()];
      for (let step = 1; step <= 120; step += 1) {
        const which = random.integer(2);
        switch (random.integer(7)) {
          case 0:
            keepers[which]?.runtime.crash();
            keepers[which] = world.startShiftKeeper();
            break;
          case 1:
            // Never for longer than the margin before the limit.
            world.state.isDown = true;
            await world.run(world.kernel.now() + random.integer(5 * MINUTE));
            world.state.isDown = false;
            break;
          case 2:
            await available(world, random.integer(3) === 0 ? 'unavailable' : 'available');
            break;
          case 3: {
            const receiptId = await world.register(step);
            await world.enqueue(receiptId);
            await world.run(world.kernel.now() + random.integer(10_000));
            await world.fiscalise(receiptId);
            break;
          }
        }
        await world.run(world.kernel.now() + random.integer(2 * HOUR));
      }
      const facts = factsOf(world);
      expect(facts.filter(({ what }) => what === 'opened').length).toBeGreaterThan(1);
      expect(wrongAmong(facts)).toEqual([]);
      await available(world);
      await world.enqueue(await world.register(0));
      await world.run(world.kernel.now() + 2 * MINUTE);
      const last = factsOf(world).findLast(({ what }) => what === 'opened' || what === 'closed');
      expect(last?.what).toBe('opened');
    },
  );
});
