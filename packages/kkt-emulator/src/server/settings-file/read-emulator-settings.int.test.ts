import * as E from 'fp-ts/Either';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { right } from '../../kkt/kkt.testing';
import { ask, operation, operationOf, saleBody, started } from '../server.testing';
import { readEmulatorSettings } from './read-emulator-settings';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kkt-emulator-settings-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const secretFile = (text: string, mode = 0o600): string => {
  const file = join(directory, 'secret');
  writeFileSync(file, text, { mode });
  chmodSync(file, mode);
  return `file:${file}`;
};

const ACCESS = { kind: 'sales-register-group', shopId: 'shop', shopSecret: 'plain:secret' };
const GROUP = {
  id: 'garden',
  inn: '7725327863',
  name: 'ООО "Сад"',
  site: 'https://sad.example',
  access: ACCESS,
};
const BASIC = { kind: 'basic', login: 'login', password: 'plain:password' };
const PROVIDER = {
  id: 'emulator',
  name: 'Эмулятор',
  integrationEnabled: true,
  authorizationType: 'SalesRegisterGroup',
  personalPageUrl: 'https://cabinet.example',
};
const GATEWAY = { providers: [PROVIDER], users: [{ login: 'its', password: 'plain:portal' }] };

const why = (input: unknown): string => {
  const settings = readEmulatorSettings(input);
  return E.isLeft(settings) ? `${settings.left.field}: ${settings.left.rule}` : 'read';
};
const withGroup = (change: object): object => ({ groups: [{ ...GROUP, ...change }] });

test('a group needs an id, an organisation, a site and an access; everything else is usual', () => {
  const { groups, admin, gateway } = right(readEmulatorSettings({ groups: [GROUP] }));
  expect([admin, gateway]).toEqual([undefined, undefined]);
  expect(groups).toHaveLength(1);
  expect(groups[0]).toMatchObject({
    id: 'garden',
    access: { kind: 'sales-register-group', shopId: 'shop', shopSecret: 'secret' },
    registers: {
      seed: 'garden',
      queueTimeout: null,
      shifts: { mode: 'automatic' },
      units: [
        {
          kkt: { serial: '00106925000001', pace: 1000 },
          registration: { ffd: '1.2', taxation: 1, organisation: { inn: '7725327863' } },
        },
      ],
    },
  });
});

test('what a file says of registers, service and dialect is taken over', () => {
  const read = readEmulatorSettings({
    groups: [
      {
        ...GROUP,
        seed: 'other',
        units: 2,
        ffd: '1.05',
        taxation: 3,
        conditions: { markedGoods: true },
        drive: { months: 15, marking: true },
        pace: 0,
        profile: { vatRule: 'per-total', datedRules: 'any-time' },
        service: { queueLimit: 5, resultDelay: 0, keyMemory: 60_000, shifts: 'manual' },
        account: 'no-tariff',
        dialect: {
          receiptNumberMeans: 'fiscal-document',
          badCredentials: { attempts: 2, blockedMinutes: 1 },
        },
      },
    ],
  });
  expect(right(read).groups[0]).toMatchObject({
    account: 'no-tariff',
    dialect: { receiptNumberMeans: 'fiscal-document', badCredentials: { attempts: 2 } },
    registers: {
      seed: 'other',
      queueLimit: 5,
      keyMemory: 60_000,
      shifts: { mode: 'manual' },
      units: [
        {
          kkt: {
            pace: 0,
            profile: { vatRule: 'per-total', datedRules: 'any-time', contact: 'with-internet-sign' },
          },
          drive: { model: { months: 15 } },
          registration: { ffd: '1.05', taxation: 3, conditions: { markedGoods: true, internetOnly: true } },
        },
        {},
      ],
    },
  });
  const closing = right(readEmulatorSettings(withGroup({ service: { shifts: 3_600_000 } })));
  expect(closing.groups[0]?.registers.shifts).toEqual({ mode: 'automatic', closeAfter: 3_600_000 });
});

test('registers of several groups are numbered one after another', () => {
  const groups = [
    { ...GROUP, units: 3 },
    { ...GROUP, id: 'second', access: BASIC },
    { ...GROUP, id: 'third', access: { kind: 'bearer', token: 'plain:t' }, firstNumber: 100 },
  ];
  const serials = right(readEmulatorSettings({ groups })).groups.flatMap(({ registers }) =>
    registers.units.map(({ drive }) => drive.serial.slice(-3)),
  );
  expect(serials).toEqual(['001', '002', '003', '004', '100']);
  expect(why({ groups: [groups[0], { ...GROUP, id: 'second', access: BASIC, firstNumber: 3 }] })).toBe(
    'groups[1].firstNumber: twice',
  );
});

describe('secrets', () => {
  const secretOf = (reference: string): string => {
    const read = readEmulatorSettings(withGroup({ access: { ...ACCESS, shopSecret: reference } }));
    if (E.isLeft(read)) return `${read.left.field}: ${read.left.rule}`;
    const { access } = read.right.groups[0] ?? {};
    return access?.kind === 'sales-register-group' ? access.shopSecret : '';
  };
  const field = 'groups[0].access.shopSecret';

  test('stand there as references: the environment, a file, a text that is no secret', () => {
    process.env['KKT_EMULATOR_TEST_SECRET'] = 'from the environment';
    expect(secretOf('env:KKT_EMULATOR_TEST_SECRET')).toBe('from the environment');
    delete process.env['KKT_EMULATOR_TEST_SECRET'];
    expect(secretOf(secretFile('from a file\n'))).toBe('from a file');
    expect(secretOf('plain:as it is')).toBe('as it is');
  });

  test.each([
    ['secret itself', 'not-a-secret-reference'],
    ['plain:', 'not-a-secret-reference'],
    ['vault:x', 'not-a-secret-reference'],
    ['env:KKT_EMULATOR_TEST_UNSET', 'secret-not-set'],
    ['file:/no/such/file', 'secret-not-readable'],
  ])('%s: %s, and the value is not told', (reference, rule) => {
    expect(secretOf(reference)).toBe(`${field}: ${rule}`);
  });

  test('in a file that is empty, too large, a directory or readable by others are refused', () => {
    expect(secretOf(secretFile('\n'))).toBe(`${field}: secret-empty`);
    expect(secretOf(secretFile('x'.repeat(70_000)))).toBe(`${field}: secret-too-large`);
    expect(secretOf(secretFile('secret', 0o644))).toBe(`${field}: secret-readable-by-others`);
    mkdirSync(join(directory, 'inside'), { mode: 0o700 });
    expect(secretOf(`file:${join(directory, 'inside')}`)).toBe(`${field}: secret-not-readable`);
  });

  test('may be looked up elsewhere', () => {
    const read = readEmulatorSettings({ groups: [GROUP] }, (reference) => E.right(`${reference}!`));
    expect(right(read).groups[0]?.access).toMatchObject({ shopSecret: 'plain:secret!' });
  });
});

test.each<readonly [unknown, string]>([
  [undefined, ': not-an-object'],
  [[], ': not-an-object'],
  [{}, 'groups: missing'],
  [{ groups: [] }, 'groups: empty'],
  [{ groups: [GROUP], port: 8080 }, ': unknown-member'],
  [{ groups: [GROUP, GROUP] }, 'groups[1].id: twice'],
  [withGroup({ id: 'a b' }), 'groups[0].id: not-a-name'],
  [withGroup({ inn: '7725327864' }), 'groups[0].inn: registration-invalid'],
  [withGroup({ inn: 7725327863 }), 'groups[0].inn: not-a-text'],
  [withGroup({ paces: 1 }), 'groups[0]: unknown-member'],
  [withGroup({ pace: -1 }), 'groups[0].pace: not-a-natural'],
  [withGroup({ units: 0 }), 'groups[0].units: not-positive'],
  [withGroup({ ffd: '1.0' }), 'groups[0].ffd: unknown-word'],
  [withGroup({ drive: { months: 14, marking: true } }), 'groups[0].drive.months: not-13-15-or-36'],
  [withGroup({ conditions: { online: true } }), 'groups[0].conditions: unknown-member'],
  [withGroup({ profile: { vatRule: 'by-eye' } }), 'groups[0].profile.vatRule: unknown-word'],
  [withGroup({ service: { shifts: 86_400_001 } }), 'groups[0].service.shifts: not-a-way-of-shifts'],
  [
    withGroup({ service: { queueTimeout: 'never' } }),
    'groups[0].service.queueTimeout: not-a-natural-or-null',
  ],
  [withGroup({ dialect: { vatRates: [] } }), 'groups[0].dialect: unknown-member'],
  [
    withGroup({ dialect: { markingCheckResult: 2 } }),
    'groups[0].dialect.markingCheckResult: not-a-check-result',
  ],
  [{ groups: [{ id: 'g', inn: '7725327863', name: 'n', site: 's' }] }, 'groups[0].access: missing'],
  [withGroup({ access: { kind: 'digest' } }), 'groups[0].access.kind: unknown-word'],
  [withGroup({ access: 'basic' }), 'groups[0].access.kind: unknown-word'],
  [withGroup({ access: { ...BASIC, shopId: 'x' } }), 'groups[0].access: unknown-member'],
  [withGroup({ access: { ...BASIC, login: 'a:b' } }), 'groups[0].access.login: not-a-login'],
  [withGroup({ access: { kind: 'bearer', token: 'plain:a b' } }), 'groups[0].access.token: not-a-token'],
  [{ groups: [GROUP], admin: { token: 'plain:short' } }, 'admin.token: shorter-than-16-characters'],
  [{ groups: [GROUP], admin: {} }, 'admin.token: missing'],
  [{ groups: [GROUP], basePath: 'api' }, 'basePath: not-a-path'],
  [{ groups: [GROUP], basePath: '/api/' }, 'basePath: not-a-path'],
  [{ groups: [GROUP], basePath: '/admin/api' }, 'basePath: taken-by-the-administration'],
  [{ groups: [GROUP], gateway: { ...GATEWAY, basePath: '' } }, 'gateway.basePath: twice'],
  [
    { groups: [GROUP], gateway: { ...GATEWAY, basePath: '/admin' } },
    'gateway.basePath: taken-by-the-administration',
  ],
  [
    { groups: [GROUP], gateway: { ...GATEWAY, providers: [PROVIDER, PROVIDER] } },
    'gateway.providers[1].id: twice',
  ],
  [
    { groups: [GROUP], gateway: { ...GATEWAY, providers: [{ ...PROVIDER, id: 'a/b' }] } },
    'gateway.providers[0].id: not-a-name',
  ],
  [
    { groups: [GROUP], gateway: { ...GATEWAY, users: [...GATEWAY.users, ...GATEWAY.users] } },
    'gateway.users[1].login: twice',
  ],
  [
    { groups: [GROUP], gateway: { ...GATEWAY, users: [{ login: 'its', password: 'portal' }] } },
    'gateway.users[0].password: not-a-secret-reference',
  ],
])('%j is refused: %s', (input, outcome) => {
  expect(why(input)).toBe(outcome);
});

test('an emulator is started with what was read', async () => {
  const settings = right(
    readEmulatorSettings({
      groups: [{ ...GROUP, access: BASIC, pace: 0, service: { resultDelay: 0 } }],
      basePath: '/api',
      gateway: GATEWAY,
    }),
  );
  const emulator = await started({ settings });
  try {
    const headers = { authorization: `Basic ${Buffer.from('login:password').toString('base64')}` };
    const sold = await ask(`${emulator.url}/api/kkts/receipts`, { body: saleBody(operation(1)), headers });
    expect(operationOf(sold).status).toBe('SUCCESS');
    const listed = await ask(`${emulator.url}/public/program-1c/public/providers`);
    expect(listed.json).toEqual([PROVIDER]);
  } finally {
    await emulator.close();
  }
});
