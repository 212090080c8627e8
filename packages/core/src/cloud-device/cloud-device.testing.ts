import type {
  AttachRegister,
  CloudDevice,
  CloudDeviceCommand,
  CloudDeviceState,
  Connection,
  InstallFiscalDrive,
  RecordHealth,
  RegisterCard,
  RegisterDevice,
  Registration,
} from '.';
import { CLOUD_DEVICE, decideCloudDevice } from '.';
import { at, date, OURS, proven } from '../values.testing';

export const NOW = at('2026-01-15T09:00:00.000Z');
export const UNIT = '0000000400037789';
export const UNIT_SERIAL = '0000000000001358';
export const DRIVE = '7380440902582955';
export const NEW_DRIVE = '7380440902582956';

export const CONNECTION: Connection = {
  provider: 'one-c',
  environment: 'production',
  baseUrl: 'https://kassa.example.ru/api',
  parameters: { shopId: 'shop-17', kktsGroupId: '0b5a8c6e-9a0f-4a55-9d5e-5b2a4b7f6f10' },
  secretRef: 'env:KASSA_SECRET',
};

export const REGISTRATION: Registration = {
  organisation: OURS,
  taxations: [1, 2],
  ffd: '1.2',
  internetOnly: false,
  zone: 2,
};

export const CARD: RegisterCard = {
  registerId: 'site',
  name: 'Касса сайта',
  type: 'kkt-with-ofd',
  ownership: { organisation: OURS, currency: 'RUB', outlet: 'Интернет-магазин' },
  policy: '3.0.9',
  legalGround: 'internet-cashless',
  vatRule: 'per-line',
  zone: 2,
};

export const register = (change: Partial<RegisterDevice['data']> = {}): RegisterDevice => ({
  type: 'RegisterDevice',
  data: {
    now: NOW,
    deviceId: 'main',
    title: 'Облачная ККТ',
    use: 'shared',
    dedupDomain: 'one-c|shop-17',
    connection: CONNECTION,
    registration: REGISTRATION,
    ...change,
  },
});

/** Registers with another connection. */
export const withConnection = (change: Partial<Connection>): RegisterDevice =>
  register({ connection: { ...CONNECTION, ...change } });
export const withParameter = (name: string, parameter: string): RegisterDevice =>
  withConnection({ parameters: { [name]: parameter } });

export const changeConnection = (
  change: Partial<Connection>,
  dedupDomain = 'one-c|shop-17',
): CloudDeviceCommand => ({
  type: 'ChangeConnection',
  data: { now: NOW, dedupDomain, connection: { ...CONNECTION, ...change } },
});
export const changeRegistration = (change: Partial<Registration>): CloudDeviceCommand => ({
  type: 'ChangeRegistration',
  data: { now: NOW, registration: { ...REGISTRATION, ...change } },
});
export const attach = (change: Partial<RegisterCard> = {}, attachedTo?: string): AttachRegister => ({
  type: 'AttachRegister',
  data: { now: NOW, register: { ...CARD, ...change }, ...(attachedTo === undefined ? {} : { attachedTo }) },
});
export const policy = (
  legalGround: RegisterCard['legalGround'],
  registerId = 'site',
): CloudDeviceCommand => ({
  type: 'ChangeRegisterPolicy',
  data: { now: NOW, registerId, policy: '3.0.8', legalGround, vatRule: 'per-line' },
});
export const detach = (registerId = 'site', openShiftId?: string): CloudDeviceCommand => ({
  type: 'DetachRegister',
  data: { now: NOW, registerId, ...(openShiftId === undefined ? {} : { openShiftId }) },
});
export const health = (change: Partial<RecordHealth['data']> = {}): RecordHealth => ({
  type: 'RecordHealth',
  data: { now: NOW, availability: 'available', units: [], allUnits: true, ...change },
});
export const install = (change: Partial<InstallFiscalDrive['data']> = {}): InstallFiscalDrive => ({
  type: 'InstallFiscalDrive',
  data: {
    now: NOW,
    registrationNumber: UNIT,
    drive: { serial: DRIVE, keyExpiresOn: date('2027-03-01') },
    unsentDocuments: 0,
    shiftOpen: false,
    ...change,
  },
});
export const suspend: CloudDeviceCommand = {
  type: 'SuspendDevice',
  data: { now: NOW, reason: 'maintenance' },
};
export const resume: CloudDeviceCommand = { type: 'ResumeDevice', data: { now: NOW } };
export const retire = (unsettledReceipts = 0): CloudDeviceCommand => ({
  type: 'RetireDevice',
  data: { now: NOW, unsettledReceipts },
});

/** The device after these commands, all of which must be accepted. */
export const given = (...commands: ReadonlyArray<CloudDeviceCommand>): CloudDeviceState =>
  commands.reduce(
    (state, command) => proven(decideCloudDevice(command, state)).reduce(CLOUD_DEVICE.evolve, state),
    CLOUD_DEVICE.initial,
  );

/** A registered device after these commands. */
export const device = (...commands: ReadonlyArray<CloudDeviceCommand>): CloudDevice => {
  const state = given(register(), ...commands);
  if (state === undefined) throw new Error('not registered');
  return state;
};
/** The names of the events a command appends. */
export const types = (command: CloudDeviceCommand, state: CloudDeviceState): ReadonlyArray<string> =>
  proven(decideCloudDevice(command, state)).map(({ type }) => type.replace('clouddevice.', ''));
