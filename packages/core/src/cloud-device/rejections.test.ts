import * as E from 'fp-ts/Either';
import { THEIRS, date } from '../values.testing';
import type { CloudDeviceCommand, CloudDeviceRule, CloudDeviceState } from '.';
import { CLOUD_DEVICE_RULES, decideCloudDevice } from '.';
import {
  UNIT,
  UNIT_SERIAL,
  NEW_DRIVE,
  REGISTRATION,
  register,
  withConnection,
  withParameter,
  changeConnection,
  changeRegistration,
  attach,
  policy,
  detach,
  health,
  install,
  suspend,
  resume,
  retire,
  device,
} from './cloud-device.testing';

describe('every refusal of a cloud device', () => {
  type Case = readonly [state: CloudDeviceState, command: CloudDeviceCommand, field: string];
  const cases: Readonly<Record<CloudDeviceRule, ReadonlyArray<Case>>> = {
    'not-registered': [[undefined, suspend, 'deviceId']],
    'already-registered': [[device(), register({ title: 'Другая' }), 'title']],
    retired: [[device(retire()), resume, 'deviceId']],
    'device-id': [
      [undefined, register({ deviceId: '' }), 'deviceId'],
      [undefined, register({ deviceId: '-main' }), 'deviceId'],
      [undefined, register({ deviceId: 'a b' }), 'deviceId'],
      [undefined, register({ deviceId: 'a'.repeat(65) }), 'deviceId'],
    ],
    'local-use': [[undefined, register({ use: 'local' }), 'use']],
    'dedup-domain': [
      [undefined, register({ dedupDomain: '' }), 'dedupDomain'],
      [undefined, register({ dedupDomain: 'd'.repeat(201) }), 'dedupDomain'],
    ],
    'domain-taken': [[undefined, register({ domainTakenBy: 'other' }), 'dedupDomain']],
    provider: [[undefined, withConnection({ provider: 'One C' }), 'connection.provider']],
    'base-url': [
      [undefined, withConnection({ baseUrl: 'ftp://kassa.example.ru' }), 'connection.baseUrl'],
      [undefined, withConnection({ baseUrl: 'https://kassa.example.ru/?a=b' }), 'connection.baseUrl'],
      [
        undefined,
        withConnection({ baseUrl: `https://kassa.example.ru/${'a'.repeat(500)}` }),
        'connection.baseUrl',
      ],
    ],
    'base-url-insecure': [
      [undefined, withConnection({ baseUrl: 'http://kassa.example.ru' }), 'connection.baseUrl'],
      [
        undefined,
        withConnection({ baseUrl: 'http://127.0.0.1:8080', environment: 'test' }),
        'connection.baseUrl',
      ],
    ],
    parameter: [
      [undefined, withParameter('shop id', '1'), 'connection.parameters'],
      [undefined, withParameter('constructor__', 'x'.repeat(257)), 'connection.parameters.constructor__'],
    ],
    'secret-in-connection': [
      [undefined, withParameter('shopSecret', '1'), 'connection.parameters.shopSecret'],
      [undefined, withParameter('api_key', '1'), 'connection.parameters.api_key'],
      [undefined, withParameter('header', 'Bearer abc'), 'connection.parameters.header'],
      [undefined, withParameter('key', '-----BEGIN PRIVATE KEY-----'), 'connection.parameters.key'],
      [
        undefined,
        withParameter('shop', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig'),
        'connection.parameters.shop',
      ],
      [undefined, withParameter('shop', '3f7c1a9be2d84465a0c1d2e3f4a5b6c7'), 'connection.parameters.shop'],
      [undefined, withParameter('A1'.repeat(20), 'x'), 'connection.parameters'],
      [undefined, withConnection({ baseUrl: 'https://user:pass@kassa.example.ru' }), 'connection.baseUrl'],
      [undefined, withConnection({ secretRef: `env:${'aB3'.repeat(12)}` }), 'connection.secretRef'],
    ],
    'secret-ref': [
      [undefined, withConnection({ secretRef: 'hunter2' }), 'connection.secretRef'],
      [undefined, withConnection({ secretRef: 'env:' }), 'connection.secretRef'],
    ],
    taxations: [
      [undefined, register({ registration: { ...REGISTRATION, taxations: [] } }), 'registration.taxations'],
      [
        undefined,
        register({ registration: { ...REGISTRATION, taxations: [1, 1] } }),
        'registration.taxations',
      ],
    ],
    'registration-number': [
      [
        undefined,
        register({ registration: { ...REGISTRATION, registrationNumber: '123' } }),
        'registration.registrationNumber',
      ],
      [
        undefined,
        register({
          registration: { ...REGISTRATION, registrationNumber: '0000000400037780', serial: UNIT_SERIAL },
        }),
        'registration.registrationNumber',
      ],
      [
        device(),
        install({ registrationNumber: '0000000400037780', serial: UNIT_SERIAL }),
        'registrationNumber',
      ],
    ],
    'provider-changes': [[device(), changeConnection({ provider: 'atol-online' }), 'connection.provider']],
    'environment-changes': [[device(), changeConnection({ environment: 'test' }), 'connection.environment']],
    'domain-changes': [
      [
        device(),
        changeConnection({ parameters: { shopId: 'shop-18' } }, 'one-c|shop-18'),
        'connection.parameters',
      ],
    ],
    'organisation-changes': [
      [device(), changeRegistration({ organisation: THEIRS }), 'registration.organisation'],
    ],
    'register-id': [[device(), attach({ registerId: 'a/b' }), 'register.registerId']],
    'register-type': [[device(), attach({ type: 'offline-kkm' }), 'register.type']],
    'organisation-differs': [
      [
        device(),
        attach({ ownership: { organisation: THEIRS, currency: 'RUB' } }),
        'register.ownership.organisation',
      ],
    ],
    'internet-only': [
      [
        device(changeRegistration({ internetOnly: true })),
        attach({ legalGround: 'remote-courier' }),
        'register.legalGround',
      ],
      [device(changeRegistration({ internetOnly: true }), attach()), policy('bank-transfer'), 'legalGround'],
      [
        device(attach({ legalGround: 'transport' })),
        changeRegistration({ internetOnly: true }),
        'registration.internetOnly',
      ],
    ],
    'register-elsewhere': [[device(), attach({}, 'other'), 'register.registerId']],
    'register-differs': [[device(attach()), attach({ name: 'Другая' }), 'register.name']],
    'register-unknown': [
      [device(), policy('internet-cashless'), 'registerId'],
      [device(), detach(), 'registerId'],
    ],
    'shift-open': [[device(attach()), detach('site', 'shift-1'), 'openShiftId']],
    'registers-attached': [[device(attach()), retire(), 'deviceId']],
    'receipts-unsettled': [[device(), retire(2), 'unsettledReceipts']],
    'health-counts': [
      [device(), health({ units: [{ registrationNumber: UNIT, unsent: { documents: -1 } }] }), 'units.0'],
      [
        device(),
        health({ units: [{ registrationNumber: UNIT, shift: { number: 0.5, open: true } }] }),
        'units.0',
      ],
      [device(), install({ unsentDocuments: Number.NaN }), 'unsentDocuments'],
    ],
    'unit-twice': [
      [
        device(),
        health({ units: [{ registrationNumber: UNIT }, { registrationNumber: UNIT }] }),
        'units.1.registrationNumber',
      ],
    ],
    'drive-serial': [
      [device(), install({ drive: { serial: '738', keyExpiresOn: date('2027-03-01') } }), 'drive.serial'],
    ],
    'drive-elsewhere': [
      [device(install()), install({ registrationNumber: '1234567890046294' }), 'drive.serial'],
    ],
    'drive-used-up': [
      [
        device(install(), install({ drive: { serial: NEW_DRIVE, keyExpiresOn: date('2029-01-30') } })),
        install(),
        'drive.serial',
      ],
    ],
    'unsent-documents': [[device(), install({ unsentDocuments: 1 }), 'unsentDocuments']],
    'kkt-shift-open': [[device(), install({ shiftOpen: true }), 'shiftOpen']],
  };

  const rows = Object.entries(cases).flatMap(([rule, list]) =>
    list.map(([state, command, field]) => ({ rule, state, command, field })),
  );

  it.each(rows)('$rule at $field', ({ rule, state, command, field }) => {
    const decided = decideCloudDevice(command, state);
    expect(decided).toEqual(E.left(expect.objectContaining({ rule, field })));
  });

  it('is described in both languages, with its source', () => {
    expect(Object.keys(cases).toSorted()).toEqual(Object.keys(CLOUD_DEVICE_RULES).toSorted());
    for (const { english, russian, source } of Object.values(CLOUD_DEVICE_RULES)) {
      expect(english).toMatch(/^[A-Z].*\.$/);
      expect(russian).toMatch(/^[А-Я].*[.?»]$/);
      expect(source).not.toBe('');
    }
  });

  it('never repeats what was refused', () => {
    const secret = 'S3cr3t'.repeat(8);
    for (const command of [
      withParameter('shop', secret),
      withParameter(secret, 'x'),
      withConnection({ secretRef: secret }),
      withConnection({ baseUrl: `https://a:${secret}@b.ru` }),
    ])
      expect(JSON.stringify(decideCloudDevice(command, undefined))).not.toContain(secret);
  });
});
