import * as E from 'fp-ts/Either';
import type { LogEntry } from '@cloud-kassa/runtime';
import { decodeTlv } from '@cloud-kassa/ffd';
import { right } from '../kkt/kkt.testing';
import { memoryStorage } from '../storage/memory-storage';
import { createEmulatorServer } from './emulator-server';
import {
  ADMIN_TOKEN,
  adminOf,
  ask,
  clientOf,
  fixedRuntime,
  operation,
  operationOf,
  quickGroup,
  saleBody,
  started,
} from './server.testing';
import type { RunningEmulator } from './start-emulator';
import { startEmulator } from './start-emulator';

const SERIAL = '00106925000001';
const settings = { groups: [quickGroup()], admin: { token: ADMIN_TOKEN } };
const log: Array<Omit<LogEntry, 'runtime' | 'at'>> = [];
const runtime = {
  ...fixedRuntime(),
  log: {
    write: (level: LogEntry['level'], message: string, fields: LogEntry['fields'] = {}) =>
      void log.push({ level, message, fields }),
  },
};

let emulator: RunningEmulator;
let admin: ReturnType<typeof adminOf>;
beforeEach(async () => {
  emulator = await started({ settings, runtime });
  admin = adminOf(emulator.url);
});
afterEach(() => emulator.close());

const sell = async (number: number) => (await clientOf(emulator.url)).submit(operation(number));
const linesOf = (text: string): ReadonlyArray<Readonly<Record<string, unknown>>> =>
  text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, unknown>]));

describe('who may', () => {
  test.each(['/health', '/faults', '/ledger', '/nothing'])('%s without the token is 401', async (path) => {
    for (const headers of [{}, { authorization: 'Bearer no' }, { authorization: `Basic ${ADMIN_TOKEN}` }]) {
      const answer = await ask(`${emulator.url}/admin${path}`, { headers });
      expect([answer.status, answer.json]).toEqual([401, { error: { rule: 'not-authorised' } }]);
    }
  });

  test('it is off unless a token is set', async () => {
    const without = await started({ settings: { groups: settings.groups } });
    try {
      expect((await adminOf(without.url).get('/health')).status).toBe(404);
    } finally {
      await without.close();
    }
  });

  test('a short token is refused', async () => {
    const made = await createEmulatorServer({
      runtime,
      settings: { ...settings, admin: { token: 'short' } },
    })();
    expect(made).toEqual(
      E.left({ _tag: 'SettingsRefused', field: 'admin.token', rule: 'shorter-than-16-characters' }),
    );
  });
});

test('an unknown path of the administration is 404', async () => {
  const answer = await admin.get('/nothing');
  expect([answer.status, answer.json]).toEqual([404, { error: { rule: 'no-such-route' } }]);
});

test('health tells time, waiting submissions and documents', async () => {
  await sell(1);
  const { status, json } = await admin.get('/health');
  expect([status, json]).toEqual([
    200,
    { status: 'ok', now: '2026-03-01T09:00:00.000Z', groups: 1, waiting: 0, documents: 3 },
  ]);
});

describe('faults', () => {
  test('are replaced, added to, listed with their counts, and taken away', async () => {
    await admin.put('/faults', { faults: [{ when: { operation: 'submit', nth: 2 }, do: 'reset-before' }] });
    await admin.post('/faults', { faults: [{ do: 'drive-full', when: { unit: 'none' } }] });
    await sell(1);
    expect((await admin.get('/faults')).json).toEqual({
      http: [{ do: 'reset-before', when: { operation: 'submit', nth: 2 }, seen: 1, left: 1 }],
      devices: [{ group: 'group', kind: 'drive-full', unit: 'none' }],
    });
    const put = await admin.put('/faults', { faults: [{ do: 'empty', times: 3 }] });
    expect(put.json).toEqual({ http: [{ do: 'empty', when: {}, times: 3, seen: 0, left: 3 }], devices: [] });
    expect((await admin.remove('/faults')).json).toEqual({ http: [], devices: [] });
  });

  test('a script that is wrong is 422 with its field, and changes nothing', async () => {
    await admin.put('/faults', { faults: [{ do: 'empty' }] });
    const wrong = await admin.put('/faults', { faults: [{ do: 'empty' }, { do: 'slow' }] });
    expect([wrong.status, wrong.json]).toEqual([
      422,
      { error: { field: 'faults[1].milliseconds', rule: 'missing' } },
    ]);
    expect((await admin.get('/faults')).json).toMatchObject({ http: [{ do: 'empty' }] });
    expect((await admin.put('/faults', '{')).status).toBe(400);
  });
});

test('the clock moves ahead only', async () => {
  expect((await admin.post('/clock', { milliseconds: 3_600_000 })).json).toEqual({
    now: '2026-03-01T10:00:00.000Z',
  });
  // Beyond the dates there are, no answer has a date, and a stored leap would be made again at every start.
  for (const milliseconds of [-1, 9e15, 400 * 366 * 86_400_000]) {
    const refused = await admin.post('/clock', { milliseconds });
    expect([refused.status, refused.json]).toEqual([
      422,
      { error: { field: 'milliseconds', rule: 'not-a-span' } },
    ]);
  }
  expect((await admin.get('/health')).json).toMatchObject({ now: '2026-03-01T10:00:00.000Z' });
});

describe('registers', () => {
  test('a group with its registers: shift, drive, OFD queue', async () => {
    await sell(1);
    const { json } = await admin.get('/groups/group');
    expect(json).toMatchObject({
      group: 'group',
      organisation: '7725327863',
      waiting: 0,
      documents: 3,
      units: [
        {
          serial: SERIAL,
          able: true,
          ffd: '1.2',
          shift: { number: 1, receipts: 1 },
          drive: { serial: '9999078900000001', phase: 3, documents: 3, unsent: { count: 3 } },
        },
      ],
    });
    expect((await admin.get('/groups')).json).toEqual([json]);
    expect((await admin.get('/groups/none')).status).toBe(404);
  });

  test('a drive is replaced: shift closed, drive closed, documents delivered, new drive', async () => {
    await sell(1);
    const unit = (body: object) => admin.post(`/groups/group/units/${SERIAL}`, body);
    const drive = { serial: '9999078900000099', model: { months: 15, marking: true } };
    expect((await unit({ kind: 'close-shift' })).json).toMatchObject({ document: { form: 5 } });
    expect((await unit({ kind: 'close-drive' })).json).toMatchObject({ document: { form: 6 } });
    const early = await unit({ kind: 'install-drive', drive });
    expect([early.status, early.json]).toEqual([409, { error: { rule: 'wrong-phase' } }]);
    await admin.post('/clock', { milliseconds: 200_000 });
    const installed = await unit({ kind: 'install-drive', drive });
    expect(installed.json).toMatchObject({ document: { form: 11, fd: 1, fn: drive.serial } });
    expect((await sell(2)).json).toMatchObject({ receiptResponse: { FNSerialNumber: drive.serial } });
  });

  test('a broken drive is taken out: nothing can be fiscalised', async () => {
    const out = await admin.post(`/groups/group/units/${SERIAL}`, { kind: 'remove-drive' });
    expect([out.status, out.json]).toEqual([200, { document: null }]);
    expect((await admin.get('/groups/group')).json).toMatchObject({ units: [{ drive: null, able: false }] });
  });

  test.each([
    [{ kind: 'dance' }, { field: 'kind', rule: 'unknown-word' }],
    [{ kind: 'install-drive' }, { field: 'drive', rule: 'missing' }],
    [
      { kind: 'install-drive', drive: { serial: '9', model: { months: 14, marking: true } } },
      { field: 'drive.model.months', rule: 'not-13-15-or-36' },
    ],
    [
      { kind: 'close-shift', extra: 1 },
      { field: '', rule: 'unknown-member' },
    ],
  ])('%j is 422', async (body, error) => {
    const answer = await admin.post(`/groups/group/units/${SERIAL}`, body);
    expect([answer.status, answer.json]).toEqual([422, { error }]);
  });

  test('an unknown register is 409, a busy one says until when', async () => {
    expect((await admin.post('/groups/group/units/none', { kind: 'close-shift' })).status).toBe(409);
    const closed = await admin.post(`/groups/group/units/${SERIAL}`, { kind: 'close-shift' });
    expect(closed.json).toEqual({ error: { rule: 'shift-closed' } });
  });
});

describe('the ledger', () => {
  test('is read by pages of canonical lines, in the order of sequence', async () => {
    for (const number of [1, 2, 3]) await sell(number);
    expect((await admin.get('/ledger')).json).toEqual([
      { group: 'group', organisation: '7725327863', head: 5 },
    ]);
    expect((await admin.get('/ledger/group/head')).json).toMatchObject({ head: 5 });
    const all = await admin.get('/ledger/group/documents');
    expect(all.headers).toMatchObject({
      'content-type': 'application/x-ndjson; charset=utf-8',
      'ledger-head': '5',
    });
    expect(linesOf(all.text).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    let paged = '';
    for (let after = 0; ;) {
      const page = linesOf((await admin.get(`/ledger/group/documents?after=${after}&limit=2`)).text);
      if (page.length === 0) break;
      paged += page.map((line) => `${JSON.stringify(line)}\n`).join('');
      after = Number(page.at(-1)?.['sequence']);
    }
    expect(paged).toBe(all.text);
    expect(linesOf(all.text)[2]).toMatchObject({
      group: 'group',
      key: operation(1),
      organisation: '7725327863',
      fn: '9999078900000001',
      fd: 3,
      form: 3,
      at: '2026-03-01T12:00:00',
      zone: 2,
      shift: 1,
      numberInShift: 1,
      receipt: { settlementSign: 1, total: 80730, payments: { cashless: 80730 }, contactGiven: true },
    });
  });

  test.each(['after=-1', 'limit=0x', 'limit=10001', 'other=1'])('a page of %s is 422', async (query) => {
    expect((await admin.get(`/ledger/group/documents?${query}`)).status).toBe(422);
  });

  test('answers by operation, key, drive and number, and adds up', async () => {
    await sell(1);
    const report = await admin.get(`/groups/group/operations/${operation(1)}`);
    expect(report.json).toMatchObject({
      key: operation(1),
      result: { _tag: 'done', document: { fd: 3 } },
      documents: [{ fd: 3 }],
    });
    expect((await admin.get('/groups/group/operations/none')).json).toMatchObject({
      result: { _tag: 'unknown' },
      documents: [],
    });
    expect(linesOf((await admin.get(`/ledger/group/search?key=${operation(1)}`)).text)).toHaveLength(1);
    expect((await admin.get('/ledger/group/search?tag=none')).text).toBe('');
    expect((await admin.get('/ledger/group/search')).status).toBe(422);
    const totals = await admin.get('/ledger/group/totals?fn=9999078900000001&shift=1');
    expect(totals.json).toMatchObject({ receipts: [{ count: 1, total: 80730 }, {}, {}, {}] });
    expect((await admin.get('/ledger/group/totals?fn=9999078900000001')).json).toEqual(totals.json);
    expect((await admin.get('/ledger/group/totals')).status).toBe(422);
  });

  test('one document with its bytes, QR text and confirmation', async () => {
    await sell(1);
    const path = '/ledger/group/documents/9999078900000001';
    const early = (await admin.get(`${path}/3`)).json as { tlv: string; qr: string; confirmation?: object };
    const [node] = right(decodeTlv(Uint8Array.from(Buffer.from(early.tlv, 'hex'))));
    expect(node?.tag).toBe(3);
    expect(early.qr).toMatch(/^t=20260301T1200&s=807\.30&fn=9999078900000001&i=3&fp=\d+&n=1$/u);
    expect(early).not.toHaveProperty('confirmation');
    await admin.post('/clock', { milliseconds: 200_000 });
    expect((await admin.get(`${path}/3`)).json).toMatchObject({ confirmation: { ofdInn: '7728699517' } });
    expect((await admin.get(`${path}/99`)).status).toBe(404);
  });
});

test('neither log nor ledger nor reports bear a contact, a name or a secret', async () => {
  const secrets = ['buyer-secret@example.ru', 'Тайнова', 'secret', ADMIN_TOKEN];
  const client = await clientOf(emulator.url);
  secrets.push(client.token);
  const body = saleBody(operation(1), { customerEmail: secrets[0], cashierName: secrets[1] });
  await client.submit(operation(1), body);
  await client.submit(operation(2), { ...body, operationRequest: { operationId: `for ${secrets[0]}` } });
  await client.submit(operation(3), `${JSON.stringify(body)} ${secrets[0]}`);
  await ask(`${emulator.url}/kkts/${secrets[0]}`);
  const texts = await Promise.all(
    [
      '/ledger/group/documents',
      '/groups',
      `/groups/group/operations/${operation(1)}`,
      '/faults',
      '/health',
    ].map(async (path) => (await admin.get(path)).text),
  );
  const all = [JSON.stringify(log), ...texts].join('\n');
  expect(log.length).toBeGreaterThan(5);
  for (const secret of secrets.filter((each) => each !== 'secret')) expect(all).not.toContain(secret);
  expect(JSON.stringify(log)).not.toContain('secret');
});

describe('what is not started', () => {
  test('a script of faults that is wrong', async () => {
    expect(await startEmulator({ runtime, settings, faults: { faults: [{ do: 'x' }] } })()).toEqual(
      E.left({ _tag: 'FaultsRefused', field: 'faults[0].do', rule: 'unknown-fault' }),
    );
  });

  test('a port that is taken', async () => {
    expect(await startEmulator({ runtime, settings, port: emulator.port })()).toEqual(
      E.left({ _tag: 'NotListening', code: 'EADDRINUSE' }),
    );
  });

  test('registers other than those that are stored under the group', async () => {
    const storage = memoryStorage();
    const first = right(await createEmulatorServer({ runtime, settings, storage })());
    await first.close();
    const again = right(await createEmulatorServer({ runtime, settings, storage })());
    await again.close();
    const others = { ...settings, groups: [quickGroup({ units: 2 })] };
    expect(await createEmulatorServer({ runtime, settings: others, storage })()).toEqual(
      E.left({ _tag: 'GroupDiffers', group: 'group' }),
    );
  });

  test.each([
    [[quickGroup(), quickGroup()], 'groups[1].id', 'twice'],
    [[quickGroup({}, { id: 'a b' })], 'groups[0].id', 'not-a-name'],
    [
      ['a', 'b'].map((id) => quickGroup({}, { id, access: { kind: 'bearer', token: 'same' } })),
      'groups[1].access',
      'twice',
    ],
    [
      [quickGroup({}, { access: { kind: 'sales-register-group', shopId: 'shop', shopSecret: '' } })],
      'groups[0].access.shopSecret',
      'empty',
    ],
    [
      [quickGroup({}, { access: { kind: 'basic', login: 'login', password: '' } })],
      'groups[0].access.password',
      'empty',
    ],
  ])('settings that contradict themselves %#', async (groups, field, rule) => {
    expect(await startEmulator({ runtime, settings: { groups } })()).toEqual(
      E.left({ _tag: 'SettingsRefused', field, rule }),
    );
  });
});

test('faults given at the start are set', async () => {
  const struck = await started({ faults: { faults: [{ do: 'drive-full' }] } });
  try {
    const client = await clientOf(struck.url);
    expect(operationOf(await client.submit(operation(1))).status).toBe('REJECTED');
  } finally {
    await struck.close();
  }
});

test('what cannot be stored is not answered for', async () => {
  const storage = memoryStorage();
  let full = false;
  const failing = {
    ...storage,
    settled: async () =>
      full ? E.left({ _tag: 'StorageFailed' as const, step: 'append', code: 'ENOSPC' }) : E.right(undefined),
  };
  const server = right(await createEmulatorServer({ runtime, settings, storage: failing })());
  const { url } = right(await server.listen()());
  try {
    const client = await clientOf(url);
    full = true;
    const answer = await client.submit(operation(1));
    expect([answer.status, answer.json]).toMatchObject([500, { type: 'UNKNOWN_EXCEPTION' }]);
    expect((await client.kkts()).status).toBe(500);
    const health = await adminOf(url).get('/health');
    expect([health.status, health.json]).toMatchObject([500, { status: 'storage-failed' }]);
    expect((await adminOf(url).get('/ledger')).status).toBe(500);
  } finally {
    await server.close();
  }
});
