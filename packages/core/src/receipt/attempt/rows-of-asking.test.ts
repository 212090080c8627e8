import { attemptKeyOf } from '../identity';
import { NOW, RECEIPT_ID, later } from '../receipt.testing';
import {
  AMBIGUOUS,
  CONTENT_REFUSED,
  DIFFERING,
  DOCUMENT,
  DONE,
  FAILED,
  OTHER_DOCUMENT,
  ask,
  asked,
  holdWithoutHandle,
  webhook,
} from './attempt.testing';
import type { FinalOutcome } from './outcome';
import type { NotTaken, Taken } from './row-case.testing';
import {
  cellsIn,
  cellsOf,
  expectedOf,
  named,
  outcomeOf,
  refusalOf,
  refuses,
  takes,
} from './row-case.testing';
import { ROWS_OF_ASKING } from './rows-of-asking';
import { ABSENT_TOLERANCE_MS } from './state';
import type { Way } from './ways.testing';

const KEY = attemptKeyOf(RECEIPT_ID, 'domain-1', 0);
const waiting = ask({ kind: 'waiting', handle: 'handle-2' });
const absent = (now = NOW, waitedMs = 0) => ask({ kind: 'absent' }, { now, waitedMs });
const unavailable = ask({ kind: 'unavailable' });
const untold: FinalOutcome = { kind: 'done', document: DOCUMENT };
const another: FinalOutcome = { kind: 'done', document: OTHER_DOCUMENT };
const fiscalized = { at: NOW, document: DOCUMENT, contentChecked: true, source: 'provider' };
const disputed = {
  at: NOW,
  document: DOCUMENT,
  found: { settlementSign: 2, total: 80_730 },
  differences: ['settlementSign'],
};
const second = { at: NOW, document: OTHER_DOCUMENT, differences: ['second-document'] };
const afterCancel = { at: NOW, document: DOCUMENT, differences: ['document-after-cancel'] };
const retired = { at: NOW, key: KEY, because: 'other', note: { status: 200, code: '-3804' } };
const ambiguous = { at: NOW, reason: 'ambiguous' };
const vanished = (at = NOW) => ({ at, why: 'vanished' });
const withoutHandle = { at: NOW, reason: 'no-handle' };
const OPEN_WAYS: ReadonlyArray<Way> = [
  'accepted',
  'ready',
  'intended',
  'pending',
  'unknown',
  'retired',
  'held as ambiguous',
];

const TAKEN: ReadonlyArray<Taken> = [
  takes(18, 'ask:waiting', 'unknown', waiting, { at: NOW, duplicate: false, handle: 'handle-2' }),
  takes(18, 'ask:waiting', 'unknown', ask({ kind: 'waiting' }), { at: NOW, duplicate: false }),
  ...(['unknown', 'pending', 'pending without a handle'] as const).flatMap((way) => [
    takes(19, 'ask:done', way, asked(DONE), fiscalized),
    takes(19, 'ask:done', way, asked(untold), { ...fiscalized, contentChecked: false }),
    takes(20, 'ask:done', way, asked(DIFFERING), disputed),
    takes(21, 'ask:failed-proved', way, asked(FAILED), retired),
    takes(21, 'ask:failed-proved', way, asked(CONTENT_REFUSED), { ...retired, because: 'content' }),
    takes(22, 'ask:failed-ambiguous', way, asked(AMBIGUOUS), { ...ambiguous, code: '-3910' }),
    takes(26, 'ask:unavailable', way, unavailable),
  ]),
  takes(22, 'ask:failed-ambiguous', 'pending', asked({ ...FAILED, proof: 'ambiguous', note: {} }), ambiguous),
  takes(19, 'ask:done', 'pending', asked(DONE, { epoch: 0 }), fiscalized),
  takes(24, 'ask:absent', 'pending', absent()),
  takes(24, 'ask:absent', 'pending', absent(later(ABSENT_TOLERANCE_MS - 1), ABSENT_TOLERANCE_MS - 1)),
  takes(
    25,
    'ask:absent',
    'pending',
    absent(later(ABSENT_TOLERANCE_MS)),
    vanished(later(ABSENT_TOLERANCE_MS)),
  ),
  takes(25, 'ask:absent', 'pending', absent(NOW, ABSENT_TOLERANCE_MS), vanished()),
  takes(34, 'ask:done', 'held as ambiguous', asked(DONE), fiscalized),
  takes(34, 'ask:done', 'held as poison', asked(untold), { ...fiscalized, contentChecked: false }),
  ...OPEN_WAYS.map((way) => takes(35, 'webhook', way, webhook)),
  takes(36, 'ask:done', 'fiscalized', asked(DONE)),
  takes(36, 'ask:done', 'fiscalized', asked(DIFFERING)),
  takes(37, 'ask:done', 'fiscalized', asked(another), second),
  takes(37, 'ask:done', 'fiscalized', asked(another, { key: 'a former key' }), second),
  takes(37, 'ask:done', 'cancelled', asked(untold), afterCancel),
  takes(37, 'ask:done', 'cancelled before it was routed', asked(untold), afterCancel),
  takes(40, 'ask:waiting', 'pending', waiting),
  takes(45, 'no-way-to-ask', 'unknown', holdWithoutHandle(), withoutHandle),
  takes(45, 'no-way-to-ask', 'unknown', holdWithoutHandle({ code: 'VLD11' }), {
    ...withoutHandle,
    code: 'VLD11',
  }),
  takes(
    45,
    'no-way-to-ask',
    'pending without a handle',
    holdWithoutHandle({ now: later(ABSENT_TOLERANCE_MS) }),
    { ...withoutHandle, at: later(ABSENT_TOLERANCE_MS) },
  ),
  takes(46, 'ask:done', 'held without a handle', asked(DIFFERING), disputed),
];

const otherKey = { key: attemptKeyOf(RECEIPT_ID, 'domain-1', 1) };
const ofOtherKey = (row: number, on: NotTaken['on'], way: Way, step: NotTaken['step']): NotTaken =>
  refuses(row, on, way, step, ['stale-key', 'key'], 'the answer is about another key');

const sentSince = ['stale-epoch', 'epoch', { current: 1 }] as const;
const earlier = { epoch: 0 };

const NOT_TAKEN: ReadonlyArray<NotTaken> = [
  ...(['unknown', 'pending'] as const).flatMap((way) => [
    refuses(
      21,
      'ask:failed-proved',
      way,
      asked(FAILED, earlier),
      sentSince,
      'something was sent since it was asked',
    ),
    refuses(
      22,
      'ask:failed-ambiguous',
      way,
      asked(AMBIGUOUS, earlier),
      sentSince,
      'something was sent since it was asked',
    ),
  ]),
  ofOtherKey(18, 'ask:waiting', 'unknown', ask({ kind: 'waiting' }, otherKey)),
  ofOtherKey(19, 'ask:done', 'unknown', asked(DONE, otherKey)),
  ofOtherKey(20, 'ask:done', 'pending', asked(DIFFERING, otherKey)),
  ofOtherKey(21, 'ask:failed-proved', 'pending', asked(FAILED, otherKey)),
  ofOtherKey(22, 'ask:failed-ambiguous', 'unknown', asked(AMBIGUOUS, otherKey)),
  ofOtherKey(24, 'ask:absent', 'pending', ask({ kind: 'absent' }, otherKey)),
  ofOtherKey(
    25,
    'ask:absent',
    'pending',
    ask({ kind: 'absent' }, { ...otherKey, waitedMs: ABSENT_TOLERANCE_MS }),
  ),
  ofOtherKey(26, 'ask:unavailable', 'unknown', ask({ kind: 'unavailable' }, otherKey)),
  ofOtherKey(34, 'ask:done', 'held for the horizon', asked(DONE, otherKey)),
  ofOtherKey(40, 'ask:waiting', 'pending', ask({ kind: 'waiting' }, otherKey)),
  ofOtherKey(46, 'ask:done', 'held as ambiguous', asked(DIFFERING, otherKey)),
  refuses(
    45,
    'no-way-to-ask',
    'pending',
    holdWithoutHandle({ now: later(ABSENT_TOLERANCE_MS) }),
    ['handle-expected', 'handle'],
    'the handle is known',
  ),
  refuses(
    45,
    'no-way-to-ask',
    'pending without a handle',
    holdWithoutHandle({ now: later(ABSENT_TOLERANCE_MS - 1), waitedMs: ABSENT_TOLERANCE_MS - 1 }),
    ['handle-expected', 'handle'],
    'a millisecond before the provider has lost it',
  ),
];

describe('what the provider says', () => {
  it.each(named(TAKEN))('$name', (taken) => {
    expect(outcomeOf(taken)).toEqual(expectedOf(taken));
  });

  it.each(named(NOT_TAKEN))('$name', (notTaken) => {
    expect(refusalOf(notTaken)).toEqual(notTaken.refusal);
  });

  it('stands here row by row, from each of its phases', () => {
    expect(cellsIn(TAKEN, NOT_TAKEN)).toEqual(cellsOf(ROWS_OF_ASKING));
  });
});
