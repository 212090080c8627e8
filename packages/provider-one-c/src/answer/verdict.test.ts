import type { JsonRead } from '@cloud-kassa/provider';
import type { ProblemEffect } from './problem-types';
import { PROBLEM_TYPES, problemTypeOf } from './problem-types';
import type { Verdict } from './verdict';
import { verdictOf } from './verdict';
import type { JudgedAnswer } from './wire-answer';

const answer = (status: number, body?: JsonRead, change: Partial<JudgedAnswer> = {}): JudgedAnswer => ({
  _tag: 'Answer',
  status,
  ...(body === undefined ? {} : { body }),
  text: JSON.stringify(body ?? ''),
  saysJson: true,
  from: 'provider',
  ...change,
});

const short = (verdict: Verdict): string => {
  switch (verdict._tag) {
    case 'Success':
      return 'success';
    case 'Refusal':
      return verdict.problem.effect;
    case 'Doubt':
      return `doubt: ${verdict.why}`;
    case 'NotSent':
      return `not sent: ${verdict.why}`;
  }
};

// Types and statuses of 1C's client modules (CC BY 4.0), 2024.
const DOCUMENTED: ReadonlyArray<
  readonly [type: string, statuses: ReadonlyArray<number>, effect: ProblemEffect]
> = [
  ['BAD_REQUEST', [400, 404, 422], 'invalid'],
  ['BAD_REQUEST_1C', [400, 404, 422], 'invalid'],
  ['NO_CONTACT_INFO', [400, 404, 422], 'invalid'],
  ['NOT_FOUND', [400, 404, 422], 'invalid'],
  ['INTEGRATION_IS_NOT_SUPPORTED_1C', [400, 404, 422], 'forbidden'],
  ['PROVIDER_DISABLED', [400, 404, 422], 'forbidden'],
  ['USER_AUTHENTICATION_EXCEPTION_1C', [401], 'credentials'],
  ['BAD_CREDENTIALS', [401], 'credentials'],
  ['NO_TARIFF_FOUND', [402], 'payment'],
  ['USER_AUTHORISATION_EXCEPTION_1\u0421', [403], 'forbidden'],
  ['USER_AUTHORISATION_EXCEPTION_1C', [403], 'forbidden'],
  ['AUTHORIZATION_EXCEPTION', [403], 'forbidden'],
  ['TOO_MANY_REQUESTS', [429], 'throttled'],
  ['TOO_MANY_REQUESTS_1C', [429], 'throttled'],
];

const NEVER_VOID: ReadonlyArray<readonly [type: string, status: number]> = [
  ['SERVICE_UNAVAILABLE_PAYMENT', 503],
  ['UNKNOWN_EXCEPTION', 500],
  ['UNKNOWN_EXCEPTION_1\u0421', 500],
  ['UNKNOWN_EXCEPTION_1C', 502],
  ['BACKEND_CONNECTION_ERROR', 504],
  ['BACKEND_CONNECTION_ERROR', 500],
];

describe('a documented refusal', () => {
  it.each(DOCUMENTED)('%s under %j is: %s', (type, statuses, effect) => {
    for (const status of statuses) {
      expect(short(verdictOf(answer(status, { type, title: 'т', detail: 'д' })))).toBe(effect);
      expect(short(verdictOf(answer(status, { type, status })))).toBe(effect);
    }
  });

  it.each(DOCUMENTED)('%s is none under another status', (type, statuses) => {
    for (const status of [400, 401, 402, 403, 404, 405, 409, 418, 422, 429].filter(
      (each) => !statuses.includes(each),
    ))
      expect(short(verdictOf(answer(status, { type })))).toBe('doubt: gateway-answer');
  });

  it.each(DOCUMENTED)(
    '%s is none under a media type that is not JSON, or with a status that contradicts',
    (type, [status = 0]) => {
      expect(short(verdictOf(answer(status, { type }, { saysJson: false })))).toBe('doubt: gateway-answer');
      expect(short(verdictOf(answer(status, { type, status: 500 })))).toBe('doubt: gateway-answer');
    },
  );

  it('keeps the type and the words, and the pause it asks for', () => {
    const given = answer(
      429,
      { type: 'TOO_MANY_REQUESTS', title: 'Много', detail: 'подождите' },
      { retryAfterMs: 5_000 },
    );
    expect(verdictOf(given)).toMatchObject({
      _tag: 'Refusal',
      retryAfterMs: 5_000,
      told: { status: 429, code: 'TOO_MANY_REQUESTS', text: 'Много: подождите' },
    });
  });

  it('NOT_FOUND of the gateway itself speaks of the provider, not of a receipt', () => {
    for (const status of [400, 404, 422]) {
      const verdict = verdictOf(answer(status, { type: 'NOT_FOUND' }, { from: 'gateway' }));
      expect(verdict).toMatchObject({ problem: { type: 'NOT_FOUND', effect: 'forbidden', byPortal: true } });
    }
  });

  it('of an unknown type proves nothing, and its type is kept', () => {
    const verdict = verdictOf(answer(400, { type: 'SOMETHING_NEW', detail: 'д' }));
    expect(verdict).toMatchObject({ _tag: 'Doubt', why: 'gateway-answer', told: { code: 'SOMETHING_NEW' } });
  });
});

describe('an error of a server proves nothing', () => {
  it.each(NEVER_VOID)('%s under %i', (type, status) => {
    expect(short(verdictOf(answer(status, { type, detail: 'д' })))).toBe('doubt: server-error');
    expect(problemTypeOf(type, status, 'provider')?.effect).toBe('nothing-known');
  });

  it('even where it holds the type of a refusal', () => {
    for (const [type] of DOCUMENTED)
      expect(short(verdictOf(answer(500, { type })))).toBe('doubt: server-error');
  });

  it('and a page of a gateway less', () => {
    for (const status of [500, 502, 503, 504, 520])
      expect(short(verdictOf(answer(status)))).toBe('doubt: gateway-answer');
  });
});

describe('everything else', () => {
  it('is success only under 200', () => {
    expect(short(verdictOf(answer(200, { a: 1 })))).toBe('success');
    for (const status of [201, 202, 204])
      expect(short(verdictOf(answer(status, { a: 1 })))).toBe('doubt: unreadable-answer');
  });

  it('under 200 is nothing without JSON', () => {
    expect(short(verdictOf(answer(200)))).toBe('doubt: unreadable-answer');
  });

  it('that sends elsewhere, or has no status of HTTP, proves nothing', () => {
    for (const status of [0, 100, 301, 307, 600])
      expect(short(verdictOf(answer(status, {})))).toBe('doubt: gateway-answer');
  });

  it('that never came is what the transport says', () => {
    expect(short(verdictOf({ _tag: 'NotSent', why: 'dns' }))).toBe('not sent: dns');
    expect(short(verdictOf({ _tag: 'Unanswered', why: 'timeout' }))).toBe('doubt: timeout');
    expect(short(verdictOf({ _tag: 'Unanswered', why: 'too-large' }))).toBe('doubt: unreadable-answer');
  });
});

describe('the table of error types', () => {
  it('has every documented type once, with words for people', () => {
    const types = PROBLEM_TYPES.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
    const documented = [...DOCUMENTED, ...NEVER_VOID].map(([type]) => type.replace('\u0421', 'C'));
    expect([...new Set(documented)].toSorted()).toEqual(types.toSorted());
    for (const { russian, english } of PROBLEM_TYPES) expect(russian !== '' && english !== '').toBe(true);
  });

  it("knows which are the portal's own", () => {
    const ofPortal = PROBLEM_TYPES.filter(({ byPortal }) => byPortal === true).map(({ type }) => type);
    expect(ofPortal).toEqual([
      'BAD_REQUEST_1C',
      'INTEGRATION_IS_NOT_SUPPORTED_1C',
      'USER_AUTHENTICATION_EXCEPTION_1C',
      'USER_AUTHORISATION_EXCEPTION_1C',
      'TOO_MANY_REQUESTS_1C',
      'UNKNOWN_EXCEPTION_1C',
      'BACKEND_CONNECTION_ERROR',
    ]);
  });
});
