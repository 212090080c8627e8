import { right, shop } from '../kkt/kkt.testing';
import { oneCGroup } from '../dialects/one-c/one-c-group';
import type { OneCAccess, OneCGroup } from '../dialects/one-c/access';
import {
  ADMIN_TOKEN,
  adminOf,
  ask,
  clientOf,
  item,
  operation,
  operationOf,
  quickGroup,
  saleBody,
  started,
  tokenBody,
} from './server.testing';
import type { Answer } from './server.testing';
import type { RunningEmulator } from './start-emulator';

const basic = (id: string, rest: Partial<OneCGroup> = {}): OneCGroup =>
  quickGroup({}, { id, access: { kind: 'basic', login: id, password: 'p' }, ...rest });
const bearer: OneCAccess = { kind: 'bearer', token: 'static-token' };

const groups: ReadonlyArray<OneCGroup> = [
  quickGroup(),
  basic('basic'),
  quickGroup({}, { id: 'bearer', access: bearer }),
  basic('no-tariff', { account: 'no-tariff' }),
  basic('closed', { account: 'closed' }),
  basic('strict', {
    dialect: { reader: 'strict', receiptNumberMeans: 'fiscal-document', receiptDate: 'local' },
  }),
  {
    ...quickGroup({ group: { judgeOnSubmit: true } }),
    id: 'judging',
    access: { kind: 'basic', login: 'judging', password: 'p' },
    dialect: { otherContent: 'refused', kktSerialNumberMeans: 'serial', receiptDate: 'milliseconds' },
  },
];

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await started({
    settings: { groups, admin: { token: ADMIN_TOKEN } },
    limits: { bodyLimit: 100_000 },
  });
});
afterAll(() => emulator.close());

const authorization = (login: string, password = 'p'): string =>
  `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`;
const as = (login: string) => ({ authorization: authorization(login) });
const submitAs = (login: string, body: unknown): Promise<Answer> =>
  ask(`${emulator.url}/kkts/receipts`, { body, headers: as(login) });
const documents = (group: string, key: string) =>
  emulator.emulator.machine.group(group)?.registers.ledger.byKey(key).length;
const typeOf = ({ status, json }: Answer) => [status, (json as { type?: string }).type];

describe('POST /auth/tokens', () => {
  test('gives a Bearer token and its life in minutes', async () => {
    const { status, json } = await ask(`${emulator.url}/auth/tokens`, { body: tokenBody });
    expect([status, json]).toEqual([
      200,
      { accessToken: expect.stringMatching(/^[\w.-]{40,}$/u), tokenType: 'Bearer', expiresIn: 1440 },
    ]);
  });

  test.each([
    { shopSecret: 'wrong' },
    { shopId: 'other' },
    { kktsGroupId: 'basic' },
    { kktsGroupId: 'none' },
  ])('%j is 401 BAD_CREDENTIALS', async (change) => {
    const answer = await ask(`${emulator.url}/auth/tokens`, { body: { ...tokenBody, ...change } });
    expect(typeOf(answer)).toEqual([401, 'BAD_CREDENTIALS']);
  });

  test('a body without a secret is 400 BAD_REQUEST', async () => {
    const answer = await ask(`${emulator.url}/auth/tokens`, { body: { shopId: 'shop' } });
    expect(typeOf(answer)).toEqual([400, 'BAD_REQUEST']);
    expect(answer.text).toContain('shopSecret: missing');
  });
});

describe('who calls', () => {
  test.each([
    ['nobody', {}],
    ['an unknown scheme', { authorization: 'Digest x' }],
    ['a word for a token', { authorization: 'Bearer word' }],
    ['an unknown login', { authorization: authorization('nobody') }],
    ['a password for a group with tokens', { authorization: authorization('shop', 'secret') }],
  ])('%s is 401 BAD_CREDENTIALS', async (_, headers) => {
    expect(typeOf(await ask(`${emulator.url}/kkts`, { headers }))).toEqual([401, 'BAD_CREDENTIALS']);
  });

  test('a token with one letter changed is not accepted', async () => {
    const { token } = await clientOf(emulator.url);
    const forged = token.replace(/.$/u, (last) => (last === 'A' ? 'B' : 'A'));
    const answer = await ask(`${emulator.url}/kkts`, { headers: { authorization: `Bearer ${forged}` } });
    expect(typeOf(answer)).toEqual([401, 'BAD_CREDENTIALS']);
  });

  test('BASIC and BEARER groups are called by their static header', async () => {
    expect((await ask(`${emulator.url}/kkts`, { headers: as('basic') })).status).toBe(200);
    const headers = { authorization: 'Bearer static-token' };
    expect((await ask(`${emulator.url}/kkts`, { headers })).status).toBe(200);
  });

  test('an account without a tariff is 402 NO_TARIFF_FOUND, a closed one 403 AUTHORIZATION_EXCEPTION', async () => {
    expect(typeOf(await submitAs('no-tariff', saleBody(operation(1))))).toEqual([402, 'NO_TARIFF_FOUND']);
    expect(typeOf(await submitAs('closed', saleBody(operation(1))))).toEqual([
      403,
      'AUTHORIZATION_EXCEPTION',
    ]);
  });

  test('a receipt of another group is 404 NOT_FOUND', async () => {
    const client = await clientOf(emulator.url);
    const { receiptId } = operationOf(await client.submit(operation(2)));
    expect((await client.status(receiptId)).status).toBe(200);
    const url = `${emulator.url}/kkts/receipts/${receiptId}`;
    expect(typeOf(await ask(url, { headers: as('basic') }))).toEqual([404, 'NOT_FOUND']);
  });
});

test('GET /kkts: kktStatus FISCALIZATION_AVAILABLE when a register can', async () => {
  const { json } = await ask(`${emulator.url}/kkts`, { headers: as('basic') });
  expect(json).toMatchObject({
    kktStatus: 'FISCALIZATION_AVAILABLE',
    kkts: [{ FNSerialNumber: '9999078900000001', kktStatus: 'FISCALIZATION_AVAILABLE', shiftOpened: false }],
  });
});

describe('POST /kkts/receipts', () => {
  test('a receipt that is made at once is in the answer, and in that to GET', async () => {
    const client = await clientOf(emulator.url);
    const answer = await client.submit(operation(10));
    const { receiptId } = operationOf(answer);
    const [entry] = emulator.emulator.machine.group('group')?.registers.ledger.byKey(operation(10)) ?? [];
    const content = entry?.document.content;
    expect(answer.json).toEqual({
      operationResponse: {
        operationStatus: 'SUCCESS',
        operationId: operation(10),
        receiptId: expect.stringMatching(/^[0-9a-f-]{36}$/u),
        operationStatusDescription: 'Операция выполнена',
      },
      receiptResponse: {
        shiftNumber: 1,
        receiptNumber: content?.kind === 'receipt' ? content.numberInShift : undefined,
        receiptDate: '2026-03-01T12:00:00+03:00',
        FNSign: String(entry?.document.fp).padStart(10, '0'),
        addressSiteInspections: 'www.nalog.gov.ru',
        KKTSerialNumber: entry?.document.registrationNumber,
        FNSerialNumber: '9999078900000001',
      },
    });
    expect((await client.status(receiptId)).json).toEqual(answer.json);
  });

  test('the fields of the result mean what the settings say', async () => {
    const strict = await submitAs('strict', saleBody(operation(11)));
    expect(strict.json).toMatchObject({
      receiptResponse: { receiptNumber: 3, receiptDate: '2026-03-01T12:00:00' },
    });
    const judging = await submitAs('judging', saleBody(operation(11)));
    expect(judging.json).toMatchObject({
      receiptResponse: { KKTSerialNumber: '00106925000001', receiptDate: '2026-03-01T12:00:00.000Z' },
    });
  });

  test('a repeated operationId is answered with the same receipt', async () => {
    const client = await clientOf(emulator.url);
    const first = await client.submit(operation(12));
    const between = await client.submit(operation(9));
    expect(operationOf(between).receiptId).not.toBe(operationOf(first).receiptId);
    expect((await client.submit(operation(12))).json).toEqual(first.json);
    expect(documents('group', operation(12))).toBe(1);
  });

  test('with another content the first one stays', async () => {
    const first = await submitAs('basic', saleBody(operation(13)));
    const second = await submitAs('basic', saleBody(operation(13), { operationType: 2 }));
    expect(second.json).toEqual(first.json);
    const [entry] = emulator.emulator.machine.group('basic')?.registers.ledger.byKey(operation(13)) ?? [];
    expect(entry?.document.content).toMatchObject({ receipt: { settlementSign: 1 } });
  });

  test('or is refused with 422, if the settings say so', async () => {
    const first = await submitAs('judging', saleBody(operation(14)));
    expect((await submitAs('judging', saleBody(operation(14)))).json).toEqual(first.json);
    const other = await submitAs('judging', saleBody(operation(14), { operationType: 2 }));
    expect(typeOf(other)).toEqual([422, 'BAD_REQUEST']);
    expect(other.text).toContain('operationRequest.operationId: other-content');
    expect(documents('judging', operation(14))).toBe(1);
  });

  test('the same operationId in two groups is two operations', async () => {
    await submitAs('basic', saleBody(operation(15)));
    await submitAs('strict', saleBody(operation(15)));
    expect([documents('basic', operation(15)), documents('strict', operation(15))]).toEqual([1, 1]);
  });

  test('simultaneous sends of one operationId make one document', async () => {
    const client = await clientOf(emulator.url);
    const ids = [16, 17, 18, 19].map(operation);
    const answers = await Promise.all(
      ids.flatMap((id) => Array.from({ length: 5 }, () => client.submit(id))),
    );
    expect(new Set(answers.map((answer) => operationOf(answer).receiptId)).size).toBe(4);
    for (const id of ids) expect(documents('group', id)).toBe(1);
  });

  test('refused by the register it is REJECTED with rule and field, and no document', async () => {
    const cash = { payments: { cash: 807.3, electronic: 0, barter: 0, postPayment: 0, prePayment: 0 } };
    const { json } = await submitAs('basic', saleBody(operation(20), {}, cash));
    expect(json).toMatchObject({
      operationResponse: {
        operationStatus: 'REJECTED',
        operationStatusDescription: 'Операция отклонена: cash-on-internet-register: payments.cash',
      },
    });
    expect(json).not.toHaveProperty('receiptResponse');
    expect(documents('basic', operation(20))).toBe(0);
    // The rejection is remembered: a corrected content needs a new operationId.
    expect(operationOf(await submitAs('basic', saleBody(operation(20)))).status).toBe('REJECTED');
  });

  test('judged at once, if the settings say so, it is 422 BAD_REQUEST and the operationId stays free', async () => {
    const wrong = saleBody(operation(21), {}, { items: [{ ...item, amountWithDiscount: 807.31 }] });
    const refused = await submitAs('judging', wrong);
    expect(typeOf(refused)).toEqual([422, 'BAD_REQUEST']);
    expect(refused.text).toContain('items[0].sum');
    expect(operationOf(await submitAs('judging', saleBody(operation(21)))).status).toBe('SUCCESS');
  });

  test('without phone and e-mail it is NO_CONTACT_INFO; a correction needs none', async () => {
    const noContact = { customerEmail: '', customerPhone: ' ' };
    expect(typeOf(await submitAs('basic', saleBody(operation(22), noContact)))).toEqual([
      422,
      'NO_CONTACT_INFO',
    ]);
    const correctionData = { type: 0, number: '', description: '', date: '2026-02-20T00:00:00' };
    const correction = saleBody(operation(23), { ...noContact, isCorrection: true, correctionData });
    expect(operationOf(await submitAs('basic', correction)).status).toBe('SUCCESS');
  });
});

describe('what is not understood', () => {
  test.each([
    ['no body', undefined, 'body-missing'],
    ['no JSON', '{"a":', 'not-json: syntax at 5'],
    ['a name twice', '{"a":1,"a":2}', 'not-json: name-twice'],
    ['deeper than 32', '['.repeat(40), 'not-json: too-deep'],
    ['no operationId', '{}', 'operationRequest: missing'],
    [
      'a bad operationId',
      JSON.stringify(saleBody('a b')),
      'operationRequest.operationId: not-an-operation-id',
    ],
    [
      'a bad rate',
      JSON.stringify(saleBody('x', {}, { items: [{ ...item, VATRate: 18 }] })),
      'unknown-vat-rate',
    ],
  ])('%s is 400 BAD_REQUEST with a problem body', async (_, body, detail) => {
    const answer = await ask(`${emulator.url}/kkts/receipts`, { method: 'POST', body, headers: as('basic') });
    expect(answer.json).toEqual({
      type: 'BAD_REQUEST',
      title: expect.any(String),
      detail: expect.stringContaining(detail),
      status: 400,
      instance: '/kkts/receipts',
    });
    expect(answer.headers['content-type']).toMatch(/^application\/json/u);
  });

  test('a strict reader wants a UUID and knows its members', async () => {
    expect((await submitAs('strict', saleBody('order-1'))).status).toBe(400);
    expect((await submitAs('strict', saleBody(operation(30), { other: 1 }))).status).toBe(400);
    expect(operationOf(await submitAs('basic', saleBody('order-1', { other: 1 }))).status).toBe('SUCCESS');
  });

  test.each(['/', '/kkts/other', '/kkts/receipts/none', '/admin-not', '/public/program-1c/public/providers'])(
    '%s is 404 NOT_FOUND',
    async (path) => {
      expect(typeOf(await ask(`${emulator.url}${path}`, { headers: as('basic') }))).toEqual([
        404,
        'NOT_FOUND',
      ]);
    },
  );

  test('a body above the limit is 413', async () => {
    expect((await submitAs('basic', 'x'.repeat(100_001))).status).toBe(413);
  });

  test('any media type is read as what it is', async () => {
    const answer = await ask(`${emulator.url}/kkts/receipts`, {
      body: saleBody(operation(31)),
      headers: { ...as('basic'), 'content-type': 'text/plain' },
    });
    expect(operationOf(answer).status).toBe('SUCCESS');
  });
});

describe('with time that passes', () => {
  const slow = right(
    oneCGroup('slow', { ...shop, group: { queueLimit: 3 } }, { kind: 'basic', login: 'slow', password: 'p' }),
  );
  const minute = 60_000;
  let clocked: RunningEmulator;
  beforeEach(async () => {
    clocked = await started({ settings: { groups: [slow, quickGroup()], admin: { token: ADMIN_TOKEN } } });
  });
  afterEach(() => clocked.close());
  const pass = (milliseconds: number) => adminOf(clocked.url).post('/clock', { milliseconds });
  const kkts = (authorizationHeader: string) =>
    ask(`${clocked.url}/kkts`, { headers: { authorization: authorizationHeader } });

  test('an operation is IN_PROGRESS until its document is known', async () => {
    const submit = () =>
      ask(`${clocked.url}/kkts/receipts`, { body: saleBody(operation(1)), headers: as('slow') });
    const first = await submit();
    expect(first.json).toEqual({
      operationResponse: {
        operationStatus: 'IN_PROGRESS',
        operationId: operation(1),
        receiptId: operationOf(first).receiptId,
        operationStatusDescription: 'Операция выполняется',
      },
    });
    const status = () =>
      ask(`${clocked.url}/kkts/receipts/${operationOf(first).receiptId}`, { headers: as('slow') });
    expect((await status()).json).toEqual(first.json);
    // The registration report, the opening of the shift, the receipt; each takes a second, the result another.
    await pass(2999);
    expect((await status()).json).toEqual(first.json);
    await pass(1);
    const done = await status();
    expect(operationOf(done)).toEqual({ ...operationOf(first), status: 'SUCCESS' });
    expect((await submit()).json).toEqual(done.json);
  });

  test('a full queue is 503 with Retry-After', async () => {
    const submit = (number: number) =>
      ask(`${clocked.url}/kkts/receipts`, { body: saleBody(operation(number)), headers: as('slow') });
    for (const number of [1, 2, 3]) expect((await submit(number)).status).toBe(200);
    const full = await submit(4);
    expect(typeOf(full)).toEqual([503, 'SERVICE_UNAVAILABLE_PAYMENT']);
    expect(full.headers['retry-after']).toBe('60');
  });

  test('a token ends after its minutes: 401 BAD_CREDENTIALS, and a new one is given', async () => {
    const { headers } = await clientOf(clocked.url);
    await pass(1440 * minute - 1);
    expect((await kkts(headers.authorization)).status).toBe(200);
    await pass(1);
    expect(typeOf(await kkts(headers.authorization))).toEqual([401, 'BAD_CREDENTIALS']);
    expect((await (await clientOf(clocked.url)).kkts()).status).toBe(200);
  });

  test('wrong credentials block the account: 429 TOO_MANY_REQUESTS for 30 minutes, even for the right ones', async () => {
    const token = (shopSecret: string) =>
      ask(`${clocked.url}/auth/tokens`, { body: { ...tokenBody, shopSecret } });
    for (let attempt = 0; attempt < 5; attempt += 1) expect((await token('wrong')).status).toBe(401);
    const blocked = await token('secret');
    expect(typeOf(blocked)).toEqual([429, 'TOO_MANY_REQUESTS']);
    expect(blocked.headers['retry-after']).toBe('1800');
    await pass(30 * minute - 1);
    expect((await token('secret')).status).toBe(429);
    await pass(1);
    expect((await token('secret')).status).toBe(200);
  });

  test('a right password forgives the wrong ones before it', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let attempt = 0; attempt < 4; attempt += 1)
        expect((await kkts(authorization('slow', 'wrong'))).status).toBe(401);
      expect((await kkts(authorization('slow'))).status).toBe(200);
    }
  });

  test('the Date header is the emulator’s clock', async () => {
    await pass(86_400_000);
    expect((await kkts(authorization('slow'))).headers.date).toBe('Mon, 02 Mar 2026 09:00:00 GMT');
  });
});
