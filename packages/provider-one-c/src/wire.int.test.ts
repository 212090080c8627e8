import * as E from 'fp-ts/Either';
import type { SecretSource } from '@cloud-kassa/provider';
import {
  CONTENT,
  KEY,
  PORTAL_PASSWORD,
  REQUEST,
  SHOP_SECRET,
  json,
  operation,
  problem,
  secretsOf,
} from './one-c.testing';
import { theatre } from './stage.testing';

const { stage, close } = theatre();
afterEach(close);

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('a call straight to the provider', () => {
  it('is POST /kkts/receipts with the operation id and the receipt', async () => {
    const { provider, outer } = await stage();
    await provider.send(REQUEST);
    const [seen] = outer();
    expect(seen).toMatchObject({
      method: 'POST',
      path: '/kkts/receipts',
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer token-1',
        accept: 'application/json',
      },
    });
    const body = JSON.parse(seen?.body ?? '') as Record<string, unknown>;
    expect(body['operationRequest']).toEqual({ operationId: KEY });
    expect(Object.keys(body['receiptRequest'] as object)).toEqual(['documentHeader', 'items', 'payments']);
    expect(seen?.body).toContain('"amountWithDiscount":807.30');
  });

  it('is GET /kkts/receipts/{receiptId} to ask, the id written as in an address', async () => {
    const { provider, outer } = await stage();
    await provider.ask(KEY, 'r/1 ?');
    expect(outer()[0]).toMatchObject({ method: 'GET', path: '/kkts/receipts/r%2F1%20%3F', body: '' });
  });

  it('is GET /kkts for the registers', async () => {
    const { provider, outer } = await stage();
    expect(await provider.availability()).toEqual({ _tag: 'Available', units: [] });
    expect(outer()[0]).toMatchObject({ method: 'GET', path: '/kkts' });
  });

  it('has a correlation id of its own', async () => {
    const { provider, outer } = await stage();
    await provider.send(REQUEST);
    await provider.send(REQUEST);
    const ids = outer().map(({ headers }) => headers['x-correlation-id']);
    for (const id of ids) expect(id).toMatch(UUID);
    expect(new Set(ids).size).toBe(2);
  });
});

describe('a call through the gateway', () => {
  const settings = {
    program: {
      nick: 'shop',
      configurationName: 'Розница',
      configurationVersion: '3.0.8.73',
      baseId: '3f1e',
      userName: 'Оператор',
    },
  };

  it('is an envelope with the call inside, the correlation id repeated', async () => {
    const { provider, outer } = await stage({ access: 'gateway', settings });
    await provider.ask(KEY, 'r-1');
    const [seen] = outer();
    expect(seen).toMatchObject({
      method: 'POST',
      path: '/private/providers/p1/calls/execute-rest-operation-call',
      headers: {
        authorization: `Basic ${base64(`its-login:${PORTAL_PASSWORD}`)}`,
        'content-type': 'application/json',
        'x-program-nick': 'shop',
        'x-configuration-name': encodeURIComponent('Розница'),
        'x-configuration-version': '3.0.8.73',
        'x-ib-id': '3f1e',
        'x-ib-user-name': encodeURIComponent('Оператор'),
      },
    });
    expect(JSON.parse(seen?.body ?? '')).toEqual({
      method: 'GET',
      path: '/kkts/receipts/{receiptId}',
      requestHeaders: {
        Authorization: 'Bearer token-1',
        'X-Correlation-ID': seen?.headers['x-correlation-id'],
      },
      uriVariables: { receiptId: 'r-1' },
      queryParams: {},
    });
  });

  it('carries a receipt as an object, its decimals untouched', async () => {
    const { provider, outer, calls } = await stage({ access: 'gateway' });
    await provider.send(REQUEST);
    expect(outer()[0]?.body).toContain('"amountWithDiscount":807.30');
    expect(calls()[0]).toMatchObject({
      method: 'POST',
      path: '/kkts/receipts',
      body: { operationRequest: { operationId: KEY } },
    });
  });

  it('names only the programme where nothing else is known', async () => {
    const { provider, outer } = await stage({ access: 'gateway' });
    await provider.availability();
    const names = Object.keys(outer()[0]?.headers ?? {}).filter((name) => name.startsWith('x-'));
    expect(names.toSorted()).toEqual(['x-correlation-id', 'x-program-nick']);
  });
});

describe('authentication', () => {
  it('by login and password (BASIC)', async () => {
    const { provider, outer, tokenCalls } = await stage({
      authentication: { authentication: 'basic', login: 'логин' },
    });
    await provider.send(REQUEST);
    expect(outer()[0]?.headers['authorization']).toBe(`Basic ${base64('логин:basic-пароль')}`);
    expect(tokenCalls).toHaveLength(0);
  });

  it('by a standing token (BEARER)', async () => {
    const { provider, outer } = await stage({
      authentication: { authentication: 'bearer', account: 'main' },
    });
    await provider.send(REQUEST);
    expect(outer()[0]?.headers['authorization']).toBe('Bearer bearer-token');
  });

  it('by shop and group (SALESREGISTERGROUP): one token for all calls', async () => {
    const { provider, tokenCalls } = await stage();
    await Promise.all([provider.send(REQUEST), provider.send(REQUEST), provider.availability()]);
    expect(tokenCalls).toHaveLength(1);
    expect(tokenCalls[0]).toMatchObject({
      method: 'POST',
      body: { shopId: 'shop-1', shopSecret: SHOP_SECRET, kktsGroupId: 'group-1' },
    });
    expect(tokenCalls[0]?.headers).not.toHaveProperty('authorization');
  });

  it('the type of the token is the scheme of the header, and its life is told in minutes', async () => {
    const { provider, outer, tokenAnswers, tokenCalls, advance } = await stage();
    tokenAnswers(json(200, { accessToken: 'abc', tokenType: 'Custom', expiresIn: 2 }));
    await provider.send(REQUEST);
    expect(outer()[0]?.headers['authorization']).toBe('Custom abc');
    advance(89_999);
    await provider.send(REQUEST);
    expect(tokenCalls).toHaveLength(1);
    advance(1);
    await provider.send(REQUEST);
    expect(tokenCalls).toHaveLength(2);
  });

  it('a refused token is renewed once, for asks and for the registers too', async () => {
    const { provider, answers, tokenCalls, calls } = await stage();
    answers(problem(401, 'BAD_CREDENTIALS'));
    expect(await provider.ask(KEY, `r-${KEY}`)).toMatchObject({ _tag: 'Waiting' });
    answers(problem(401, 'BAD_CREDENTIALS'));
    expect(await provider.availability()).toMatchObject({ _tag: 'Available' });
    expect(tokenCalls).toHaveLength(3);
    expect(calls()).toHaveLength(4);
  });

  it('is not renewed where there is nothing to renew', async () => {
    const { provider, answers, calls } = await stage({
      authentication: { authentication: 'basic', login: 'shop' },
    });
    answers(problem(401, 'BAD_CREDENTIALS'));
    expect(await provider.send(REQUEST)).toMatchObject({
      _tag: 'RefusedLater',
      scope: 'account',
      retryAfterMs: 600_000,
    });
    expect(calls()).toHaveLength(1);
  });

  it("the portal's refusal costs no token", async () => {
    const { provider, answers, tokenCalls } = await stage({ access: 'gateway' });
    answers(problem(401, 'USER_AUTHENTICATION_EXCEPTION_1C'));
    expect(await provider.send(REQUEST)).toMatchObject({ _tag: 'RefusedLater' });
    await provider.send(REQUEST);
    expect(tokenCalls).toHaveLength(1);
  });

  it('a bare 401 leaves the outcome unknown, is not repeated, and the next send takes a new token', async () => {
    const { provider, answers, tokenCalls, calls } = await stage();
    answers({ status: 401, headers: { 'www-authenticate': 'Bearer' }, body: '' });
    expect(await provider.send(REQUEST)).toMatchObject({ _tag: 'Unknown' });
    expect(calls()).toHaveLength(1);
    expect(await provider.send(REQUEST)).toMatchObject({ _tag: 'Accepted' });
    expect(tokenCalls).toHaveLength(2);
  });
});

describe('without a token nothing is sent', () => {
  it.each([
    [401, 'BAD_CREDENTIALS', 'RefusedLater'],
    [400, 'BAD_REQUEST', 'RefusedLater'],
    [404, 'NOT_FOUND', 'RefusedLater'],
    [402, 'NO_TARIFF_FOUND', 'RefusedLater'],
    [403, 'AUTHORIZATION_EXCEPTION', 'RefusedLater'],
    [429, 'TOO_MANY_REQUESTS', 'RefusedLater'],
    [500, 'UNKNOWN_EXCEPTION', 'NotSent'],
    [503, 'SERVICE_UNAVAILABLE_PAYMENT', 'NotSent'],
  ])(
    'a token request that ends in %i %s: %s, and never a fault of the receipt',
    async (status, code, tag) => {
      const { provider, tokenAnswers, calls } = await stage();
      tokenAnswers(problem(status, code));
      const answer = await provider.send(REQUEST);
      expect(answer).toMatchObject(
        tag === 'NotSent' ? { _tag: tag, why: 'no-token' } : { _tag: tag, scope: 'account' },
      );
      expect(calls()).toHaveLength(0);
    },
  );

  it.each([
    {},
    [],
    { accessToken: '' },
    { accessToken: 5 },
    { accessToken: 'a b', tokenType: 'Bearer' },
    { accessToken: 'abc', tokenType: 'Bearer\r\nX: y' },
    { accessToken: 'токен' },
  ])('%j is no token', async (body) => {
    const { provider, tokenAnswers, calls } = await stage();
    tokenAnswers(json(200, body));
    expect(await provider.send(REQUEST)).toEqual({ _tag: 'NotSent', why: 'no-token' });
    expect(calls()).toHaveLength(0);
  });

  it('a call that was refused stays refused when no new token can be had; what the token request tells counts more', async () => {
    const { provider, answers, tokenAnswers } = await stage();
    await provider.send(REQUEST);
    answers(problem(401, 'BAD_CREDENTIALS'));
    tokenAnswers(problem(500, 'UNKNOWN_EXCEPTION'));
    expect(await provider.send(REQUEST)).toMatchObject({
      _tag: 'RefusedLater',
      note: { code: 'BAD_CREDENTIALS' },
    });
    answers(problem(401, 'BAD_CREDENTIALS'));
    await provider.send(REQUEST);
    answers(problem(401, 'BAD_CREDENTIALS'));
    tokenAnswers(problem(429, 'TOO_MANY_REQUESTS'));
    expect(await provider.send(REQUEST)).toMatchObject({
      _tag: 'RefusedLater',
      retryAfterMs: 1_800_000,
      note: { code: 'TOO_MANY_REQUESTS' },
    });
  });
});

describe('secrets', () => {
  it('that are not at hand keep everything from being sent', async () => {
    const missing: SecretSource = () => Promise.resolve(E.left({ _tag: 'NoSecret', rule: 'not-set' }));
    const { provider, server } = await stage({ secrets: missing });
    expect(await provider.send(REQUEST)).toEqual({ _tag: 'NotSent', why: 'no-secret' });
    expect(await provider.ask(KEY, 'r-1')).toMatchObject({
      _tag: 'Unavailable',
      note: { code: 'no-secret' },
    });
    expect(await provider.availability()).toMatchObject({ _tag: 'Unreachable', note: { code: 'no-secret' } });
    expect(server.seen).toHaveLength(0);
  });

  it('are read anew for every call, so that a changed one takes effect', async () => {
    let password = 'old';
    const secrets: SecretSource = (reference) => secretsOf({ password })(reference);
    const { provider, outer } = await stage({
      secrets,
      authentication: { authentication: 'basic', login: 'shop' },
    });
    await provider.send(REQUEST);
    password = 'new';
    await provider.send(REQUEST);
    expect(outer().map(({ headers }) => headers['authorization'])).toEqual([
      `Basic ${base64('shop:old')}`,
      `Basic ${base64('shop:new')}`,
    ]);
  });
});

describe('a token that is at hand', () => {
  it('needs no secret: one is read for every token, not for every call', async () => {
    let read = 0;
    const secrets: SecretSource = (reference) => {
      read += 1;
      return secretsOf({ shopSecret: SHOP_SECRET })(reference);
    };
    const { provider, answers, advance } = await stage({ secrets });
    await provider.send(REQUEST);
    await provider.ask(KEY, `r-${KEY}`);
    await provider.send(REQUEST);
    expect(read).toBe(1);
    answers(problem(401, 'BAD_CREDENTIALS'));
    await provider.send(REQUEST);
    expect(read).toBe(2);
    advance(24 * 3_600_000);
    await provider.send(REQUEST);
    expect(read).toBe(3);
  });

  it('hides the secret it was issued for all the same', async () => {
    const { provider, answers } = await stage();
    await provider.send(REQUEST);
    answers(problem(400, 'BAD_REQUEST', `wrong: ${SHOP_SECRET}, token-1`));
    const answer = await provider.send(REQUEST);
    expect(answer).toMatchObject({ _tag: 'RefusedInvalid' });
    expect(JSON.stringify(answer)).not.toContain(SHOP_SECRET);
    expect(JSON.stringify(answer)).not.toContain('token-1');
  });
});

describe('asking', () => {
  it('needs a handle: without one sending again is the ask', async () => {
    const { provider, server } = await stage();
    expect(await provider.ask(KEY, undefined)).toMatchObject({
      _tag: 'Unavailable',
      note: { code: 'no-handle' },
    });
    expect(provider.capabilities).toEqual({ askBy: 'resend', horizonMs: 86_400_000, returnsContent: false });
    expect(server.seen).toHaveLength(0);
  });

  it('a receipt the provider does not know is absent', async () => {
    const { provider, answers } = await stage();
    answers(problem(404, 'NOT_FOUND'));
    expect(await provider.ask(KEY, 'r-1')).toEqual({ _tag: 'Absent' });
  });

  it('a gateway that knows no such provider has told nothing of the receipt', async () => {
    const { provider, outerAnswers } = await stage({ access: 'gateway' });
    await provider.availability();
    outerAnswers(problem(404, 'NOT_FOUND'));
    expect(await provider.ask(KEY, 'r-1')).toMatchObject({ _tag: 'Unavailable', scope: 'account' });
  });

  it('refusals of the account pause the account, everything else this receipt', async () => {
    const { provider, answers } = await stage();
    answers(
      problem(429, 'TOO_MANY_REQUESTS'),
      problem(402, 'NO_TARIFF_FOUND'),
      problem(400, 'BAD_REQUEST'),
      problem(503, 'SERVICE_UNAVAILABLE_PAYMENT'),
    );
    expect(await provider.ask(KEY, 'r-1')).toMatchObject({
      _tag: 'Unavailable',
      scope: 'account',
      retryAfterMs: 1_800_000,
    });
    expect(await provider.ask(KEY, 'r-1')).toMatchObject({
      _tag: 'Unavailable',
      scope: 'account',
      retryAfterMs: 600_000,
    });
    expect(await provider.ask(KEY, 'r-1')).toMatchObject({ _tag: 'Unavailable', scope: 'receipt' });
    expect(await provider.ask(KEY, 'r-1')).toMatchObject({ _tag: 'Unavailable', scope: 'receipt' });
  });

  it('an answer about another operation is none', async () => {
    const { provider, answers } = await stage();
    answers(json(200, operation('IN_PROGRESS', {}, { operationId: '00000000-0000-4000-8000-000000000000' })));
    expect(await provider.ask(KEY, 'r-1')).toMatchObject({ _tag: 'Unavailable' });
  });

  it('REJECTED is final', async () => {
    const { provider, answers } = await stage();
    answers(json(200, operation('REJECTED')));
    expect(await provider.ask(KEY, 'r-1')).toMatchObject({
      _tag: 'Final',
      answer: { _tag: 'Failed', because: 'content' },
    });
  });
});

describe('the state of the registers', () => {
  it.each([
    [json(200, { kktStatus: 'FN_EXPIRED' }), { _tag: 'NotAvailable', why: 'FN_EXPIRED' }],
    [json(200, []), { _tag: 'NotAvailable', why: 'no-registers' }],
    [problem(401, 'USER_AUTHENTICATION_EXCEPTION_1C'), { _tag: 'NotAvailable', why: 'credentials' }],
    [problem(402, 'NO_TARIFF_FOUND'), { _tag: 'NotAvailable', why: 'payment' }],
    [problem(403, 'AUTHORIZATION_EXCEPTION'), { _tag: 'NotAvailable', why: 'forbidden' }],
    [problem(503, 'SERVICE_UNAVAILABLE_PAYMENT'), { _tag: 'Unreachable', note: { status: 503 } }],
    [json(200, { status: 'UP' }), { _tag: 'Unreachable' }],
  ])('%#', async (answer, expected) => {
    const { provider, answers } = await stage();
    answers(answer);
    expect(await provider.availability()).toMatchObject(expected);
  });
});

describe('sending again under one key', () => {
  it('makes the same bytes although the buyer is the same object no longer', async () => {
    const { provider, outer } = await stage();
    await provider.send(REQUEST);
    await provider.send({ ...REQUEST, content: JSON.parse(JSON.stringify(CONTENT)) as typeof CONTENT });
    expect(outer()[1]?.body).toBe(outer()[0]?.body);
  });
});
