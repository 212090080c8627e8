import type { Availability } from '@cloud-kassa/provider';
import { HOUR, MINUTE, REGISTER, UNIT, keeperWorld, type KeeperWorld } from './keepers.testing';
import { NOW } from '../receipt.testing';

const DRIVE = '7380440902582955';

const healthIn = ({ log }: KeeperWorld): ReadonlyArray<unknown> =>
  log.events.flatMap(({ type, data }) =>
    type === 'clouddevice.HealthRecorded' && typeof data === 'object' && 'availability' in data
      ? [data['availability']]
      : [],
  );

const withShift = (shiftNumber: number): Availability => ({
  _tag: 'Available',
  units: [{ registrationNumber: UNIT, fn: DRIVE, shiftNumber, shiftOpenedAt: '2026-03-02T11:00:00' }],
});

describe('keeper of health', () => {
  it('asks a device that was never seen at once, then about every 5 minutes, and records only what changes', async () => {
    const world = await keeperWorld();
    world.startHealthKeeper();
    await world.run(1_000);
    expect(healthIn(world)).toEqual(['available']);
    await world.run(2 * HOUR);
    expect(world.state.asks).toBeGreaterThanOrEqual(20);
    expect(world.state.asks).toBeLessThanOrEqual(31);
    expect(healthIn(world)).toEqual(['available']);
  });

  it('notices a device that is registered later, within a second', async () => {
    const world = await keeperWorld();
    const devices = world.devices();
    world.devices = () => [];
    world.startHealthKeeper();
    await world.run(MINUTE);
    expect(world.state.asks).toBe(0);
    world.devices = () => devices;
    await world.run(MINUTE + 1_100);
    expect(healthIn(world)).toEqual(['available']);
  });

  it('asks a device that is not available again soon, and records when it is', async () => {
    const world = await keeperWorld();
    world.state.answer = () => ({ _tag: 'Unreachable' });
    world.startHealthKeeper();
    await world.run(20_000);
    expect(world.state.asks).toBeGreaterThanOrEqual(2);
    world.state.answer = () => ({ _tag: 'Available', units: [] });
    await world.run(MINUTE);
    expect(healthIn(world)).toEqual(['unreachable', 'available']);
  });

  it('does not ask a device that is retired', async () => {
    const world = await keeperWorld();
    await world.device({ type: 'DetachRegister', data: { now: NOW, registerId: REGISTER } });
    await world.device({ type: 'RetireDevice', data: { now: NOW, unsettledReceipts: 0 } });
    world.startHealthKeeper();
    await world.run(HOUR);
    expect(world.state.asks).toBe(0);
  });

  it('takes an answer that does not come for none', async () => {
    const world = await keeperWorld();
    world.state.answer = () => new Promise(() => undefined);
    world.startHealthKeeper({ timeoutMs: 10_000 });
    await world.run(9_000);
    expect(healthIn(world)).toEqual([]);
    await world.run(11_000);
    expect(healthIn(world)).toEqual(['unreachable']);
  });

  it('survives an adapter that throws, and tells only the kind of the error', async () => {
    const world = await keeperWorld();
    world.state.answer = () => {
      throw new TypeError('the secret is 123');
    };
    world.startHealthKeeper();
    await world.run(MINUTE);
    expect(JSON.stringify(world.logged)).toContain('TypeError');
    expect(JSON.stringify(world.logged)).not.toContain('123');
    world.state.answer = () => ({ _tag: 'Available', units: [] });
    await world.run(10 * MINUTE);
    expect(healthIn(world)).toEqual(['available']);
  });

  it('survives a store without answers, and records when it is back', async () => {
    const world = await keeperWorld();
    world.state.isDown = true;
    world.startHealthKeeper();
    await world.run(10 * MINUTE);
    expect(healthIn(world)).toEqual([]);
    world.state.isDown = false;
    await world.run(20 * MINUTE);
    expect(healthIn(world)).toEqual(['available']);
  });

  it('is stopped by its signal, also in the middle of an ask, and then says nothing of the device', async () => {
    const world = await keeperWorld();
    world.state.answer = () => new Promise(() => undefined);
    const { stop, ended } = world.startHealthKeeper();
    world.kernel.schedule(5_000, stop);
    await world.kernel.complete(() => ended);
    expect(world.kernel.now()).toBe(5_000);
    expect(healthIn(world)).toEqual([]);
  });

  it('records the shift of a unit in the book-keeping shift that is open, once, however many keepers there are', async () => {
    const world = await keeperWorld();
    world.state.answer = () => withShift(7);
    world.startHealthKeeper();
    world.startHealthKeeper();
    await world.run(MINUTE);
    expect(world.shifts()).toEqual([]);
    await world.openShift('shift-1');
    await world.run(HOUR);
    const observed = { shiftId: 'shift-1', registrationNumber: UNIT, drive: DRIVE, kktShift: 7 };
    expect(world.shifts()).toEqual([
      { type: 'shift.ShiftOpened', data: expect.anything() },
      { type: 'shift.KktShiftObserved', data: expect.objectContaining(observed) },
    ]);
    world.state.answer = () => withShift(8);
    await world.run(2 * HOUR);
    expect(world.shifts()).toHaveLength(3);
  });

  it('that is killed between two steps leaves nothing behind that a later life would not finish', async () => {
    for (let atMs = 10; atMs < 300; atMs += 10) {
      const world = await keeperWorld(`crash ${atMs}`);
      await world.device({
        type: 'RecordHealth',
        data: { now: NOW, availability: 'available', units: [], allUnits: false },
      });
      await world.openShift('shift-1');
      world.state.answer = () => withShift(7);
      const { runtime } = world.startHealthKeeper({ everyMs: 50 });
      await world.run(atMs);
      runtime.crash();
      world.startHealthKeeper();
      await world.run(10 * MINUTE);
      expect(world.shifts().map(({ type }) => type)).toEqual(['shift.ShiftOpened', 'shift.KktShiftObserved']);
    }
  });
});
