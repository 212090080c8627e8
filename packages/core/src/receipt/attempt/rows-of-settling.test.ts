import { attemptKeyOf } from '../identity';
import { CONTENT, NOW, RECEIPT_ID, later } from '../receipt.testing';
import {
  AMENDED,
  DOCUMENT,
  HORIZON,
  OTHER_DOCUMENT,
  amend,
  compensate,
  resumeHeld,
  settle,
  showDocument,
  showNothing,
  twoResume,
  twoResumeWith,
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

const KEY = attemptKeyOf(RECEIPT_ID, 'domain-1', 0);
const rekeyed = {
  at: NOW,
  deviceId: 'device-1',
  domain: 'domain-1',
  key: attemptKeyOf(RECEIPT_ID, 'domain-1', 1),
  generation: 1,
  traceTag: 'tag',
  refused: [],
};
const resumed = { at: NOW, how: 'resumed', by: 'Иванова' };
const manual = { at: NOW, document: DOCUMENT, contentChecked: false, source: 'manual', by: 'Иванова' };
const proof = {
  providerRemembersFailure: true,
  ofdShowsNothing: true,
  unsentQueueEmpty: true,
  note: 'asked by telephone',
};
const byTwo = { ...resumed, at: later(HORIZON), secondBy: 'Петров', evidence: proof };
const nothingMade = {
  at: NOW,
  key: KEY,
  because: 'evidence',
  by: 'Иванова',
  secondBy: 'Петров',
  evidence: proof,
};
const forgotten = { providerRemembersFailure: false };
const past = { now: later(HORIZON) };
const nothingLeft = { ...nothingMade, at: later(HORIZON), evidence: { ...proof, ...forgotten } };
const HELD_BY_MACHINE: ReadonlyArray<Way> = [
  'held without a handle',
  'held for the horizon',
  'held as poison',
];

const TAKEN: ReadonlyArray<Taken> = [
  takes(30, 'release-amended', 'held as invalid', amend(), {
    at: NOW,
    how: 'amended',
    by: 'Иванова',
    content: AMENDED,
  }),
  takes(43, 'release-amended', 'held as rejected', amend(), {
    ...rekeyed,
    content: AMENDED,
    by: 'Иванова',
  }),
  ...(['held as poison', 'held without a handle', 'held as exhausted'] as const).map((way) =>
    takes(31, 'release-resumed', way, resumeHeld(), resumed),
  ),
  takes(31, 'release-resumed', 'held as invalid, one send unaccounted for', resumeHeld(), resumed),
  takes(31, 'release-resumed', 'held without a handle', resumeHeld({ secondBy: 'Петров' }), resumed),
  takes(31, 'release-resumed', 'held without a handle', twoResume, byTwo),
  takes(31, 'release-resumed', 'held for the horizon', twoResume, byTwo),
  takes(32, 'evidence-of-document', 'held as ambiguous', showDocument(), manual),
  takes(32, 'evidence-of-document', 'held as rejected', showDocument(), manual),
  takes(
    32,
    'evidence-of-document',
    'held as poison',
    settle({ how: 'document', document: DOCUMENT }, { epoch: 0 }),
    manual,
  ),
  takes(33, 'evidence-of-none', 'held as ambiguous', showNothing(), nothingMade),
  ...HELD_BY_MACHINE.map((way) => takes(33, 'evidence-of-none', way, showNothing(), nothingMade)),
  ...[...HELD_BY_MACHINE, 'held as invalid, one send unaccounted for' as const].map((way) =>
    takes(47, 'evidence-of-none', way, showNothing(forgotten, past), nothingLeft),
  ),
  takes(36, 'evidence-of-document', 'fiscalized', showDocument()),
  takes(37, 'evidence-of-document', 'fiscalized', showDocument(OTHER_DOCUMENT), {
    at: NOW,
    document: OTHER_DOCUMENT,
    differences: ['second-document'],
  }),
  takes(37, 'evidence-of-document', 'cancelled', showDocument(), {
    at: NOW,
    document: DOCUMENT,
    differences: ['document-after-cancel'],
  }),
  takes(38, 'compensated', 'disputed', compensate(), {
    at: NOW,
    by: 'Иванова',
    compensatingReceiptId: 'receipt-2',
  }),
];

const unaccounted = ['sends-unaccounted-for', 'open', { open: 1 }] as const;
const twoPersons = ['two-persons-required', 'secondBy'] as const;
const incomplete = ['evidence-incomplete', 'settlement.evidence'] as const;
const unnamed = ['evidence-incomplete', 'settlement.document'] as const;
const heldFor = (reason: string) => ['hold-reason', 'settlement.how', { reason }] as const;
const alone = resumeHeld({ now: later(HORIZON) });

/** The same settlement, told by one who saw the receipt before the last send. */
const seenEarlier =
  (step: NotTaken['step']): NotTaken['step'] =>
  (receipt) =>
    step({ ...receipt, attempt: { ...receipt.attempt, epoch: receipt.attempt.epoch - 1 } });
const sentSince = (
  row: number,
  on: NotTaken['on'],
  way: Way,
  step: NotTaken['step'],
  current: number,
): NotTaken =>
  refuses(
    row,
    on,
    way,
    seenEarlier(step),
    ['stale-epoch', 'epoch', { current }],
    'something was sent since it was looked at',
  );

const NOT_TAKEN: ReadonlyArray<NotTaken> = [
  sentSince(30, 'release-amended', 'held as invalid', amend(), 1),
  sentSince(43, 'release-amended', 'held as rejected', amend(), 1),
  sentSince(31, 'release-resumed', 'held without a handle', resumeHeld(), 1),
  sentSince(31, 'release-resumed', 'held for the horizon', twoResume, 1),
  sentSince(33, 'evidence-of-none', 'held as ambiguous', showNothing(), 1),
  sentSince(47, 'evidence-of-none', 'held as poison', showNothing(forgotten, past), 6),
  refuses(30, 'release-amended', 'held as poison', amend(), heldFor('poison'), 'held for another reason'),
  refuses(
    30,
    'release-amended',
    'held as invalid, one send unaccounted for',
    amend(),
    unaccounted,
    'a send of the old content is unaccounted for',
  ),
  refuses(
    30,
    'release-amended',
    'held as invalid',
    amend(CONTENT),
    ['content-not-amended', 'settlement.content'],
    'the same content',
  ),
  refuses(
    43,
    'release-amended',
    'held as rejected',
    amend(structuredClone(CONTENT)),
    ['content-not-amended', 'settlement.content'],
    'the same content',
  ),
  ...(['invalid', 'rejected', 'ambiguous'] as const).map((reason) =>
    refuses(31, 'release-resumed', `held as ${reason}`, twoResume, heldFor(reason), `held as ${reason}`),
  ),
  refuses(31, 'release-resumed', 'held without a handle', alone, twoPersons, 'one person beyond the horizon'),
  refuses(
    31,
    'release-resumed',
    'held for the horizon',
    resumeHeld(),
    twoPersons,
    'one person whose clock has jumped back',
  ),
  refuses(
    31,
    'release-resumed',
    'held for the horizon',
    resumeHeld({ now: later(HORIZON), secondBy: ' иванова' }),
    twoPersons,
    'the same person twice',
  ),
  refuses(
    31,
    'release-resumed',
    'held for the horizon',
    resumeHeld({ now: later(HORIZON), secondBy: ' ' }),
    twoPersons,
    'the second without a name',
  ),
  refuses(
    31,
    'release-resumed',
    'held for the horizon',
    resumeHeld({ now: later(HORIZON), secondBy: 'Петров' }),
    incomplete,
    'two persons on their word alone',
  ),
  ...(['ofdShowsNothing', 'unsentQueueEmpty'] as const).map((piece) =>
    refuses(
      31,
      'release-resumed',
      'held for the horizon',
      twoResumeWith({ [piece]: false }),
      incomplete,
      `without ${piece}`,
    ),
  ),
  refuses(
    31,
    'release-resumed',
    'held for the horizon',
    twoResumeWith({}, { now: later(HORIZON - 1) }),
    ['horizon-not-passed', 'lastIntentAt'],
    'the last send may still be on its way',
  ),
  ...[
    { fn: DOCUMENT.fn, fd: 9895 },
    { fn: DOCUMENT.fn, fp: 3_304_159_072 },
    { ...DOCUMENT, fn: '738044090258295' },
    { ...DOCUMENT, fn: '73804409025829555' },
  ].map((document) =>
    refuses(
      32,
      'evidence-of-document',
      'held as ambiguous',
      showDocument(document),
      unnamed,
      'the document is not named fully',
    ),
  ),
  ...(['ofdShowsNothing', 'unsentQueueEmpty', 'providerRemembersFailure'] as const).map((piece) =>
    refuses(
      33,
      'evidence-of-none',
      'held as ambiguous',
      showNothing({ [piece]: false }, past),
      incomplete,
      `without ${piece}`,
    ),
  ),
  refuses(
    33,
    'evidence-of-none',
    'held as ambiguous',
    settle({ how: 'no-document', evidence: proof, horizonMs: HORIZON }),
    twoPersons,
    'one person',
  ),
  ...(['rejected', 'exhausted'] as const).map((reason) =>
    refuses(
      33,
      'evidence-of-none',
      `held as ${reason}`,
      showNothing({}, past),
      heldFor(reason),
      'held for another reason',
    ),
  ),
  refuses(
    47,
    'evidence-of-none',
    'held as invalid, one send unaccounted for',
    showNothing(forgotten, { now: later(HORIZON - 1) }),
    ['horizon-not-passed', 'lastIntentAt'],
    'a millisecond before the horizon',
  ),
  ...(['ofdShowsNothing', 'unsentQueueEmpty'] as const).map((piece) =>
    refuses(
      47,
      'evidence-of-none',
      'held for the horizon',
      showNothing({ ...forgotten, [piece]: false }, past),
      incomplete,
      `without ${piece}`,
    ),
  ),
  refuses(
    47,
    'evidence-of-none',
    'held for the horizon',
    showNothing(forgotten, { ...past, secondBy: 'Иванова' }),
    twoPersons,
    'the same person twice',
  ),
  refuses(
    37,
    'evidence-of-document',
    'cancelled',
    showDocument({ fn: DOCUMENT.fn, fd: 9895 }),
    unnamed,
    'the document is not named fully',
  ),
];

const SETTLED: ReadonlyArray<string> = [
  'release-amended',
  'release-resumed',
  'evidence-of-document',
  'evidence-of-none',
  'compensated',
];
const ROWS = ROWS_OF_SETTLING.filter(({ on }) => SETTLED.includes(on));

describe('what persons settle', () => {
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
