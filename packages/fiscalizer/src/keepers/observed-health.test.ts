import type { CloudDevice } from '@cloud-kassa/core';
import type { Availability, UnitState } from '@cloud-kassa/provider';
import { DEVICE, UNIT, keeperWorld } from './keepers.testing';
import { observedHealth } from './observed-health';
import { NOW } from '../receipt.testing';

const SERIAL = '0000000000001358';
const DRIVE = '7380440902582955';

/** The device of the test in zone 11 (UTC+12), with the units given. */
const deviceWith = async (
  ...units: ReadonlyArray<{ readonly serial?: string; readonly drive?: string }>
): Promise<CloudDevice> => {
  const world = await keeperWorld('observed', 11);
  if (units.length > 0)
    await world.device({
      type: 'RecordHealth',
      data: {
        now: NOW,
        availability: 'available',
        allUnits: true,
        units: units.map(({ serial, drive }, index) => ({
          registrationNumber: UNIT.slice(0, 15) + String(index),
          ...(serial === undefined ? {} : { serial }),
          ...(drive === undefined ? {} : { drive: { serial: drive } }),
        })),
      },
    });
  const [device] = world.devices();
  if (device === undefined) throw new Error(DEVICE);
  return device;
};

const available = (...units: ReadonlyArray<UnitState>): Availability => ({ _tag: 'Available', units });

describe('what a provider tells of a device', () => {
  it.each<readonly [Availability, string]>([
    [available(), 'available'],
    [{ _tag: 'NotAvailable', why: 'SHIFT_CLOSED', units: [] }, 'unavailable'],
    [{ _tag: 'NotAvailable', why: 'payment', units: [] }, 'unavailable'],
    [{ _tag: 'NotAvailable', why: 'credentials', units: [] }, 'unauthorised'],
    [{ _tag: 'Unreachable' }, 'unreachable'],
    [{ _tag: 'Unreachable', note: { status: 503, code: 'gateway-answer' } }, 'unreachable'],
    [{ _tag: 'Unreachable', note: { status: 401 } }, 'unauthorised'],
    [{ _tag: 'Unreachable', note: { code: 'no-secret' } }, 'unauthorised'],
  ])('is taken for a class of availability: %j is %s', async (answer, availability) => {
    expect(observedHealth(answer, await deviceWith())).toEqual({ availability, units: [], allUnits: false });
  });

  it('has its times without a zone read in the zone of the device (times of a provider, UTC+12)', async () => {
    const answer = available({
      registrationNumber: UNIT,
      serial: SERIAL,
      fn: DRIVE,
      keyExpiresOn: '2027-05-31',
      documents: 17,
      unsent: 2,
      firstUnsentAt: '2026-03-02T12:00:00',
      shiftNumber: 5,
      shiftOpenedAt: '2026-03-02 09:00:00',
    });
    expect(observedHealth(answer, await deviceWith()).units).toEqual([
      {
        registrationNumber: UNIT,
        serial: SERIAL,
        drive: { serial: DRIVE, keyExpiresOn: '2027-05-31', documents: 17 },
        unsent: { documents: 2, since: '2026-03-02T00:00:00.000Z' },
        shift: { number: 5, open: true, openedAt: '2026-03-01T21:00:00.000Z' },
      },
    ]);
  });

  it('names a unit by the serial number under which it was seen, and keeps the drive that is known of it', async () => {
    const device = await deviceWith({ serial: SERIAL, drive: DRIVE }, { serial: '0000000000001359' });
    const { units, allUnits } = observedHealth(available({ serial: SERIAL, documents: 3 }), device);
    const [first] = device.units.keys();
    expect(units).toEqual([
      { registrationNumber: first, serial: SERIAL, drive: { serial: DRIVE, documents: 3 } },
    ]);
    expect(allUnits).toBe(true);
  });

  it('leaves out units that have no name, and then concludes nothing about those that are not mentioned', async () => {
    const answer = available({ registrationNumber: UNIT }, { serial: SERIAL });
    expect(observedHealth(answer, await deviceWith())).toMatchObject({
      units: [{ registrationNumber: UNIT }],
      allUnits: false,
    });
  });

  it('is a list of all units only where it is one', async () => {
    expect(observedHealth(available({ registrationNumber: UNIT }), await deviceWith()).allUnits).toBe(true);
    expect(observedHealth(available(), await deviceWith()).allUnits).toBe(false);
  });

  it('leaves out counts and times that are none, so that the rest is recorded', async () => {
    const answer = available({
      registrationNumber: UNIT,
      fn: DRIVE,
      keyExpiresOn: 'soon',
      documents: -1,
      unsent: 1.5,
      firstUnsentAt: 'long ago',
      shiftNumber: Number.NaN,
    });
    expect(observedHealth(answer, await deviceWith()).units).toEqual([
      { registrationNumber: UNIT, drive: { serial: DRIVE } },
    ]);
  });

  it('says of a shift without a time only its number, and of number 0 that there was none yet', async () => {
    const device = await deviceWith();
    const shiftOf = (shiftNumber: number) =>
      observedHealth(available({ registrationNumber: UNIT, shiftNumber }), device).units[0]?.shift;
    expect(shiftOf(4)).toEqual({ number: 4, open: true });
    expect(shiftOf(0)).toEqual({ number: 0, open: false });
  });

  it('takes the later of two descriptions of one unit', async () => {
    const answer = available(
      { registrationNumber: UNIT, shiftNumber: 1 },
      { registrationNumber: UNIT, shiftNumber: 2 },
    );
    expect(observedHealth(answer, await deviceWith()).units).toHaveLength(1);
  });
});
