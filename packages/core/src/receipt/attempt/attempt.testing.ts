import type { FiscalDocument, FoundContent } from '../document';
import { DAY, MINUTE, NOW, CONTENT, FACTS, decided, given, later, register } from '../receipt.testing';
import type { ReceiptCommand } from '../commands';
import type { ReceiptContent } from '../content';
import type { Receipt } from '../state';
import { evolveReceipt } from '../state';
import type {
  HoldForHorizon,
  HoldWithoutHandle,
  IntendSend,
  PostponeReceipt,
  RecordAsk,
  RecordSend,
  RouteReceipt,
  SettleReceipt,
  TakeOver,
} from './commands';
import type { AskOutcome, FinalOutcome, SendOutcome } from './outcome';
import type { AttemptState } from './state';

/** A command as one gives it who has read the receipt as it stands. */
export type Step = (receipt: Receipt) => ReceiptCommand;

export const HORIZON = 30 * DAY;
export const QUIET = MINUTE;
export const PAYLOAD = 'a'.repeat(64);
export const DOCUMENT: FiscalDocument = { fn: '7380440902582955', fd: 9895, fp: 3_304_159_072 };
export const OTHER_DOCUMENT: FiscalDocument = { ...DOCUMENT, fd: 9896, fp: 1_204_159_071 };

const FOUND: FoundContent = { settlementSign: CONTENT.settlementSign, total: CONTENT.total };

export const DONE = { kind: 'done', document: DOCUMENT, found: FOUND } satisfies FinalOutcome;
export const DIFFERING = { ...DONE, found: { ...FOUND, settlementSign: 2 } } satisfies FinalOutcome;
export const FAILED = {
  kind: 'failed',
  proof: 'proved',
  because: 'other',
  note: { status: 200, code: '-3804' },
} satisfies FinalOutcome;
export const CONTENT_REFUSED = { ...FAILED, because: 'content' } satisfies FinalOutcome;
export const AMBIGUOUS = { ...FAILED, proof: 'ambiguous', note: { code: '-3910' } } satisfies FinalOutcome;

export const enqueue: Step = () => ({ type: 'EnqueueReceipt', data: { now: NOW } });
export const route =
  (change: Partial<RouteReceipt['data']> = {}): Step =>
  () => ({
    type: 'RouteReceipt',
    data: { now: NOW, deviceId: 'device-1', domain: 'domain-1', traceTag: 'tag', refused: [], ...change },
  });
export const elsewhere = { deviceId: 'device-2', domain: 'domain-2' };
export const intend =
  (change: Partial<IntendSend['data']> = {}): Step =>
  ({ attempt }) => ({
    type: 'IntendSend',
    data: {
      now: NOW,
      epoch: attempt.epoch,
      key: attempt.route?.key ?? 'none',
      amendments: attempt.amendments,
      worker: 'worker-1/1',
      payloadHash: PAYLOAD,
      slowStart: false,
      parents: 'fiscalized',
      horizonMs: HORIZON,
      quietMs: QUIET,
      waitedMs: 0,
      ...change,
    },
  });
/** The same send again, after the provider said that it does not know the key. */
export const resend = (change: Partial<IntendSend['data']> = {}): Step =>
  intend({ waitedMs: QUIET, evidence: 'absent', ...change });
export const send =
  (outcome: SendOutcome, change: Partial<RecordSend['data']> = {}): Step =>
  ({ attempt }) => ({ type: 'RecordSend', data: { now: NOW, epoch: attempt.epoch, outcome, ...change } });
export const ask =
  (outcome: AskOutcome, change: Partial<RecordAsk['data']> = {}): Step =>
  ({ attempt }) => ({
    type: 'RecordAsk',
    data: {
      now: NOW,
      epoch: attempt.epoch,
      key: attempt.route?.key ?? 'none',
      outcome,
      waitedMs: 0,
      ...change,
    },
  });
export const asked = (result: FinalOutcome, change: Partial<RecordAsk['data']> = {}): Step =>
  ask({ kind: 'final', result }, change);
export const takeOver =
  (change: Partial<TakeOver['data']> = {}): Step =>
  ({ attempt }) => ({
    type: 'TakeOver',
    data: { now: NOW, epoch: attempt.epoch, by: 'worker-2/1', because: 'lease-ran-out', ...change },
  });
export const holdForHorizon =
  (change: Partial<HoldForHorizon['data']> = {}): Step =>
  () => ({ type: 'HoldForHorizon', data: { now: later(HORIZON), horizonMs: HORIZON, ...change } });
export const holdWithoutHandle =
  (change: Partial<HoldWithoutHandle['data']> = {}): Step =>
  () => ({ type: 'HoldWithoutHandle', data: { now: NOW, ...change } });
export const rekey =
  (change: Partial<RouteReceipt['data']> = {}): Step =>
  () => ({
    type: 'RekeyReceipt',
    data: { now: NOW, deviceId: 'device-1', domain: 'domain-1', traceTag: 'tag', refused: [], ...change },
  });
export const cancel: Step = () => ({
  type: 'CancelReceipt',
  data: { now: NOW, by: 'Иванова', reason: 'order withdrawn' },
});
export const postpone =
  (change: Partial<PostponeReceipt['data']> = {}): Step =>
  () => ({ type: 'PostponeReceipt', data: { now: NOW, reason: 'policy', ...change } });
export const resume: Step = () => ({ type: 'ResumeReceipt', data: { now: NOW } });
export const webhook: Step = () => ({ type: 'NoteWebhook', data: { now: NOW } });
export const alarm =
  (percent: number): Step =>
  ({ legalDeadline }) => ({
    type: 'RaiseDeadlineAlarm',
    data: { now: NOW, percent, deadline: legalDeadline },
  });

type Settlement = SettleReceipt['data']['settlement'];
export const settle =
  (settlement: Settlement, change: Partial<SettleReceipt['data']> = {}): Step =>
  ({ attempt }) => ({
    type: 'SettleReceipt',
    data: { now: NOW, by: 'Иванова', epoch: attempt.epoch, settlement, ...change },
  });

/** The content with another name of its line. */
export const AMENDED: ReceiptContent = {
  ...CONTENT,
  items: CONTENT.items.map((item) => ({ ...item, name: 'Чай зелёный' })),
};
export const amend = (content = AMENDED): Step => settle({ how: 'amend', content, facts: FACTS });
export const resumeHeld = (change: Partial<SettleReceipt['data']> = {}): Step =>
  settle({ how: 'resume', horizonMs: HORIZON }, change);
export const showDocument = (document = DOCUMENT): Step => settle({ how: 'document', document });
export const compensate = (compensatingReceiptId = 'receipt-2'): Step =>
  settle({ how: 'compensated', compensatingReceiptId });

type Evidence = Extract<Settlement, { readonly how: 'no-document' }>['evidence'];
const EVIDENCE: Evidence = {
  providerRemembersFailure: true,
  ofdShowsNothing: true,
  unsentQueueEmpty: true,
  note: 'asked by telephone',
};
/** Two persons resume past the horizon, with evidence that there is no document. */
export const twoResumeWith = (
  evidence: Partial<Evidence> = {},
  change: Partial<SettleReceipt['data']> = {},
): Step =>
  settle(
    { how: 'resume', horizonMs: HORIZON, evidence: { ...EVIDENCE, ...evidence } },
    { now: later(HORIZON), secondBy: 'Петров', ...change },
  );
export const twoResume = twoResumeWith();
export const showNothing = (
  evidence: Partial<Evidence> = {},
  change: Partial<SettleReceipt['data']> = {},
): Step =>
  settle(
    { how: 'no-document', evidence: { ...EVIDENCE, ...evidence }, horizonMs: HORIZON },
    { secondBy: 'Петров', ...change },
  );

export const PAUSE = 5 * MINUTE;
const RETRY = { retryAt: later(PAUSE), retryAfterMs: PAUSE };
export const accepted = { kind: 'accepted', handle: 'handle-1' } satisfies SendOutcome;
export const refusedLater = { kind: 'refused-later', note: { status: 429 }, ...RETRY } satisfies SendOutcome;
export const notSent = { kind: 'not-sent', why: 'connection-refused', ...RETRY } satisfies SendOutcome;
export const refusedInvalid = {
  kind: 'refused-invalid',
  note: { status: 422, code: 'E17' },
} satisfies SendOutcome;
export const lost = { kind: 'unknown', why: 'timeout' } satisfies SendOutcome;

/** Plays steps one after another on a registered receipt; each must be accepted. */
export const play = (...steps: ReadonlyArray<Step>): Receipt =>
  steps.reduce((receipt: Receipt, step) => {
    const state = decided(step(receipt), receipt).reduce(evolveReceipt, receipt as Receipt | undefined);
    if (state === undefined) throw new Error('no receipt');
    return state;
  }, given(register()));

export const attemptAfter = (...steps: ReadonlyArray<Step>): AttemptState => play(...steps).attempt;
