import { attemptKeyOf } from '../identity';
import { NOW, RECEIPT_ID, later } from '../receipt.testing';
import {
  AMBIGUOUS,
  CONTENT_REFUSED,
  DIFFERING,
  DOCUMENT,
  DONE,
  FAILED,
  HORIZON,
  PAUSE,
  PAYLOAD,
  QUIET,
  accepted,
  elsewhere,
  intend,
  lost,
  notSent,
  refusedInvalid,
  refusedLater,
  resend,
  route,
  send,
  takeOver,
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
import { ROWS_OF_SENDING } from './rows-of-sending';

const KEY = attemptKeyOf(RECEIPT_ID, 'domain-1', 0);
const routed = {
  at: NOW,
  deviceId: 'device-1',
  domain: 'domain-1',
  key: KEY,
  generation: 0,
  traceTag: 'tag',
  refused: [],
};
const notChosen = [{ deviceId: 'device-9', reason: 'taxation' }];
const rerouted = { ...routed, ...elsewhere, key: attemptKeyOf(RECEIPT_ID, 'domain-2', 1), generation: 1 };
const inPlace = { deviceId: 'device-2', key: attemptKeyOf(RECEIPT_ID, 'domain-1', 1), generation: 1 };
const intent = {
  at: NOW,
  key: KEY,
  payloadHash: PAYLOAD,
  epoch: 1,
  worker: 'worker-1/1',
  slowStart: false,
};
const acknowledged = { at: NOW, duplicate: false, handle: 'handle-1' };
const withoutHandle = { at: NOW, duplicate: false };
const final = (result: FinalOutcome) => send({ kind: 'final', result, handle: 'handle-1' });
const fiscalized = { at: NOW, document: DOCUMENT, contentChecked: true, source: 'provider' };
const disputed = {
  at: NOW,
  document: DOCUMENT,
  found: { settlementSign: 2, total: 80_730 },
  differences: ['settlementSign'],
};
const retired = { at: NOW, key: KEY, because: 'other', note: { status: 200, code: '-3804' } };
const retry = { retryAt: later(PAUSE), retryAfterMs: PAUSE };
const restarted = takeOver({ because: 'worker-restarted' });
const taken = { at: NOW, epoch: 2, by: 'worker-2/1', because: 'lease-ran-out', crash: false };
const afterRestart = { ...taken, because: 'worker-restarted' };
const invalid = { at: NOW, reason: 'invalid' };

const TAKEN: ReadonlyArray<Taken> = [
  takes(1, 'route', 'accepted', route({ refused: notChosen }), { ...routed, refused: notChosen }),
  takes(3, 'intend', 'ready', intend({ slowStart: true }), { ...intent, slowStart: true }),
  takes(3, 'intend', 'ready, the only send void', intend({ now: later(PAUSE) }), {
    ...intent,
    at: later(PAUSE),
    epoch: 2,
  }),
  takes(3, 'intend', 'ready, the only send void', intend({ now: later(2 * HORIZON) }), {
    ...intent,
    at: later(2 * HORIZON),
    epoch: 2,
  }),
  takes(3, 'intend', 'ready, one of two sends void', intend({ now: later(HORIZON - 1) }), {
    ...intent,
    at: later(HORIZON - 1),
    epoch: 3,
  }),
  takes(4, 'failover', 'ready', route(elsewhere), rerouted),
  takes(4, 'failover', 'ready, the only send void', route(elsewhere), rerouted),
  takes(4, 'failover', 'ready', route({ deviceId: 'device-2' }), { ...routed, ...inPlace }),
  takes(
    9,
    'take-over',
    'intended, two crashes before',
    restarted,
    { ...afterRestart, epoch: 6, crash: true },
    { at: NOW, reason: 'poison' },
  ),
  takes(10, 'send:accepted', 'intended', send(accepted), acknowledged),
  takes(10, 'send:accepted', 'intended', send({ kind: 'accepted' }), withoutHandle),
  takes(11, 'send:exists', 'intended', send({ kind: 'exists' }), { ...withoutHandle, duplicate: true }),
  takes(11, 'send:exists', 'intended', send({ kind: 'exists', handle: 'handle-1' }), {
    ...acknowledged,
    duplicate: true,
  }),
  takes(12, 'send:final', 'intended', final(DONE), fiscalized),
  takes(12, 'send:final', 'intended', final({ kind: 'done', document: DOCUMENT }), {
    ...fiscalized,
    contentChecked: false,
  }),
  takes(
    13,
    'send:refused-invalid',
    'intended',
    send(refusedInvalid),
    { at: NOW, epoch: 1, note: refusedInvalid.note },
    { ...invalid, code: 'E17' },
  ),
  takes(
    13,
    'send:refused-invalid',
    'intended',
    send({ kind: 'refused-invalid', note: {} }),
    { at: NOW, epoch: 1, note: {} },
    invalid,
  ),
  takes(14, 'send:refused-later', 'intended', send(refusedLater), {
    at: NOW,
    epoch: 1,
    why: 'refused-later',
    note: { status: 429 },
    ...retry,
  }),
  takes(15, 'send:not-sent', 'intended', send(notSent), {
    at: NOW,
    epoch: 1,
    why: 'connection-refused',
    ...retry,
  }),
  takes(16, 'send:unknown', 'intended', send(lost), { at: NOW, why: 'timeout' }),
  takes(16, 'send:unknown', 'intended', send({ ...lost, note: { status: 502 } }), {
    at: NOW,
    why: 'timeout',
    note: { status: 502 },
  }),
  takes(17, 'take-over', 'intended', takeOver(), taken),
  takes(17, 'take-over', 'intended', restarted, afterRestart),
  takes(17, 'take-over', 'intended, two crashes before', takeOver(), { ...taken, epoch: 6 }),
  takes(23, 'intend', 'unknown', resend({ now: later(QUIET), waitedMs: 0 }), {
    ...intent,
    at: later(QUIET),
    epoch: 2,
  }),
  takes(
    23,
    'intend',
    'unknown, taken over',
    resend({ now: later(HORIZON - 1), evidence: 'resending-is-asking' }),
    { ...intent, at: later(HORIZON - 1), epoch: 3 },
  ),
  { ...takes(41, 'send:final', 'intended', final(DIFFERING), acknowledged, disputed), concludes: 20 },
  { ...takes(41, 'send:final', 'intended', final(FAILED), acknowledged, retired), concludes: 21 },
  {
    ...takes(41, 'send:final', 'intended', send({ kind: 'final', result: CONTENT_REFUSED }), withoutHandle, {
      ...retired,
      because: 'content',
    }),
    concludes: 21,
  },
  {
    ...takes(41, 'send:final', 'intended', final(AMBIGUOUS), acknowledged, {
      at: NOW,
      reason: 'ambiguous',
      code: '-3910',
    }),
    concludes: 22,
  },
];

const late = { epoch: 1 };
const ofFormerEpoch = (row: number, on: NotTaken['on'], step: NotTaken['step']): NotTaken =>
  refuses(
    row,
    on,
    'intended, one send unaccounted for',
    step,
    ['stale-epoch', 'epoch', { current: 2 }],
    'the outcome of a former send',
  );
const postponed = ['postponed', 'phase', { reason: 'policy' }] as const;
const unaccounted = ['sends-unaccounted-for', 'open', { open: 1 }] as const;
const horizonPassed = ['horizon-passed', 'firstIntentAt'] as const;
const payloadChanged = ['payload-changed', 'payloadHash'] as const;
const otherHash = { payloadHash: 'b'.repeat(64) };

const NOT_TAKEN: ReadonlyArray<NotTaken> = [
  refuses(1, 'route', 'registered', route(), ['not-enqueued', 'phase'], 'not in the queue'),
  refuses(1, 'route', 'accepted, postponed', route(), postponed, 'postponed'),
  ...([3, 23] as const).flatMap((row) => {
    const [way, step] = row === 3 ? (['ready', intend] as const) : (['unknown', resend] as const);
    return [
      refuses(row, 'intend', way, step({ key: 'a former key' }), ['stale-key', 'key'], 'the key has changed'),
      refuses(
        row,
        'intend',
        way,
        step({ amendments: 1 }),
        ['payload-changed', 'amendments'],
        'the content was amended since it was read',
      ),
    ];
  }),
  refuses(
    3,
    'intend',
    'ready',
    intend({ epoch: 1 }),
    ['stale-epoch', 'epoch', { current: 0 }],
    'somebody has gone on',
  ),
  refuses(3, 'intend', 'ready, postponed', intend(), postponed, 'postponed'),
  refuses(
    3,
    'intend',
    'ready, the only send void',
    intend({ now: later(PAUSE - 1), waitedMs: PAUSE - 1 }),
    ['retry-not-due', 'retryAt'],
    'a millisecond before the pause is over',
  ),
  refuses(
    3,
    'intend',
    'ready',
    intend({ parents: 'waiting' }),
    ['parents-waiting', 'parents'],
    'a parent without a document',
  ),
  refuses(
    3,
    'intend',
    'ready, one of two sends void',
    intend({ now: later(HORIZON) }),
    horizonPassed,
    'a send is unaccounted for beyond the horizon',
  ),
  refuses(
    3,
    'intend',
    'ready, the only send void',
    intend({ now: later(PAUSE), ...otherHash }),
    payloadChanged,
    'other content under the same key',
  ),
  refuses(
    4,
    'failover',
    'ready, one of two sends void',
    route(elsewhere),
    unaccounted,
    'a send is unaccounted for',
  ),
  refuses(
    5,
    'failover',
    'ready, one of two sends void',
    route(elsewhere),
    unaccounted,
    'a send is unaccounted for',
  ),
  ofFormerEpoch(9, 'take-over', takeOver(late)),
  ofFormerEpoch(10, 'send:accepted', send(accepted, late)),
  ofFormerEpoch(11, 'send:exists', send({ kind: 'exists' }, late)),
  ofFormerEpoch(12, 'send:final', send({ kind: 'final', result: DONE }, late)),
  ofFormerEpoch(13, 'send:refused-invalid', send(refusedInvalid, late)),
  ofFormerEpoch(14, 'send:refused-later', send(refusedLater, late)),
  ofFormerEpoch(15, 'send:not-sent', send(notSent, late)),
  ofFormerEpoch(16, 'send:unknown', send(lost, late)),
  ofFormerEpoch(17, 'take-over', takeOver({ epoch: 3 })),
  ofFormerEpoch(41, 'send:final', send({ kind: 'final', result: FAILED }, late)),
  refuses(
    23,
    'intend',
    'unknown',
    resend({ epoch: 0 }),
    ['stale-epoch', 'epoch', { current: 1 }],
    'somebody has gone on',
  ),
  refuses(
    23,
    'intend',
    'unknown',
    intend({ now: later(QUIET) }),
    ['evidence-missing', 'evidence'],
    'the provider was not asked',
  ),
  refuses(
    23,
    'intend',
    'unknown',
    resend({ now: later(QUIET - 1), waitedMs: QUIET - 1 }),
    ['quiet-period', 'lastIntentAt'],
    'a millisecond before the quiet period is over',
  ),
  refuses(23, 'intend', 'unknown', resend({ now: later(HORIZON) }), horizonPassed, 'beyond the horizon'),
  refuses(23, 'intend', 'unknown', resend(otherHash), payloadChanged, 'other content under the same key'),
];

describe('from the queue to the provider', () => {
  it.each(named(TAKEN))('$name', (taking) => {
    expect(outcomeOf(taking)).toEqual(expectedOf(taking));
  });

  it.each(named(NOT_TAKEN))('$name', (notTaken) => {
    expect(refusalOf(notTaken)).toEqual(notTaken.refusal);
  });

  it('stands here row by row, from each of its phases', () => {
    expect(cellsIn(TAKEN, NOT_TAKEN)).toEqual(cellsOf(ROWS_OF_SENDING));
  });
});
