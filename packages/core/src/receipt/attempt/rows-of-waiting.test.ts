import { attemptKeyOf } from '../identity';
import { DAY, NOW, RECEIPT_ID, later } from '../receipt.testing';
import {
  HORIZON,
  PAUSE,
  alarm,
  cancel,
  elsewhere,
  holdForHorizon,
  postpone,
  rekey,
  resume,
} from './attempt.testing';
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
import { ROWS_OF_SETTLING } from './rows-of-settling';
import type { Way } from './ways.testing';

const cancelled = { at: NOW, by: 'Иванова', reason: 'order withdrawn' };
const heldForHorizon = { at: later(HORIZON), reason: 'horizon' };
const notChosen = [{ deviceId: 'device-9', reason: 'taxation' }];
const rekeyed = {
  at: NOW,
  deviceId: 'device-1',
  domain: 'domain-1',
  key: attemptKeyOf(RECEIPT_ID, 'domain-1', 1),
  generation: 1,
  traceTag: 'tag',
  refused: [],
};
const movedAway = { ...elsewhere, key: attemptKeyOf(RECEIPT_ID, 'domain-2', 1), refused: notChosen };
const OPEN_WAYS: ReadonlyArray<Way> = [
  'registered',
  'ready',
  'intended',
  'pending',
  'unknown',
  'retired',
  'held as ambiguous',
];

const TAKEN: ReadonlyArray<Taken> = [
  takes(2, 'cancel', 'registered', cancel, cancelled),
  takes(2, 'cancel', 'accepted, postponed', cancel, cancelled),
  takes(6, 'cancel', 'ready', cancel, cancelled),
  takes(6, 'cancel', 'ready, the only send void', cancel, cancelled),
  takes(8, 'horizon-passed', 'ready, one of two sends void', holdForHorizon(), heldForHorizon),
  takes(8, 'horizon-passed', 'unknown', holdForHorizon(), heldForHorizon),
  takes(27, 'rekey', 'retired', rekey({ ...elsewhere, refused: notChosen }), { ...rekeyed, ...movedAway }),
  takes(27, 'rekey', 'retired for the third time', rekey(), {
    ...rekeyed,
    key: attemptKeyOf(RECEIPT_ID, 'domain-1', 3),
    generation: 3,
  }),
  takes(28, 'rekey', 'retired for the fourth time', rekey(), { at: NOW, reason: 'exhausted' }),
  takes(43, 'rekey', 'retired, content refused', rekey(), { at: NOW, reason: 'rejected' }),
  takes(29, 'cancel', 'retired', cancel, cancelled),
  ...OPEN_WAYS.map((way, index) => {
    const percent = [50, 80, 100][index % 3] ?? 50;
    return takes(39, 'deadline', way, alarm(percent), { at: NOW, percent, deadline: later(DAY) });
  }),
  takes(42, 'cancel', 'held as invalid', cancel, cancelled),
  takes(42, 'cancel', 'held as rejected', cancel, cancelled),
  takes(44, 'postpone', 'registered', postpone(), { at: NOW, reason: 'policy' }),
  takes(44, 'postpone', 'ready', postpone({ until: later(PAUSE) }), {
    at: NOW,
    reason: 'policy',
    until: later(PAUSE),
  }),
  takes(44, 'resume', 'accepted, postponed', resume, { at: NOW }),
  takes(44, 'resume', 'ready, postponed', resume, { at: NOW }),
];

const unaccounted = ['sends-unaccounted-for', 'open', { open: 1 }] as const;
const notPassed = ['horizon-not-passed', 'firstIntentAt'] as const;

const NOT_TAKEN: ReadonlyArray<NotTaken> = [
  refuses(6, 'cancel', 'ready, one of two sends void', cancel, unaccounted, 'a send is unaccounted for'),
  refuses(7, 'cancel', 'ready, one of two sends void', cancel, unaccounted, 'a send is unaccounted for'),
  refuses(
    8,
    'horizon-passed',
    'ready, the only send void',
    holdForHorizon(),
    notPassed,
    'all sends are void',
  ),
  refuses(
    8,
    'horizon-passed',
    'unknown',
    holdForHorizon({ now: later(HORIZON - 1), waitedMs: HORIZON - 1 }),
    notPassed,
    'a millisecond before the horizon',
  ),
  refuses(39, 'deadline', 'ready', alarm(60), ['deadline-percent', 'percent'], 'no threshold'),
  refuses(42, 'cancel', 'held as ambiguous', cancel, unaccounted, 'a send is unaccounted for'),
  refuses(
    44,
    'postpone',
    'ready, one of two sends void',
    postpone(),
    unaccounted,
    'a send is unaccounted for',
  ),
  refuses(44, 'resume', 'ready', resume, ['not-postponed', 'phase'], 'not postponed'),
];

const SETTLED: ReadonlyArray<string> = [
  'release-amended',
  'release-resumed',
  'evidence-of-document',
  'evidence-of-none',
  'compensated',
];
const ROWS = ROWS_OF_SETTLING.filter(({ on }) => !SETTLED.includes(on));

describe('what ends, retires and waits', () => {
  it.each(named(TAKEN))('$name', (taken) => {
    expect(outcomeOf(taken)).toEqual(expectedOf(taken));
  });

  it.each(named(NOT_TAKEN))('$name', (notTaken) => {
    expect(refusalOf(notTaken)).toEqual(notTaken.refusal);
  });

  it('stands here row by row, from each of its phases', () => {
    expect(cellsIn(TAKEN, NOT_TAKEN)).toEqual(cellsOf(ROWS));
  });
});
