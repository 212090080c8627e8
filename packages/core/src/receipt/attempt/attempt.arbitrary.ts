import * as fc from 'fast-check';
import { optional, present } from '../../optional.arbitrary';
import type { ReceiptCommand } from '../commands';
import { attemptKeyOf } from '../identity';
import { DAY, FACTS, HOUR, MINUTE, RECEIPT_ID, later } from '../receipt.testing';
import type { Receipt } from '../state';
import {
  AMBIGUOUS,
  AMENDED,
  CONTENT_REFUSED,
  DIFFERING,
  DOCUMENT,
  DONE,
  FAILED,
  HORIZON,
  OTHER_DOCUMENT,
} from './attempt.testing';
import type { FinalOutcome, SendOutcome } from './outcome';

/** What somebody wants of a receipt, told without its epoch and key: those are read off the receipt, or guessed wrong. */
export interface Wish {
  readonly type: ReceiptCommand['type'];
  readonly data: Readonly<Record<string, unknown>>;
  /** Added to the epoch that the receipt stands at. */
  readonly epochsOff: number;
  /** Generations before the present one whose key is meant. */
  readonly keysBack: number;
}

const moment = fc
  .oneof(
    fc.integer({ min: -2 * DAY, max: 2 * DAY }),
    fc.constantFrom(0, 5 * MINUTE, HOUR, HORIZON - 1, HORIZON, 2 * HORIZON),
  )
  .map(later);
const span = fc.constantFrom(0, 0, MINUTE, 5 * MINUTE, 15 * MINUTE, HORIZON);
const handle = optional(fc.constantFrom('handle-1', 'handle-2'));
const person = fc.constantFrom('Иванова', 'Петров', ' ');
const percent = fc.constantFrom(50, 80, 100, 70);
const horizonMs = fc.constant(HORIZON);
const document = fc.constantFrom(DOCUMENT, DOCUMENT, OTHER_DOCUMENT, { fn: DOCUMENT.fn });

const recordOf = <T extends object>(
  fields: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<T> => fc.record(fields).map((data) => present(data)) as fc.Arbitrary<T>;

const result: fc.Arbitrary<FinalOutcome> = fc.constantFrom<FinalOutcome[]>(
  DONE,
  DIFFERING,
  FAILED,
  FAILED,
  CONTENT_REFUSED,
  AMBIGUOUS,
  { kind: 'done', document: OTHER_DOCUMENT },
);
const note = fc.constantFrom({}, { status: 503 }, { code: 'E17', excerpt: '…' });
const pause = { retryAt: moment, retryAfterMs: span };

const sent: fc.Arbitrary<SendOutcome> = fc.oneof(
  recordOf<SendOutcome>({ kind: fc.constantFrom('accepted', 'exists'), handle }),
  recordOf<SendOutcome>({ kind: fc.constant('final'), result, handle }),
  recordOf<SendOutcome>({ kind: fc.constant('refused-invalid'), note }),
  recordOf<SendOutcome>({ kind: fc.constant('refused-later'), note, ...pause }),
  recordOf<SendOutcome>({ kind: fc.constant('not-sent'), why: fc.constant('dns'), ...pause }),
  recordOf<SendOutcome>({ kind: fc.constant('unknown'), why: fc.constantFrom('timeout', 'server-error') }),
);
const told = fc.oneof(
  recordOf({ kind: fc.constant('waiting'), handle }),
  recordOf({ kind: fc.constant('final'), result }),
  fc.constantFrom({ kind: 'absent' }, { kind: 'unavailable' }),
);
const evidence = fc.record({
  providerRemembersFailure: fc.boolean(),
  ofdShowsNothing: fc.constantFrom(true, true, false),
  unsentQueueEmpty: fc.constantFrom(true, true, false),
  note: fc.constant('asked'),
});
const settlement = fc.oneof(
  fc.constantFrom({ how: 'amend', content: AMENDED, facts: FACTS }),
  recordOf({ how: fc.constant('resume'), horizonMs }),
  recordOf({ how: fc.constant('resume'), horizonMs, evidence }),
  recordOf({ how: fc.constant('document'), document }),
  recordOf({
    how: fc.constant('no-document'),
    horizonMs,
    evidence,
  }),
  recordOf({ how: fc.constant('compensated'), compensatingReceiptId: fc.constantFrom('r-2', 'r-3') }),
);
const device = fc.constantFrom('1', '2', '3');

const wishOf = (
  type: ReceiptCommand['type'],
  data: Readonly<Record<string, fc.Arbitrary<unknown>>> = {},
): fc.Arbitrary<Wish> =>
  fc.record({
    type: fc.constant(type),
    data: recordOf<Wish['data']>({ now: moment, ...data }),
    epochsOff: fc.constantFrom(0, 0, 0, 0, 0, 0, -1, 1),
    keysBack: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1),
  });

const routeTo = {
  deviceId: device.map((name) => `device-${name}`),
  domain: device.map((name) => `domain-${name}`),
  traceTag: fc.constant('tag'),
  refused: fc.constant([]),
};

/** Wishes of workers, persons, the calendar and the provider, more of those that lead deep into the protocol. */
export const wish: fc.Arbitrary<Wish> = fc.oneof(
  wishOf('EnqueueReceipt'),
  { weight: 2, arbitrary: wishOf('RouteReceipt', routeTo) },
  {
    weight: 8,
    arbitrary: wishOf('IntendSend', {
      worker: fc.constantFrom('worker-1/1', 'worker-2/1'),
      payloadHash: fc.constantFrom('a', 'a', 'a', 'a', 'b'),
      slowStart: fc.boolean(),
      parents: fc.constantFrom('fiscalized', 'fiscalized', 'fiscalized', 'waiting'),
      horizonMs,
      quietMs: fc.constant(MINUTE),
      waitedMs: span,
      evidence: optional(fc.constantFrom('absent', 'resending-is-asking')),
    }),
  },
  { weight: 8, arbitrary: wishOf('RecordSend', { outcome: sent }) },
  { weight: 6, arbitrary: wishOf('RecordAsk', { outcome: told, waitedMs: span }) },
  {
    weight: 3,
    arbitrary: wishOf('TakeOver', {
      by: fc.constantFrom('worker-1/2', 'worker-2/1'),
      because: fc.constantFrom('lease-ran-out', 'worker-restarted', 'worker-restarted'),
    }),
  },
  wishOf('HoldForHorizon', { horizonMs }),
  wishOf('HoldWithoutHandle', { code: optional(fc.constant('VLD11')), waitedMs: optional(span) }),
  { weight: 3, arbitrary: wishOf('RekeyReceipt', routeTo) },
  wishOf('CancelReceipt', { by: person, reason: fc.constant('withdrawn') }),
  wishOf('PostponeReceipt', { reason: fc.constantFrom('policy', 'no-device'), until: optional(moment) }),
  { weight: 2, arbitrary: wishOf('ResumeReceipt') },
  wishOf('NoteWebhook'),
  wishOf('RaiseDeadlineAlarm', { percent, deadline: moment }),
  { weight: 5, arbitrary: wishOf('SettleReceipt', { by: person, secondBy: optional(person), settlement }) },
);

/** The wish as a command to the receipt as it stands. */
export const commandOf = (
  { type, data, epochsOff, keysBack }: Wish,
  { attempt }: Receipt,
): ReceiptCommand => {
  const { route, generation, epoch, amendments } = attempt;
  const key =
    keysBack === 0
      ? (route?.key ?? 'none')
      : attemptKeyOf(RECEIPT_ID, route?.domain ?? '', generation - keysBack);
  return { type, data: { ...data, epoch: epoch + epochsOff, key, amendments } } as unknown as ReceiptCommand;
};

/** A life of a receipt: most begin in the queue. */
export const wishes: fc.Arbitrary<ReadonlyArray<Wish>> = fc.array(wish, { maxLength: 60, size: 'max' });
