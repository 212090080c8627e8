import type { Instant, LegacyVat } from '@cloud-kassa/ffd';
import type { ReceiptContent } from '../content';
import type { FiscalDocument } from '../document';
import type { AdmissionFacts } from '../facts';
import type { AdmissionProfile } from '../rules/profile';
import type { NoDocumentEvidence, RouteRefusal } from './events';
import type { AskOutcome, SendOutcome } from './outcome';

interface Command<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data & { readonly now: Instant };
}

/** Puts a registered receipt into the queue. */
export type EnqueueReceipt = Command<'EnqueueReceipt', object>;

/** Rows 1, 4 and 5: the router chose a device. `refused` records the devices it did not choose. */
export type RouteReceipt = Command<
  'RouteReceipt',
  {
    readonly deviceId: string;
    readonly domain: string;
    readonly traceTag: string;
    readonly refused: ReadonlyArray<RouteRefusal>;
  }
>;

/**
 * Rows 3 and 23: authorises one send. The answer's `SendIntended` must be durable before the first byte leaves.
 *
 * `waitedMs` is what the worker itself has waited, on its monotonic clock, since it saw the receipt in its present state: a wall clock
 * that jumped back does not hold a receipt. `evidence` is needed in `Unknown`: the provider said that it does not know the key, or
 * sending again is its way of asking.
 */
export type IntendSend = Command<
  'IntendSend',
  {
    /** The epoch the worker saw: another one means that somebody else has gone on, and what it saw no longer holds. */
    readonly epoch: number;
    /** The key and the number of amendments the worker saw: it will send under that key, to that device, that content and no other. */
    readonly key: string;
    readonly amendments: number;
    readonly worker: string;
    readonly payloadHash: string;
    readonly slowStart: boolean;
    readonly parents: 'fiscalized' | 'waiting';
    readonly horizonMs: number;
    readonly quietMs: number;
    readonly waitedMs: number;
    readonly evidence?: 'absent' | 'resending-is-asking';
  }
>;

/** Rows 10 to 16 and 41: what came of the send authorised in `epoch`. */
export type RecordSend = Command<'RecordSend', { readonly epoch: number; readonly outcome: SendOutcome }>;

/**
 * Rows 18 to 26, 34, 36, 37, 40, 46: what the provider says under `key`. `epoch` is the one it was asked in: that a key has failed is
 * taken only if nothing was sent since. `waitedMs` as in {@link IntendSend}.
 */
export type RecordAsk = Command<
  'RecordAsk',
  { readonly epoch: number; readonly key: string; readonly outcome: AskOutcome; readonly waitedMs: number }
>;

/** Rows 9 and 17: another worker, or the same one after a restart, takes the receipt over. */
export type TakeOver = Command<
  'TakeOver',
  { readonly epoch: number; readonly by: string; readonly because: 'lease-ran-out' | 'worker-restarted' }
>;

/** Row 8: the provider may have forgotten the key. `waitedMs` as in {@link IntendSend}. */
export type HoldForHorizon = Command<
  'HoldForHorizon',
  { readonly horizonMs: number; readonly waitedMs?: number }
>;

/** Row 45: nothing can be asked and nothing may be sent again. `waitedMs` as in {@link IntendSend}. */
export type HoldWithoutHandle = Command<
  'HoldWithoutHandle',
  { readonly code?: string; readonly waitedMs?: number }
>;

/** Rows 27, 28, 43: a new key, in the same domain or another. */
export type RekeyReceipt = Command<
  'RekeyReceipt',
  {
    readonly deviceId: string;
    readonly domain: string;
    readonly traceTag: string;
    readonly refused: ReadonlyArray<RouteRefusal>;
  }
>;

/** Rows 2, 6, 7, 29, 42. */
export type CancelReceipt = Command<'CancelReceipt', { readonly by: string; readonly reason: string }>;

/** Row 44. */
export type PostponeReceipt = Command<
  'PostponeReceipt',
  { readonly reason: string; readonly until?: Instant }
>;
export type ResumeReceipt = Command<'ResumeReceipt', object>;

/** Row 35: a webhook of any content only triggers an ask; nothing is recorded. */
export type NoteWebhook = Command<'NoteWebhook', object>;

/** Row 39. */
export type RaiseDeadlineAlarm = Command<
  'RaiseDeadlineAlarm',
  { readonly percent: number; readonly deadline: Instant }
>;

/**
 * Rows 30 to 33, 36 to 38, 43 and 47: a named person settles what a machine can not prove.
 *
 * - `amend`: corrected content, admitted as a new receipt is; `resume`: go on with the unchanged content;
 *   past the horizon only by two persons and with evidence that there is no document.
 * - `document`: evidence of a document; `no-document`: evidence that there is none, by two persons.
 * - `compensated`: a dispute was made good by another receipt.
 */
export type SettleReceipt = Command<
  'SettleReceipt',
  {
    readonly by: string;
    readonly secondBy?: string;
    /** The epoch the persons saw: what they found out says nothing about a send that was made since. */
    readonly epoch: number;
    readonly settlement:
      | {
          readonly how: 'amend';
          readonly content: ReceiptContent;
          readonly facts: AdmissionFacts;
          readonly profile?: AdmissionProfile;
          readonly legacyVat?: LegacyVat;
        }
      | { readonly how: 'resume'; readonly horizonMs: number; readonly evidence?: NoDocumentEvidence }
      | { readonly how: 'document'; readonly document: FiscalDocument }
      | { readonly how: 'no-document'; readonly evidence: NoDocumentEvidence; readonly horizonMs: number }
      | { readonly how: 'compensated'; readonly compensatingReceiptId: string };
  }
>;

export type AttemptCommand =
  | EnqueueReceipt
  | RouteReceipt
  | IntendSend
  | RecordSend
  | RecordAsk
  | TakeOver
  | HoldForHorizon
  | HoldWithoutHandle
  | RekeyReceipt
  | CancelReceipt
  | PostponeReceipt
  | ResumeReceipt
  | NoteWebhook
  | RaiseDeadlineAlarm
  | SettleReceipt;
