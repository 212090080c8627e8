import {
  adminOf,
  ADMIN_TOKEN,
  ask,
  GATEWAY,
  operation,
  quickGroup,
  saleBody,
  started,
  tokenBody,
} from './server.testing';
import type { Answer } from './server.testing';
import type { GatewaySettings } from '../dialects/one-c/gateway-settings';
import type { RunningEmulator } from './start-emulator';

const portal = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
const ITS = portal('its:portal');
const CALL = 'private/providers/emulator/calls/execute-rest-operation-call';

const gateway: GatewaySettings = {
  ...GATEWAY,
  providers: [
    ...GATEWAY.providers,
    {
      id: 'off',
      name: 'Выключенный',
      integrationEnabled: false,
      authorizationType: 'Basic',
      personalPageUrl: '',
    },
    {
      id: 'trade-only',
      name: 'Для торговли',
      integrationEnabled: true,
      authorizationType: 'Bearer',
      personalPageUrl: '',
      configurations: ['УправлениеТорговлей'],
    },
  ],
  users: [
    ...GATEWAY.users,
    { login: 'poor', password: 'p', access: 'no-tariff' },
    { login: 'barred', password: 'p', access: 'forbidden' },
  ],
  timeout: 40,
};

let emulator: RunningEmulator;
const start = (change: Partial<GatewaySettings> = {}) =>
  started({
    settings: { groups: [quickGroup()], gateway: { ...gateway, ...change }, admin: { token: ADMIN_TOKEN } },
  });
beforeEach(async () => {
  emulator = await start();
});
afterEach(() => emulator.close());

const at = (path: string): string => `${emulator.url}/public/program-1c/${path}`;
const call = (
  envelope: unknown,
  headers: Readonly<Record<string, string>> = ITS,
  path = CALL,
): Promise<Answer> => ask(at(path), { body: envelope, headers });

const envelope = (method: string, path: string, rest: object = {}): object => ({
  method,
  path,
  requestHeaders: { 'X-Correlation-ID': operation(99) },
  uriVariables: {},
  queryParams: {},
  ...rest,
});

const tokenOf = async (): Promise<string> => {
  const answer = await call(envelope('POST', '/auth/tokens', { requestBodyJsonObject: tokenBody }));
  const { responseBodyJsonObject } = answer.json as { responseBodyJsonObject: { accessToken: string } };
  return responseBodyJsonObject.accessToken;
};
const withToken = async () => ({ requestHeaders: { Authorization: `Bearer ${await tokenOf()}` } });
const submitting = async (number: number) =>
  envelope('POST', '/kkts/receipts', {
    ...(await withToken()),
    requestBodyJsonObject: saleBody(operation(number)),
  });
const typeOf = ({ status, json }: Answer) => [status, (json as { type?: string }).type];
const faults = (...list: ReadonlyArray<object>) => adminOf(emulator.url).put('/faults', { faults: list });
const documents = (number: number) =>
  emulator.emulator.machine.group('group')?.registers.ledger.byKey(operation(number)).length;

test('GET /public/providers lists providers without any authentication', async () => {
  const { status, json } = await ask(at('public/providers'));
  expect(status).toBe(200);
  expect(json).toEqual([
    {
      id: 'emulator',
      integrationEnabled: true,
      name: 'Эмулятор',
      authorizationType: 'SalesRegisterGroup',
      personalPageUrl: 'https://cabinet.example',
    },
    expect.objectContaining({ id: 'off', integrationEnabled: false }),
    {
      id: 'trade-only',
      integrationEnabled: true,
      name: 'Для торговли',
      authorizationType: 'Bearer',
      personalPageUrl: '',
    },
  ]);
});

describe('a call in an envelope', () => {
  test('is answered by 200 with the provider’s status inside', async () => {
    const answer = await call(await submitting(1));
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        responseStatus: 200,
        responseBodyJsonObject: {
          operationResponse: expect.objectContaining({ operationStatus: 'SUCCESS' }),
          receiptResponse: expect.objectContaining({ shiftNumber: 1 }),
        },
      },
    ]);
    expect(documents(1)).toBe(1);
  });

  test('fills the variables of its path, as 1C asks for a status', async () => {
    const { json } = await call(await submitting(2));
    const { operationResponse } = (
      json as { responseBodyJsonObject: { operationResponse: { receiptId: string } } }
    ).responseBodyJsonObject;
    const status = envelope('GET', '/kkts/receipts/{receiptId}', {
      ...(await withToken()),
      uriVariables: { receiptId: operationResponse.receiptId },
    });
    expect((await call(status)).json).toEqual(json);
  });

  test('an error of the provider stays inside', async () => {
    const { status, json } = await call(envelope('GET', '/kkts'));
    expect([status, json]).toEqual([
      200,
      {
        responseStatus: 401,
        responseBodyJsonObject: expect.objectContaining({ type: 'BAD_CREDENTIALS', status: 401 }),
      },
    ]);
    const noBody = envelope('POST', '/kkts/receipts', await withToken());
    expect((await call(noBody)).json).toMatchObject({ responseStatus: 400 });
  });

  test('money inside is read from its text too', async () => {
    const text = JSON.stringify(await submitting(3)).replaceAll(
      '807.3,',
      '807.300000000000000000000000000000000001,',
    );
    expect((await call(text)).json).toMatchObject({
      responseStatus: 400,
      responseBodyJsonObject: { detail: expect.stringContaining('not-roubles-and-kopecks') },
    });
  });
});

describe('the gateway itself refuses', () => {
  test.each([
    ['no login', {}, 401, 'USER_AUTHENTICATION_EXCEPTION_1C'],
    ['a wrong password', portal('its:x'), 401, 'USER_AUTHENTICATION_EXCEPTION_1C'],
    ['an unknown ticket', { authorization: 'Bearer x' }, 401, 'USER_AUTHENTICATION_EXCEPTION_1C'],
    ['a login without a tariff', portal('poor:p'), 402, 'NO_TARIFF_FOUND'],
    ['a login without access', portal('barred:p'), 403, 'USER_AUTHORISATION_EXCEPTION_1С'],
  ])('%s', async (_, headers, status, type) => {
    expect(typeOf(await call(envelope('GET', '/kkts'), headers))).toEqual([status, type]);
  });

  test('after five wrong passwords: 429 TOO_MANY_REQUESTS_1C for 30 minutes', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await call({}, portal('its:x'));
    expect(typeOf(await call(envelope('GET', '/kkts')))).toEqual([429, 'TOO_MANY_REQUESTS_1C']);
    await adminOf(emulator.url).post('/clock', { milliseconds: 1_800_000 });
    expect((await call(envelope('GET', '/kkts'))).status).toBe(200);
  });

  test('a provider that is unknown, disabled, or not for this configuration', async () => {
    const path = (id: string) => CALL.replace('emulator', id);
    const kkts = envelope('GET', '/kkts');
    expect(typeOf(await call(kkts, ITS, path('none')))).toEqual([404, 'NOT_FOUND']);
    expect(typeOf(await call(kkts, ITS, path('off')))).toEqual([422, 'PROVIDER_DISABLED']);
    const from = (name: string) =>
      call(kkts, { ...ITS, 'x-configuration-name': encodeURIComponent(name) }, path('trade-only'));
    expect(typeOf(await from('Розница'))).toEqual([422, 'INTEGRATION_IS_NOT_SUPPORTED_1C']);
    expect((await from('УправлениеТорговлей')).status).toBe(200);
  });

  test.each([
    ['no JSON', '{', 'not-json'],
    ['no method', { path: '/kkts' }, 'method: missing'],
    [
      'headers that are none',
      envelope('GET', '/kkts', { requestHeaders: 'x' }),
      'requestHeaders: not-an-object',
    ],
  ])('an envelope with %s: 400 BAD_REQUEST_1C', async (_, body, detail) => {
    const answer = await call(body);
    expect(typeOf(answer)).toEqual([400, 'BAD_REQUEST_1C']);
    expect(answer.text).toContain(detail);
  });

  test('a ticket of the portal opens it as well', async () => {
    expect((await call(envelope('GET', '/kkts'), { authorization: 'Bearer ticket' })).status).toBe(200);
  });
});

describe('when the provider behind it fails', () => {
  const inner = { when: { layer: 'inner', operation: 'submit' } };

  test.each([
    ['does not answer in time', { do: 'hang' }, 0],
    ['is too slow, though it makes the document', { do: 'slow', milliseconds: 80 }, 1],
    ['resets the connection', { do: 'reset-before' }, 0],
    ['resets it when the document is made', { do: 'reset-after' }, 1],
    ['breaks off', { do: 'truncate' }, 1],
  ])('%s: 504 BACKEND_CONNECTION_ERROR', async (_, fault, made) => {
    await faults({ ...inner, ...fault });
    expect(typeOf(await call(await submitting(1)))).toEqual([504, 'BACKEND_CONNECTION_ERROR']);
    expect(documents(1)).toBe(made);
  });

  test('or the same inside the envelope, if the settings say so', async () => {
    await emulator.close();
    emulator = await start({ backendErrors: 'envelope' });
    await faults({ ...inner, do: 'hang' });
    expect((await call(await submitting(1))).json).toMatchObject({
      responseStatus: 504,
      responseBodyJsonObject: { type: 'BACKEND_CONNECTION_ERROR' },
    });
  });

  test('a status of the provider is told inside, a page that is no JSON as UNKNOWN_EXCEPTION_1С', async () => {
    await faults({ ...inner, do: 'status', status: 503 });
    expect((await call(await submitting(1))).json).toMatchObject({
      responseStatus: 503,
      responseBodyJsonObject: { type: 'SERVICE_UNAVAILABLE_PAYMENT' },
    });
    await faults({ ...inner, do: 'gateway-page' });
    expect(typeOf(await call(await submitting(2)))).toEqual([500, 'UNKNOWN_EXCEPTION_1С']);
    await faults({ ...inner, do: 'empty' });
    expect((await call(await submitting(3))).json).toEqual({ responseStatus: 200 });
  });

  test('an outer fault strikes the gateway, with the key of the call inside', async () => {
    await faults({ when: { operation: 'submit', key: operation(2) }, do: 'gateway-page', effect: true });
    expect((await call(await submitting(1))).status).toBe(200);
    const page = await call(await submitting(2));
    expect([page.status, page.headers['content-type'], documents(2)]).toEqual([502, 'text/html', 1]);
    await faults({ when: { operation: 'providers' }, do: 'status', status: 500 });
    expect((await ask(at('public/providers'))).status).toBe(500);
  });
});
