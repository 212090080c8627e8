import * as E from 'fp-ts/Either';
import { decideReceipt } from '../decide';
import { DAY, HOUR, MINUTE, later } from '../receipt.testing';
import type { Step } from './attempt.testing';
import {
  HORIZON,
  PAUSE,
  QUIET,
  ask,
  holdForHorizon,
  holdWithoutHandle,
  intend,
  play,
  resend,
  route,
  takeOver,
} from './attempt.testing';
import { ABSENT_TOLERANCE_MS } from './state';
import type { Way } from './ways.testing';
import { WAYS } from './ways.testing';

const yesterday = later(-DAY);

/** The types written, or the rule of the refusal. */
const answer = (way: Way, step: Step): ReadonlyArray<string> | string => {
  const receipt = play(...WAYS[way]);
  const decision = decideReceipt(step(receipt), receipt);
  return E.isLeft(decision) ? decision.left.rule : decision.right.map(({ type }) => type);
};

/** Steps that wait for a span by either clock, and how they are answered a millisecond too early. */
const SPANS: ReadonlyArray<
  readonly [
    name: string,
    way: Way,
    span: number,
    step: (now: number, waitedMs: number) => Step,
    early: string,
  ]
> = [
  [
    'row 3, the pause before the next send',
    'ready, the only send void',
    PAUSE,
    (now, waitedMs) => intend({ now: later(now), waitedMs }),
    'retry-not-due',
  ],
  [
    'row 23, the quiet period',
    'unknown',
    QUIET,
    (now, waitedMs) => resend({ now: later(now), waitedMs }),
    'quiet-period',
  ],
  [
    'row 25, the tolerance for a lagging provider',
    'pending',
    ABSENT_TOLERANCE_MS,
    (now, waitedMs) => ask({ kind: 'absent' }, { now: later(now), waitedMs }),
    '',
  ],
  [
    'row 45, the wait for a handle',
    'pending without a handle',
    ABSENT_TOLERANCE_MS,
    (now, waitedMs) => holdWithoutHandle({ now: later(now), waitedMs }),
    'handle-expected',
  ],
  [
    'row 8, the horizon',
    'unknown',
    HORIZON,
    (now, waitedMs) => holdForHorizon({ now: later(now), waitedMs }),
    'horizon-not-passed',
  ],
];

describe('a wall clock that jumps', () => {
  it.each(SPANS)(
    'attempt protocol, %s: back, the worker still goes on when it has waited itself',
    (_name, way, span, step, early) => {
      expect(answer(way, step(-DAY, span - 1))).toEqual(early === '' ? [] : early);
      expect(answer(way, step(-DAY, span))).toHaveLength(1);
    },
  );

  it.each(SPANS)(
    'attempt protocol, %s: a worker that has just come relies on the wall clock',
    (_name, way, span, step, early) => {
      expect(answer(way, step(span - 1, 0))).toEqual(early === '' ? [] : early);
      expect(answer(way, step(span, 0))).toHaveLength(1);
    },
  );

  it.each([
    ['row 3', 'ready, one of two sends void', intend({ now: yesterday, waitedMs: HORIZON })],
    ['row 23', 'unknown', resend({ now: yesterday, waitedMs: HORIZON })],
  ] as const)(
    'attempt protocol, %s: back, no send goes beyond the horizon that the worker has seen pass',
    (_row, way, step) => {
      expect(answer(way, step)).toBe('horizon-passed');
    },
  );

  it('attempt protocol, row 1: neither back nor forth changes the key', () => {
    const keys = [yesterday, later(0), later(365 * DAY)].map(
      (now) => play(...WAYS.accepted, route({ now })).attempt.route?.key,
    );
    expect(new Set(keys).size).toBe(1);
  });

  it('attempt protocol, rows 8 and 45: without a word of what was waited the wall clock counts', () => {
    expect(answer('unknown', holdForHorizon({ now: later(HORIZON - 1) }))).toBe('horizon-not-passed');
    expect(
      answer('pending without a handle', holdWithoutHandle({ now: later(ABSENT_TOLERANCE_MS - 1) })),
    ).toBe('handle-expected');
  });

  it('attempt protocol, row 17: a take-over asks no clock', () => {
    expect(answer('intended', takeOver({ now: yesterday }))).toEqual(['receipt.TakenOver']);
  });

  it('attempt protocol, row 3: back behind the intent, a resend keeps the oldest moment known', () => {
    const { attempt } = play(...WAYS.unknown, resend({ now: later(-HOUR), waitedMs: MINUTE }));
    expect([attempt.firstIntentAt, attempt.lastIntentAt]).toEqual([later(0), later(-HOUR)]);
  });
});
