import * as fc from 'fast-check';
import { addDays, instantFromMilliseconds } from '@cloud-kassa/ffd';
import { historyOf } from '../decider-laws.testing';
import { optional, present } from '../optional.arbitrary';
import { date, OURS, THEIRS } from '../values.testing';
import type { CloudDeviceCommand, CloudDeviceEvent } from '.';
import { CLOUD_DEVICE } from '.';

const organisation = fc.constantFrom(OURS, THEIRS);
export const now = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) })
  .map(instantFromMilliseconds);
const day = fc.integer({ min: 0, max: 800 }).map((days) => addDays(date('2025-06-01'), days));
const number = fc.constantFrom('0000000400037789', '1234567890046294', '0000000001000222', 'x', '__proto__');
const drive = fc.constantFrom('7380440902582955', '7380440902582956', '7380440902582957', '73');
const count = fc.oneof(fc.integer({ min: 0, max: 260_000 }), fc.constantFrom(-1, 0.5));

const connection = fc.record({
  provider: fc.constantFrom('one-c', 'atol-online', 'Bad Name'),
  environment: fc.constantFrom('production', 'test', 'emulator'),
  baseUrl: fc.constantFrom('https://a.ru', 'http://localhost:1/x', 'nowhere', 'https://u:p@a.ru'),
  parameters: fc
    .dictionary(fc.constantFrom('shopId', 'shopSecret', 'constructor', '1x'), fc.string({ maxLength: 4 }), {
      maxKeys: 2,
      noNullPrototype: true,
    })
    .map((p) => ({ ...p })),
  secretRef: fc.constantFrom('env:A', 'file:b/c', 'oops'),
});
const registration = fc
  .record({
    organisation,
    registrationNumber: optional(number),
    serial: optional(fc.constantFrom('0000000000001358', 'y')),
    taxations: fc.array(fc.constantFrom(1, 2, 32), { maxLength: 3 }),
    ffd: fc.constantFrom('1.05', '1.2'),
    internetOnly: fc.boolean(),
    zone: fc.constantFrom(1, 2, 11),
  })
  .map(present);
const policy = {
  policy: fc.constantFrom('3.0.8', '3.0.9'),
  legalGround: fc.constantFrom('internet-cashless', 'transport'),
  vatRule: fc.constantFrom('per-line', 'per-total'),
};
const registerId = fc.constantFrom('a', 'b', '__proto__', 'bad id');
const card = fc.record({
  registerId,
  name: fc.constantFrom('A', 'B'),
  type: fc.constantFrom('kkt-with-ofd', 'offline-kkm'),
  ownership: organisation.map((owner) => ({ organisation: owner, currency: 'RUB' as const })),
  ...policy,
  zone: fc.constantFrom(1, 2),
});
const unit = fc
  .record({
    registrationNumber: number,
    serial: optional(fc.constantFrom('s', 't')),
    drive: optional(
      fc.record({ serial: drive, keyExpiresOn: optional(day), documents: optional(count) }).map(present),
    ),
    unsent: optional(fc.record({ documents: count, since: optional(now) }).map(present)),
    shift: optional(fc.record({ number: count, open: fc.boolean(), openedAt: optional(now) }).map(present)),
  })
  .map(present);

const commandOf = (
  type: CloudDeviceCommand['type'],
  data: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<CloudDeviceCommand> =>
  fc.record({
    type: fc.constant(type),
    data: fc.record({ now, ...data }).map(present),
  }) as fc.Arbitrary<CloudDeviceCommand>;

const ofRegistered = fc.oneof(
  commandOf('ChangeConnection', { dedupDomain: fc.constantFrom('d', 'e'), connection }),
  commandOf('ChangeRegistration', { registration }),
  {
    arbitrary: commandOf('AttachRegister', {
      register: card,
      attachedTo: optional(fc.constantFrom('x', 'y')),
    }),
    weight: 3,
  },
  commandOf('ChangeRegisterPolicy', { registerId, ...policy }),
  commandOf('DetachRegister', { registerId, openShiftId: optional(fc.constant('s')) }),
  {
    arbitrary: commandOf('RecordHealth', {
      availability: fc.constantFrom('available', 'unreachable'),
      organisation: optional(organisation),
      units: fc.array(unit, { maxLength: 3 }),
      allUnits: fc.boolean(),
    }),
    weight: 3,
  },
  {
    arbitrary: commandOf('InstallFiscalDrive', {
      registrationNumber: number,
      serial: optional(fc.constant('0000000000001358')),
      drive: fc.record({ serial: drive, keyExpiresOn: day }),
      unsentDocuments: fc.constantFrom(0, 0, 0, 1, -1),
      shiftOpen: fc.constantFrom(false, false, true),
    }),
    weight: 2,
  },
  commandOf('SuspendDevice', { reason: fc.constantFrom('by-operator', 'maintenance') }),
  commandOf('ResumeDevice', {}),
);

const register = commandOf('RegisterDevice', {
  deviceId: fc.constantFrom('x', 'y', '!'),
  title: fc.constant('t'),
  use: fc.constantFrom('shared', 'shared', 'local'),
  dedupDomain: fc.constantFrom('d', 'd', ''),
  domainTakenBy: optional(fc.constantFrom('x', 'z')),
  connection,
  registration,
});

const retire = commandOf('RetireDevice', {
  unsettledReceipts: fc.constantFrom(0, 2),
});

export const command = fc.oneof(
  { arbitrary: ofRegistered, weight: 12 },
  { arbitrary: register, weight: 1 },
  { arbitrary: retire, weight: 1 },
);

/** Replacements of drives and nothing else. */
export const installs: fc.Arbitrary<ReadonlyArray<CloudDeviceCommand>> = fc.array(
  commandOf('InstallFiscalDrive', {
    registrationNumber: number,
    drive: fc.record({ serial: drive, keyExpiresOn: day }),
    unsentDocuments: fc.constant(0),
    shiftOpen: fc.constant(false),
  }),
  { maxLength: 10 },
);

/** A device that is surely registered, so that the other commands have something to do. */
export const START: CloudDeviceEvent = {
  type: 'clouddevice.DeviceRegistered',
  data: {
    at: instantFromMilliseconds(Date.UTC(2026, 0, 1)),
    deviceId: 'x',
    title: 't',
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
      internetOnly: false,
      zone: 2,
    },
  },
};

export const history: fc.Arbitrary<ReadonlyArray<CloudDeviceEvent>> = fc
  .array(command, { maxLength: 14, size: 'max' })
  .map((commands) => historyOf(CLOUD_DEVICE, commands, [START]));
