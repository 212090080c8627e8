import * as E from 'fp-ts/Either';
import { right } from '../kkt/kkt.testing';
import { readFaultScript } from './fault-script';

const why = (...faults: ReadonlyArray<unknown>): string => {
  const script = readFaultScript({ faults });
  return E.isLeft(script) ? `${script.left.field}: ${script.left.rule}` : 'read';
};

test('a script sets faults of the transport and of the registers', () => {
  const script = right(
    readFaultScript({
      breaksAssumptions: true,
      faults: [
        { when: { operation: 'submit', nth: 3, key: 'k' }, do: 'reset-after' },
        { do: 'status', status: 503, type: 'UNKNOWN_EXCEPTION', effect: true, times: 2 },
        {
          when: { group: 'g', unit: 'u', key: 'k', probability: 0.5 },
          do: 'slow-result',
          milliseconds: 5000,
        },
        { do: 'clock-offset', milliseconds: -3_600_000 },
        { do: 'racy-duplicates', times: 1 },
      ],
    }),
  );
  expect(script).toEqual({
    http: [
      { when: { operation: 'submit', nth: 3, key: 'k' }, do: 'reset-after' },
      { when: {}, do: 'status', status: 503, type: 'UNKNOWN_EXCEPTION', effect: true, times: 2 },
    ],
    devices: [
      {
        group: 'g',
        fault: { kind: 'slow', unit: 'u', key: 'k', probability: 0.5, milliseconds: 5000 },
      },
      { fault: { kind: 'clock-offset', milliseconds: -3_600_000 } },
      { fault: { kind: 'racy-duplicates', times: 1 } },
    ],
  });
});

test.each([
  ['slow', { milliseconds: 1, where: 'before' }],
  ['hang', { effect: true }],
  ['refuse', { milliseconds: 1 }],
  ['reset-before', {}],
  ['reset-after', {}],
  ['status', { status: 500 }],
  ['gateway-page', { status: 504, effect: true }],
  ['retry-after', { status: 429, seconds: 60 }],
  ['redirect', { location: 'http://127.0.0.1:1/' }],
  ['clock-jump', { milliseconds: 90_000_000 }],
  ['expire-token', {}],
  ['invalid-json', {}],
  ['truncate', {}],
  ['empty', {}],
  ['endless', { bytes: 1 }],
  ['trickle', { milliseconds: 0 }],
  ['alter', { what: 'unknown-status' }],
])('%s is a fault of the transport', (name, parameters) => {
  const { http } = right(readFaultScript({ faults: [{ do: name, ...parameters }] }));
  expect(http).toEqual([{ when: {}, do: name, ...parameters }]);
});

test.each([
  [[{ do: 'explode' }], 'faults[0].do: unknown-fault'],
  [[{}], 'faults[0].do: missing'],
  [['slow'], 'faults[0].do: missing'],
  [[{ do: 'empty' }, { do: 'slow' }], 'faults[1].milliseconds: missing'],
  [[{ do: 'slow', milliseconds: -1 }], 'faults[0].milliseconds: not-a-span'],
  [[{ do: 'clock-jump', milliseconds: 9e15 }], 'faults[0].milliseconds: not-a-span'],
  [[{ do: 'clock-offset', milliseconds: -9e15 }], 'faults[0].milliseconds: not-a-span'],
  [[{ do: 'slow', milliseconds: 1, where: 'inside' }], 'faults[0].where: unknown-word'],
  [[{ do: 'retry-after', status: 500, seconds: 1 }], 'faults[0].status: not-429-or-503'],
  [[{ do: 'status', status: 42 }], 'faults[0].status: not-a-status'],
  [[{ do: 'empty', seconds: 1 }], 'faults[0]: unknown-member'],
  [[{ do: 'empty', when: { operation: 'other' } }], 'faults[0].when.operation: unknown-word'],
  [[{ do: 'empty', when: { nth: 0 } }], 'faults[0].when.nth: not-positive'],
  [[{ do: 'empty', when: { unit: 'u' } }], 'faults[0].when: unknown-member'],
  [[{ do: 'drive-full', when: { operation: 'submit' } }], 'faults[0].when: unknown-member'],
  [[{ do: 'drive-full', when: { probability: 2 } }], 'faults[0].when.probability: not-a-probability'],
])('%j is refused: %s', (faults, outcome) => {
  expect(why(...faults)).toBe(outcome);
});

test('the script itself is an object with a list', () => {
  const outcome = (input: unknown) => {
    const script = readFaultScript(input);
    return E.isLeft(script) ? script.left : 'read';
  };
  expect(outcome([])).toEqual({ field: '', rule: 'not-an-object' });
  expect(outcome({})).toEqual({ field: 'faults', rule: 'missing' });
  expect(outcome({ faults: [], other: 1 })).toEqual({ field: '', rule: 'unknown-member' });
});

test.each(['racy-duplicates', 'forgets-keys', 'rejected-after-signing'])(
  '%s breaks an assumption and must be asked for as such',
  (name) => {
    expect(why({ do: name })).toBe('faults[0].do: breaks-an-assumption');
    expect(E.isRight(readFaultScript({ breaksAssumptions: true, faults: [{ do: name }] }))).toBe(true);
  },
);

// Row 13 and 14 of the attempt protocol rest on it that a documented refusal is true.
test.each([
  { do: 'status', status: 400, type: 'BAD_REQUEST', effect: true },
  { do: 'status', status: 403, effect: true },
  { do: 'retry-after', status: 429, seconds: 1, effect: true },
])('a refusal of what was done all the same breaks an assumption: %j', (fault) => {
  expect(why(fault)).toBe('faults[0].effect: breaks-an-assumption');
  expect(E.isRight(readFaultScript({ breaksAssumptions: true, faults: [fault] }))).toBe(true);
  expect(why({ ...fault, effect: false })).toBe('read');
});

test('an error of the server, or a page of a gateway, says nothing and breaks none', () => {
  expect(why({ do: 'retry-after', status: 503, seconds: 1, effect: true })).toBe('read');
  expect(why({ do: 'gateway-page', status: 403, effect: true })).toBe('read');
});
