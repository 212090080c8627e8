import type { Access } from './one-c.testing';
import { GROUP, KEY, REQUEST, RESULT, json, operation, problem } from './one-c.testing';
import type { StageOptions } from './stage.testing';
import { theatre } from './stage.testing';
import type { WireAnswer } from '@cloud-kassa/provider/conformance';

const { stage, close } = theatre();
afterEach(close);

const MINUTE = 60_000;

const sent = async (answer: WireAnswer, options: StageOptions = {}): Promise<unknown> => {
  const { provider, answers } = await stage(options);
  answers(answer);
  return provider.send(REQUEST);
};

describe.each<Access>(['direct', 'gateway'])('the answer to a receipt (%s)', (access) => {
  // Error types of 1C's client modules: 400, 404, 422 are row 13 of the attempt protocol.
  it.each([
    [400, 'BAD_REQUEST'],
    [404, 'NOT_FOUND'],
    [422, 'NO_CONTACT_INFO'],
    [400, 'BAD_REQUEST_1C'],
  ])('%i %s refuses the receipt', async (status, code) => {
    expect(await sent(problem(status, code, 'почему'), { access })).toEqual({
      _tag: 'RefusedInvalid',
      note: { status, code, excerpt: 'ошибка: почему' },
    });
  });

  // 402, 403, 429: everything under these credentials has to wait, row 14. So it is while the integration is switched off: no receipt is held.
  it.each([
    [400, 'INTEGRATION_IS_NOT_SUPPORTED_1C', 10],
    [422, 'PROVIDER_DISABLED', 10],
    [402, 'NO_TARIFF_FOUND', 10],
    [403, 'AUTHORIZATION_EXCEPTION', 10],
    [403, 'USER_AUTHORISATION_EXCEPTION_1\u0421', 10],
    [401, 'USER_AUTHENTICATION_EXCEPTION_1C', 10],
    [429, 'TOO_MANY_REQUESTS', 30],
    [429, 'TOO_MANY_REQUESTS_1C', 30],
  ])('%i %s makes the account wait %i minutes', async (status, code, minutes) => {
    expect(await sent(problem(status, code), { access })).toMatchObject({
      _tag: 'RefusedLater',
      scope: 'account',
      retryAfterMs: minutes * MINUTE,
      note: { status, code: code.replace('\u0421', 'C') },
    });
  });

  // Every 5xx leaves the outcome open, row 16.
  it.each([
    [503, 'SERVICE_UNAVAILABLE_PAYMENT'],
    [500, 'UNKNOWN_EXCEPTION'],
    [500, 'UNKNOWN_EXCEPTION_1\u0421'],
    [504, 'BACKEND_CONNECTION_ERROR'],
  ])('%i %s leaves the outcome unknown', async (status, code) => {
    expect(await sent(problem(status, code), { access })).toMatchObject({
      _tag: 'Unknown',
      why: 'server-error',
      note: { status },
    });
  });

  it("IN_PROGRESS is accepted under the provider's receipt id", async () => {
    expect(await sent(json(200, operation('IN_PROGRESS')), { access })).toEqual({
      _tag: 'Accepted',
      handle: `r-${KEY}`,
    });
  });

  it('SUCCESS is the document', async () => {
    expect(await sent(json(200, operation('SUCCESS', RESULT)), { access })).toMatchObject({
      _tag: 'Final',
      handle: `r-${KEY}`,
      answer: { _tag: 'Done', document: { fn: '9999078900006211', fp: 3449555941, numberInShift: 425 } },
    });
  });

  it('REJECTED is a failure of the content, proved unless the setting says otherwise', async () => {
    const rejected = json(200, operation('REJECTED', {}, { operationStatusDescription: 'Неверная ставка' }));
    const note = { status: 200, code: 'REJECTED', excerpt: 'Неверная ставка' };
    expect(await sent(rejected, { access })).toEqual({
      _tag: 'Final',
      handle: `r-${KEY}`,
      answer: { _tag: 'Failed', proof: 'proved', because: 'content', note },
    });
    expect(await sent(rejected, { access, settings: { rejectedIs: 'ambiguous' } })).toMatchObject({
      answer: { _tag: 'Failed', proof: 'ambiguous' },
    });
  });

  it('SUCCESS without data, an unknown status and another operation leave the outcome unknown', async () => {
    for (const body of [
      operation('SUCCESS', {}),
      operation('DONE', RESULT),
      operation('SUCCESS', RESULT, { operationId: '00000000-0000-4000-8000-000000000000' }),
    ])
      expect(await sent(json(200, body), { access })).toMatchObject({
        _tag: 'Unknown',
        why: 'unreadable-answer',
      });
  });

  it('another operation sounds an alarm', async () => {
    const { provider, answers, logged } = await stage({ access });
    answers(json(200, operation('SUCCESS', RESULT, { operationId: '00000000-0000-4000-8000-000000000000' })));
    await provider.send(REQUEST);
    expect(logged.join()).toContain('another operation');
  });

  it('a refusal of an unknown type leaves the outcome unknown and sounds an alarm', async () => {
    const { provider, answers, logged } = await stage({ access });
    answers(problem(400, 'SOMETHING_NEW'));
    expect(await provider.send(REQUEST)).toMatchObject({ _tag: 'Unknown', note: { code: 'SOMETHING_NEW' } });
    expect(logged.join()).toContain('SOMETHING_NEW');
  });

  it('only 200 is success', async () => {
    expect(await sent(json(201, operation('IN_PROGRESS')), { access })).toMatchObject({ _tag: 'Unknown' });
  });
});

describe('the answer to a receipt', () => {
  it('429 waits as long as its Retry-After says', async () => {
    const busy = problem(429, 'TOO_MANY_REQUESTS');
    const answer = { ...busy, headers: { ...busy.headers, 'retry-after': '90' } };
    expect(await sent(answer)).toMatchObject({ _tag: 'RefusedLater', retryAfterMs: 90_000 });
  });

  it('a Retry-After of nothing, or in the past, leads to no endless requests', async () => {
    for (const pause of ['0', 'Thu, 08 Oct 2020 10:00:00 GMT']) {
      const busy = problem(429, 'TOO_MANY_REQUESTS');
      const answer = { ...busy, headers: { ...busy.headers, 'retry-after': pause } };
      expect(await sent(answer)).toMatchObject({ _tag: 'RefusedLater', retryAfterMs: 1_000 });
    }
  });

  it('receiptNumber means what the setting says', async () => {
    const answer = await sent(json(200, operation('SUCCESS', RESULT)), {
      settings: { receiptNumberMeans: 'fiscal-document' },
    });
    expect(answer).toMatchObject({ answer: { document: { fd: 425 } } });
  });

  it('what the connection says of receiptNumber counts more than the setting', async () => {
    const answer = await sent(json(200, operation('SUCCESS', RESULT)), {
      authentication: { ...GROUP, receiptNumber: 'fiscal-document' },
      settings: { receiptNumberMeans: 'number-in-shift' },
    });
    expect(answer).toMatchObject({ answer: { document: { fd: 425 } } });
  });

  it('a receipt that can not be expressed is refused without a request', async () => {
    const { provider, server } = await stage();
    const content = { ...REQUEST.content, total: 1 } as typeof REQUEST.content;
    expect(provider.expressible(content)).toEqual({ rule: 'total-of-items', field: 'total' });
    expect(await provider.send({ ...REQUEST, content })).toEqual({
      _tag: 'RefusedInvalid',
      note: { code: 'not-expressible:total-of-items', excerpt: 'total' },
    });
    expect(server.seen).toHaveLength(0);
  });
});

describe('the envelope of the gateway is judged by what is inside', () => {
  const outer = async (answer: WireAnswer): Promise<unknown> => {
    const { provider, outerAnswers } = await stage({ access: 'gateway' });
    outerAnswers(answer);
    return provider.send(REQUEST);
  };

  it.each([
    [
      { responseStatus: 503, responseBodyJsonObject: { type: 'SERVICE_UNAVAILABLE_PAYMENT' } },
      'server-error',
    ],
    [{ responseStatus: 502, responseBodyJsonObject: null }, 'gateway-answer'],
    [{ responseStatus: 0, responseBodyJsonObject: {} }, 'gateway-answer'],
    [{ responseStatus: '200', responseBodyJsonObject: operation('SUCCESS', RESULT) }, 'unreadable-answer'],
    [{ responseStatus: 200 }, 'unreadable-answer'],
    [{ responseStatus: 200, responseBodyJsonObject: null }, 'unreadable-answer'],
    [{ responseBodyJsonObject: operation('SUCCESS', RESULT) }, 'unreadable-answer'],
    [operation('SUCCESS', RESULT), 'unreadable-answer'],
    [{ responseStatus: 400, responseBodyJsonObject: { message: 'x' } }, 'gateway-answer'],
  ])('%j is unknown', async (body, why) => {
    expect(await outer(json(200, body))).toMatchObject({ _tag: 'Unknown', why });
  });

  it('a refusal of the gateway itself counts, an error of it does not', async () => {
    expect(await outer(problem(400, 'BAD_REQUEST_1C'))).toMatchObject({ _tag: 'RefusedInvalid' });
    expect(await outer(problem(401, 'USER_AUTHENTICATION_EXCEPTION_1C'))).toMatchObject({
      _tag: 'RefusedLater',
      scope: 'account',
    });
    expect(await outer(problem(429, 'TOO_MANY_REQUESTS_1C'))).toMatchObject({
      _tag: 'RefusedLater',
      retryAfterMs: 30 * MINUTE,
    });
    expect(await outer(problem(404, 'NOT_FOUND'))).toMatchObject({ _tag: 'RefusedLater', scope: 'account' });
    for (const status of [500, 502, 503, 504])
      expect(await outer(problem(status, 'UNKNOWN_EXCEPTION_1\u0421'))).toMatchObject({ _tag: 'Unknown' });
  });
});
