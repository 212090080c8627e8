import { OURS, THEIRS, at, date, proven } from '../values.testing';
import {
  RESTRICTION_NOTICES,
  cloudDeviceStream,
  decideCloudDevice,
  deviceAvailability,
  deviceFacts,
  deviceObstacles,
  registerFacts,
} from '.';
import {
  NOW,
  UNIT,
  UNIT_SERIAL,
  DRIVE,
  NEW_DRIVE,
  REGISTRATION,
  register,
  withConnection,
  changeConnection,
  attach,
  policy,
  detach,
  health,
  install,
  suspend,
  resume,
  retire,
  device,
  types,
} from './cloud-device.testing';

describe('connecting a cloud device (S15 to S18)', () => {
  it('is registered, and registering it again changes nothing', () => {
    expect(types(register(), undefined)).toEqual(['DeviceRegistered']);
    expect(types(register(), device())).toEqual([]);
    expect(types(register(), device(retire()))).toEqual([]);
    expect(cloudDeviceStream('main')).toBe('clouddevice-main');
  });

  it('takes group ids, codes and names for what they are: not secrets', () => {
    const parameters = {
      kktsGroupId: '0B5A8C6E-9A0F-4A55-9D5E-5B2A4B7F6F10',
      groupCode: 'v4-online-atol-ru_4179',
      tokenUrl: 'https://login.example.ru/token',
      group: 'a-very-long-name-of-a-group-of-registers-2026',
      inn: '7725327863',
    };
    expect(
      types(
        withConnection({ parameters, secretRef: 'file:providers/atol/2026/production/main1' }),
        undefined,
      ),
    ).toEqual(['DeviceRegistered']);
  });

  it('an emulator may be reached without TLS', () => {
    expect(
      types(withConnection({ environment: 'emulator', baseUrl: 'http://127.0.0.1:8080/one-c' }), undefined),
    ).toHaveLength(1);
  });

  it('may change secret, address and public parameters while the dedup domain stays (one device is one provider group)', () => {
    const changed = device(changeConnection({ secretRef: 'env:NEW', baseUrl: 'https://kassa2.example.ru' }));
    expect(changed.connection.secretRef).toBe('env:NEW');
    expect(changed.dedupDomain).toBe('one-c|shop-17');
    expect(types(changeConnection({}), device())).toEqual([]);
  });

  it('a unit whose registration number carries the right check value over taxpayer and serial number is accepted (tag 1037)', () => {
    const registration = { ...REGISTRATION, registrationNumber: UNIT, serial: UNIT_SERIAL };
    expect(types(register({ registration }), undefined)).toEqual(['DeviceRegistered']);
  });
});

describe('attaching a register card (S19 to S22)', () => {
  it('gives the restriction notice exactly on linking, once', () => {
    const decided = proven(decideCloudDevice(attach({ policy: '3.0.8' }), device()));
    expect(decided.map(({ type }) => type)).toEqual([
      'clouddevice.RegisterAttached',
      'clouddevice.RestrictionNoticeGiven',
    ]);
    expect(decided[1]).toEqual({
      type: 'clouddevice.RestrictionNoticeGiven',
      data: { at: NOW, registerId: 'site', policy: '3.0.8' },
    });
    expect(types(attach(), device(attach()))).toEqual([]);
    expect(types(attach(), device(attach(), detach()))).toEqual([
      'RegisterAttached',
      'RestrictionNoticeGiven',
    ]);
    expect(types(policy('internet-cashless'), device(attach()))).toEqual(['RegisterPolicyChanged']);
    expect(Object.keys(RESTRICTION_NOTICES)).toEqual(['3.0.8', '3.0.9']);
  });

  it('a policy is changed in place and shows in the facts (S12, S24, S35)', () => {
    const before = device(attach());
    expect(registerFacts(before, 'site')).toEqual({
      registerId: 'site',
      deviceId: 'main',
      organisation: OURS,
      policy: '3.0.9',
      legalGround: 'internet-cashless',
      vatRule: 'per-line',
      zone: 2,
    });
    expect(registerFacts(device(attach(), policy('bank-transfer')), 'site')).toMatchObject({
      policy: '3.0.8',
      legalGround: 'bank-transfer',
    });
    expect(types(policy('bank-transfer'), device(attach(), policy('bank-transfer')))).toEqual([]);
    expect(registerFacts(before, 'other')).toBeUndefined();
  });

  it('detaching twice is once', () => {
    expect(types(detach(), device(attach()))).toEqual(['RegisterDetached']);
    expect(types(detach(), device(attach(), detach()))).toEqual([]);
    expect(device(attach(), detach()).registers.size).toBe(0);
  });
});

describe('rotation and retirement', () => {
  it('suspends and resumes, each once', () => {
    expect(device(suspend)).toMatchObject({
      status: 'suspended',
      suspension: { reason: 'maintenance', since: NOW },
    });
    expect(types(suspend, device(suspend))).toEqual([]);
    expect(device(suspend, resume)).toMatchObject({ status: 'active' });
    expect(device(suspend, resume)).not.toHaveProperty('suspension');
    expect(types(resume, device())).toEqual([]);
  });

  it('retires for good when nothing hangs on it', () => {
    expect(device(suspend, retire()).status).toBe('retired');
    expect(types(retire(), device(retire()))).toEqual([]);
    expect(types(retire(5), device(retire()))).toEqual([]);
  });

  it('facts carry the revision they were read at', () => {
    expect(deviceFacts(device())).toEqual({
      deviceId: 'main',
      revision: 0,
      organisation: OURS,
      ffd: '1.2',
      taxations: [1, 2],
      internetOnly: false,
    });
    expect(deviceFacts(device(attach(), suspend)).revision).toBe(3);
  });
});

describe('fiscal drives', () => {
  it('a replaced drive begins anew, with nothing known of the old one', () => {
    const seen = health({
      units: [
        {
          registrationNumber: UNIT,
          serial: UNIT_SERIAL,
          drive: { serial: DRIVE, keyExpiresOn: date('2026-01-20'), documents: 249_000 },
          unsent: { documents: 0 },
          shift: { number: 5, open: false },
        },
      ],
    });
    const after = device(
      seen,
      install({ drive: { serial: NEW_DRIVE, keyExpiresOn: date('2029-01-30'), model: 'FN-36' } }),
    );
    expect(after.units.get(UNIT)).toEqual({
      registrationNumber: UNIT,
      serial: UNIT_SERIAL,
      drive: { serial: NEW_DRIVE, keyExpiresOn: '2029-01-30' },
      health: { key: 'good', documents: 'unknown', unsent: 'unknown', shift: 'unknown' },
    });
    expect([...after.formerDrives]).toEqual([DRIVE]);
  });

  it('the same drive again changes nothing; a corrected term of its key is recorded, in an open shift too', () => {
    expect(types(install({ unsentDocuments: 3, shiftOpen: true }), device(install()))).toEqual([]);
    const corrected = install({
      drive: { serial: DRIVE, keyExpiresOn: date('2027-04-01') },
      shiftOpen: true,
    });
    const after = device(install(), corrected);
    expect(after.units.get(UNIT)?.drive?.keyExpiresOn).toBe('2027-04-01');
    expect(after.formerDrives.size).toBe(0);
  });
});

describe('what a device can do now', () => {
  const full = { registrationNumber: UNIT, drive: { serial: DRIVE, documents: 250_000 } };
  const good = { registrationNumber: '1234567890046294', drive: { serial: NEW_DRIVE, documents: 10 } };

  it('a device that was never seen may be sent to, but opens no shift (S25)', () => {
    expect(deviceObstacles(device(), NOW)).toEqual([]);
    expect(deviceAvailability(device(), NOW)).toEqual({
      deviceId: 'main',
      revision: 0,
      available: false,
      reasons: ['not-seen'],
    });
    expect(deviceAvailability(device(health()), NOW)).toMatchObject({ available: true, reasons: [] });
  });

  it('the provider balances within its group: one dead unit of two stops nothing', () => {
    expect(deviceObstacles(device(health({ units: [full, good] })), NOW)).toEqual([]);
    expect(deviceObstacles(device(health({ units: [full] })), NOW)).toEqual(['drive-full']);
  });

  it('names every obstacle in a fixed order', () => {
    const expired = { ...full, drive: { ...full.drive, keyExpiresOn: date('2026-01-01') } };
    const state = device(
      health({
        availability: 'unavailable',
        organisation: THEIRS,
        units: [{ ...expired, unsent: { documents: 1, since: at('2025-12-01T00:00:00.000Z') } }],
      }),
      suspend,
    );
    expect(deviceObstacles(state, NOW)).toEqual([
      'suspended',
      'unavailable',
      'other-taxpayer',
      'key-expired',
      'drive-full',
      'unsent-over-limit',
    ]);
  });

  it('ages without a new observation: a key runs out, unsent documents pass 25 days', () => {
    const state = device(
      health({
        units: [
          {
            registrationNumber: UNIT,
            drive: { serial: DRIVE, keyExpiresOn: date('2026-02-01') },
            unsent: { documents: 1, since: at('2026-01-14T00:00:00.000Z') },
          },
        ],
      }),
    );
    expect(deviceObstacles(state, NOW)).toEqual([]);
    expect(deviceObstacles(state, at('2026-02-02T09:00:00.000Z'))).toEqual(['key-expired']);
    expect(deviceObstacles(state, at('2026-02-08T00:00:00.000Z'))).toEqual([
      'key-expired',
      'unsent-over-limit',
    ]);
  });
});
