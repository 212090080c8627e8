import type { Instant } from '@cloud-kassa/ffd';
import { at, date, OURS, proven } from '../values.testing';
import type { CloudDeviceState, KktUnit, RecordHealth, UnitHealth } from '.';
import { CLOUD_DEVICE, decideCloudDevice, unitHealth } from '.';

const NOW = at('2026-01-15T09:00:00.000Z');
const MOSCOW = 2;

const of = (unit: Partial<KktUnit>, now: Instant = NOW): UnitHealth =>
  unitHealth({ registrationNumber: '1', ...unit }, now, MOSCOW);
const ofKey = (keyExpiresOn: string, now?: Instant) =>
  of({ drive: { serial: '1', keyExpiresOn: date(keyExpiresOn) } }, now).key;
const ofDocuments = (documents: number) => of({ drive: { serial: '1', documents } }).documents;
const ofUnsent = (since: string, documents = 1) => of({ unsent: { documents, since: at(since) } }).unsent;

describe('the classes of a unit', () => {
  it('key of the drive: warning below 30 days (tag 1050), critical below 3 (tag 1051), expired after its last day', () => {
    expect(ofKey('2026-02-14')).toBe('good');
    expect(ofKey('2026-02-13')).toBe('warning');
    expect(ofKey('2026-01-18')).toBe('warning');
    expect(ofKey('2026-01-17')).toBe('critical');
    expect(ofKey('2026-01-15')).toBe('critical');
    expect(ofKey('2026-01-14')).toBe('expired');
  });

  it("counts the days of a key in the device's zone", () => {
    expect(ofKey('2026-01-15', at('2026-01-15T20:59:59.999Z'))).toBe('critical');
    expect(ofKey('2026-01-15', at('2026-01-15T21:00:00.000Z'))).toBe('expired');
  });

  it('documents of the drive: warning from 90 %, critical above 99 % (tag 1052), full at 250 000', () => {
    expect(ofDocuments(224_999)).toBe('good');
    expect(ofDocuments(225_000)).toBe('warning');
    expect(ofDocuments(247_500)).toBe('warning');
    expect(ofDocuments(247_501)).toBe('critical');
    expect(ofDocuments(249_999)).toBe('critical');
    expect(ofDocuments(250_000)).toBe('full');
  });

  it('unsent documents: warning after 2 days (tag 1053), stop from 25, refused by the drive from 30', () => {
    expect(ofUnsent('2026-01-13T09:00:00.000Z')).toBe('good');
    expect(ofUnsent('2026-01-13T08:59:59.999Z')).toBe('warning');
    expect(ofUnsent('2025-12-21T09:00:00.001Z')).toBe('warning');
    expect(ofUnsent('2025-12-21T09:00:00.000Z')).toBe('stop');
    expect(ofUnsent('2025-12-16T09:00:00.000Z')).toBe('blocked');
    expect(ofUnsent('2025-01-01T00:00:00.000Z', 0)).toBe('good');
    expect(of({ unsent: { documents: 2 } }).unsent).toBe('unknown');
  });

  it('first unsent document of 2026-01-01, a new receipt on day 31: refused by the drive (54-FZ, delivery within 30 days)', () => {
    expect(
      of({ unsent: { documents: 1, since: at('2026-01-01T00:00:00.000Z') } }, at('2026-01-31T00:00:00.000Z'))
        .unsent,
    ).toBe('blocked');
  });

  it('the shift of the unit is overdue after 24 hours', () => {
    const shift = (openedAt: string, open = true) =>
      of({ shift: { number: 1, open, openedAt: at(openedAt) } }).shift;
    expect(shift('2026-01-14T09:00:00.000Z')).toBe('good');
    expect(shift('2026-01-14T08:59:59.999Z')).toBe('overdue');
    expect(shift('2026-01-01T00:00:00.000Z', false)).toBe('good');
    expect(of({ shift: { number: 1, open: true } }).shift).toBe('unknown');
  });

  it('nothing told is unknown, not good', () => {
    expect(of({})).toEqual({ key: 'unknown', documents: 'unknown', unsent: 'unknown', shift: 'unknown' });
  });
});

const DEVICE: CloudDeviceState = proven(
  decideCloudDevice(
    {
      type: 'RegisterDevice',
      data: {
        now: NOW,
        deviceId: 'main',
        title: 'main',
        use: 'shared',
        dedupDomain: 'd',
        connection: {
          provider: 'one-c',
          environment: 'test',
          baseUrl: 'https://a.ru',
          parameters: {},
          secretRef: 'env:A',
        },
        registration: {
          organisation: OURS,
          taxations: [1],
          ffd: '1.2',
          internetOnly: true,
          zone: MOSCOW,
        },
      },
    },
    undefined,
  ),
).reduce(CLOUD_DEVICE.evolve, CLOUD_DEVICE.initial);

const UNIT: KktUnit = {
  registrationNumber: '0000000400037789',
  serial: '1358',
  drive: { serial: '7380440902582955', keyExpiresOn: date('2027-01-01'), documents: 1000 },
  unsent: { documents: 0 },
  shift: { number: 12, open: true, openedAt: at('2026-01-15T05:00:00.000Z') },
};

const seen = (units: ReadonlyArray<KktUnit>, change: Partial<RecordHealth['data']> = {}): RecordHealth => ({
  type: 'RecordHealth',
  data: { now: NOW, availability: 'available', units, allUnits: true, ...change },
});
const after = (...commands: ReadonlyArray<RecordHealth>): CloudDeviceState =>
  commands.reduce(
    (state, command) => proven(decideCloudDevice(command, state)).reduce(CLOUD_DEVICE.evolve, state),
    DEVICE,
  );
const records = (command: RecordHealth, state: CloudDeviceState): boolean =>
  proven(decideCloudDevice(command, state)).length === 1;

describe('recording health', () => {
  const known = after(seen([UNIT]));

  it('the first observation is recorded, its repetition is not', () => {
    expect(records(seen([UNIT]), DEVICE)).toBe(true);
    expect(records(seen([UNIT]), known)).toBe(false);
    expect(records(seen([]), DEVICE)).toBe(true);
  });

  it('counters that pass no threshold append nothing: a stream must not grow with every receipt', () => {
    const busier: KktUnit = {
      ...UNIT,
      drive: { serial: '7380440902582955', documents: 200_000 },
      shift: { number: 13, open: false },
    };
    expect(records(seen([busier]), known)).toBe(false);
    expect(
      records(seen([{ ...UNIT, drive: { serial: '7380440902582955', documents: 225_000 } }]), known),
    ).toBe(true);
  });

  it('a change of availability, of the told taxpayer, of a unit, of its serial number or of its drive is recorded', () => {
    expect(records(seen([UNIT], { availability: 'unreachable' }), known)).toBe(true);
    expect(records(seen([UNIT], { organisation: OURS }), known)).toBe(true);
    expect(records(seen([UNIT, { registrationNumber: '2' }]), known)).toBe(true);
    expect(records(seen([{ ...UNIT, serial: '1359' }]), known)).toBe(true);
    expect(records(seen([{ ...UNIT, drive: { serial: '7380440902582956' } }]), known)).toBe(true);
  });

  it('time alone passes a threshold', () => {
    const later = at('2026-12-15T09:00:00.000Z');
    expect(records(seen([UNIT], { now: later }), known)).toBe(true);
  });

  it('a silent provider takes nothing back: what is not told is as it was', () => {
    const told = after(seen([UNIT], { organisation: OURS }));
    expect(records(seen([{ registrationNumber: UNIT.registrationNumber }]), told)).toBe(false);
    const down = after(
      seen([UNIT], { organisation: OURS }),
      seen([], { availability: 'unreachable', allUnits: false }),
    );
    expect(down?.seen).toEqual({ at: NOW, availability: 'unreachable', organisation: OURS });
    expect(down?.units.get(UNIT.registrationNumber)).toMatchObject(UNIT);
  });

  it('units that a full list no longer names are gone; those that a partial list does not name stay', () => {
    const two = after(seen([UNIT, { registrationNumber: '2' }]));
    expect([...(after(seen([UNIT, { registrationNumber: '2' }]), seen([UNIT]))?.units.keys() ?? [])]).toEqual(
      [UNIT.registrationNumber],
    );
    expect(records(seen([UNIT], { allUnits: false }), two)).toBe(false);
  });

  it('the order in which a provider lists its units plays no part', () => {
    const two = after(seen([{ registrationNumber: '2' }, UNIT]));
    expect(records(seen([UNIT, { registrationNumber: '2' }]), two)).toBe(false);
    expect([...(two?.units.keys() ?? [])]).toEqual(['0000000400037789', '2']);
  });

  it('a drive that was replaced at the provider is noticed: the counters of the old one are gone and it never comes back', () => {
    const replaced = after(
      seen([UNIT]),
      seen([{ registrationNumber: UNIT.registrationNumber, drive: { serial: '7380440902582956' } }]),
    );
    expect(replaced?.units.get(UNIT.registrationNumber)).toEqual({
      registrationNumber: UNIT.registrationNumber,
      serial: '1358',
      drive: { serial: '7380440902582956' },
      health: { key: 'unknown', documents: 'unknown', unsent: 'unknown', shift: 'unknown' },
    });
    expect([...(replaced?.formerDrives ?? [])]).toEqual(['7380440902582955']);
  });
});
