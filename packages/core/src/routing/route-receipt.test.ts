import * as fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { at, date, OURS, proven, THEIRS } from '../values.testing';
import type { CloudDevice, CloudDeviceCommand, KktUnit, RegisterCard, Registration } from '../cloud-device';
import { CLOUD_DEVICE } from '../cloud-device';
import type { NoRoute, RoutingQuestion, RoutingReason } from './route-receipt';
import { routeReceipt } from './route-receipt';

const NOW = at('2026-01-15T09:00:00.000Z');

const register = (deviceId: string, change: Partial<Registration> = {}): CloudDeviceCommand => ({
  type: 'RegisterDevice',
  data: {
    now: NOW,
    deviceId,
    title: deviceId,
    use: 'shared',
    dedupDomain: `one-c|${deviceId}`,
    connection: {
      provider: 'one-c',
      environment: 'test',
      baseUrl: 'https://a.ru',
      parameters: {},
      secretRef: 'env:A',
    },
    registration: {
      organisation: OURS,
      taxations: [1, 2],
      ffd: '1.2',
      internetOnly: false,
      zone: 2,
      ...change,
    },
  },
});
const attach = (
  registerId: string,
  change: Partial<RegisterCard> = {},
  organisation = OURS,
): CloudDeviceCommand => ({
  type: 'AttachRegister',
  data: {
    now: NOW,
    register: {
      registerId,
      name: registerId,
      type: 'kkt-with-ofd',
      ownership: { organisation, currency: 'RUB' },
      policy: '3.0.9',
      legalGround: 'internet-cashless',
      vatRule: 'per-line',
      zone: 2,
      ...change,
    },
  },
});
const seen = (
  availability: 'available' | 'unavailable' | 'unreachable' | 'unauthorised',
  unit: Partial<KktUnit> = {},
  organisation = OURS,
): CloudDeviceCommand => ({
  type: 'RecordHealth',
  data: {
    now: NOW,
    availability,
    organisation,
    units: [{ registrationNumber: '1', ...unit }],
    allUnits: true,
  },
});
const suspend: CloudDeviceCommand = { type: 'SuspendDevice', data: { now: NOW, reason: 'by-operator' } };
const retire: CloudDeviceCommand = { type: 'RetireDevice', data: { now: NOW, unsettledReceipts: 0 } };

const device = (...commands: ReadonlyArray<CloudDeviceCommand>): CloudDevice => {
  const state = commands.reduce(
    (known, command) => proven(CLOUD_DEVICE.decide(command, known)).reduce(CLOUD_DEVICE.evolve, known),
    CLOUD_DEVICE.initial,
  );
  if (state === undefined) throw new Error('not registered');
  return state;
};

const QUESTION: RoutingQuestion = {
  organisation: OURS,
  taxation: 2,
  internet: true,
  origin: 'payment',
  instrument: 'sbp',
  at: NOW,
};

const noRoute = (question: Partial<RoutingQuestion>, ...devices: ReadonlyArray<CloudDevice>): NoRoute => {
  const route = routeReceipt({ ...QUESTION, ...question }, devices);
  if (E.isRight(route)) throw new Error('there is a route');
  return route.left;
};

describe('the reasons why a device is not chosen', () => {
  const drive = { serial: '7380440902582955' };
  const cases: Readonly<Record<RoutingReason, readonly [Partial<RoutingQuestion>, CloudDevice]>> = {
    'other-organisation': [{}, device(register('a', { organisation: THEIRS }), attach('r', {}, THEIRS))],
    retired: [{}, device(register('a'), retire)],
    suspended: [{}, device(register('a'), attach('r'), suspend)],
    unavailable: [{}, device(register('a'), attach('r'), seen('unavailable'))],
    unreachable: [{}, device(register('a'), attach('r'), seen('unreachable'))],
    unauthorised: [{}, device(register('a'), attach('r'), seen('unauthorised'))],
    'other-taxpayer': [{}, device(register('a'), attach('r'), seen('available', {}, THEIRS))],
    'key-expired': [
      {},
      device(
        register('a'),
        attach('r'),
        seen('available', { drive: { ...drive, keyExpiresOn: date('2026-01-14') } }),
      ),
    ],
    'drive-full': [
      {},
      device(register('a'), attach('r'), seen('available', { drive: { ...drive, documents: 250_000 } })),
    ],
    'unsent-over-limit': [
      {},
      device(
        register('a'),
        attach('r'),
        seen('available', { unsent: { documents: 1, since: at('2025-12-21T09:00:00.000Z') } }),
      ),
    ],
    'taxation-not-registered': [{ taxation: 32 }, device(register('a'), attach('r'))],
    'ffd-differs': [{ ffd: '1.05' }, device(register('a'), attach('r'))],
    'internet-only': [{ internet: false }, device(register('a', { internetOnly: true }), attach('r'))],
    'no-register': [{ registerId: 'other' }, device(register('a'), attach('r'))],
    policy: [{ instrument: 'card' }, device(register('a'), attach('r', { policy: '3.0.8' }))],
    'another-chosen': [{}, device(register('b'), attach('r'))],
  };

  it.each(Object.entries(cases).filter(([reason]) => reason !== 'another-chosen'))(
    '%s',
    (reason, [question, candidate]) => {
      const { refused } = noRoute(question, candidate);
      expect(refused).toContainEqual({ deviceId: 'a', reason });
      // A retired device has no register any more, which is a reason of its own.
      expect(refused).toHaveLength(reason === 'retired' ? 2 : 1);
    },
  );

  it('another-chosen: of two able devices the first by id is taken, whatever their order', () => {
    const [, second] = cases['another-chosen'];
    const first = device(register('a'), attach('r2'));
    for (const devices of [
      [first, second],
      [second, first],
    ]) {
      expect(proven(routeReceipt(QUESTION, devices))).toMatchObject({
        device: { deviceId: 'a' },
        register: { registerId: 'r2', deviceId: 'a' },
        dedupDomain: 'one-c|a',
        refused: [{ deviceId: 'b', reason: 'another-chosen' }],
      });
    }
  });
});

describe('the choice', () => {
  it('carries the facts as they were read, with the revision', () => {
    expect(proven(routeReceipt(QUESTION, [device(register('a'), attach('r'))]))).toEqual({
      device: {
        deviceId: 'a',
        revision: 2,
        organisation: OURS,
        ffd: '1.2',
        taxations: [1, 2],
        internetOnly: false,
      },
      register: {
        registerId: 'r',
        deviceId: 'a',
        organisation: OURS,
        policy: '3.0.9',
        legalGround: 'internet-cashless',
        vatRule: 'per-line',
        zone: 2,
      },
      dedupDomain: 'one-c|a',
      refused: [],
    });
  });

  it('one candidate per organisation and taxation system: each goes to its own device', () => {
    const general = device(register('a', { taxations: [1] }), attach('r1'));
    const patent = device(register('b', { taxations: [32] }), attach('r2'));
    expect(proven(routeReceipt({ ...QUESTION, taxation: 32 }, [general, patent])).device.deviceId).toBe('b');
    expect(proven(routeReceipt({ ...QUESTION, taxation: 1 }, [general, patent])).device.deviceId).toBe('a');
  });

  it('a group never seen may be sent to: a send under a key is safe', () => {
    expect(E.isRight(routeReceipt(QUESTION, [device(register('a'), attach('r'))]))).toBe(true);
  });

  it('of the registers of a device the first that takes the payment is chosen; a receipt made for one goes to that one', () => {
    const two = device(register('a'), attach('r1', { policy: '3.0.8' }), attach('r2'));
    expect(proven(routeReceipt({ ...QUESTION, instrument: 'card' }, [two])).register.registerId).toBe('r2');
    expect(proven(routeReceipt(QUESTION, [two])).register.registerId).toBe('r1');
    expect(proven(routeReceipt({ ...QUESTION, registerId: 'r2' }, [two])).register.registerId).toBe('r2');
  });
});

describe('what a waiting payment shows (S38: no cloud equipment, or no register card)', () => {
  it('no device of the organisation, or none that works', () => {
    expect(noRoute({})).toEqual({ reason: 'no-device', refused: [] });
    expect(noRoute({}, device(register('a', { organisation: THEIRS }))).reason).toBe('no-device');
    expect(noRoute({}, device(register('a'), suspend)).reason).toBe('no-device');
  });

  it('a device without a register card', () => {
    expect(noRoute({}, device(register('a'))).reason).toBe('no-register');
  });

  it('a register whose policy does not take the payment (3.0.8 and a card)', () => {
    expect(
      noRoute(
        { instrument: 'card' },
        device(register('a')),
        device(register('b'), attach('r', { policy: '3.0.8' })),
      ).reason,
    ).toBe('policy');
  });
});

describe('routing', () => {
  const fleet = [
    device(register('a'), attach('r')),
    device(register('b'), attach('r'), suspend),
    device(register('c', { organisation: THEIRS }), attach('r', {}, THEIRS)),
    device(register('d', { taxations: [32], internetOnly: true }), attach('r', { policy: '3.0.8' })),
    device(register('e')),
  ];
  const question = fc.record({
    organisation: fc.constantFrom(OURS, THEIRS),
    taxation: fc.constantFrom(1, 2, 32),
    internet: fc.boolean(),
    origin: fc.constantFrom('manual', 'payment', 'exchange'),
    instrument: fc.constantFrom('sbp', 'card'),
    at: fc.constant(NOW),
  }) as fc.Arbitrary<RoutingQuestion>;

  it('accounts for every device once: chosen, or with a reason; and does not depend on their order', () => {
    fc.assert(
      fc.property(question, fc.shuffledSubarray(fleet), (asked, devices) => {
        const route = routeReceipt(asked, devices);
        const { refused } = E.isLeft(route) ? route.left : route.right;
        const chosen = E.isRight(route) ? [route.right.device.deviceId] : [];
        const named = [...new Set([...refused.map(({ deviceId }) => deviceId), ...chosen])];
        expect(named.toSorted()).toEqual(devices.map(({ deviceId }) => deviceId).toSorted());
        expect(refused.filter(({ deviceId }) => chosen.includes(deviceId))).toEqual([]);
        expect(routeReceipt(asked, devices.toReversed())).toEqual(route);
      }),
    );
  });
});
