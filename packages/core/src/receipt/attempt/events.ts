import * as t from 'io-ts';
import type { Instant } from '@cloud-kassa/ffd';
import { InstantCodec, literalCodec, recordCodec } from '@cloud-kassa/ffd';
import { defineEvent } from '../../define-event';
import type { EventDefinition } from '../../event-family';
import type { ReceiptContent } from '../content';
import { ReceiptContentCodec } from '../content';
import type { FiscalDocument, FoundContent } from '../document';
import { FiscalDocumentCodec, FoundContentCodec } from '../document';
import type { AnswerNote, UnknownWhy } from './outcome';
import type { HoldReason } from './phase';

interface Event<Type extends string, Data> {
  readonly type: `receipt.${Type}`;
  readonly data: Data & { readonly at: Instant };
}

/** A device that was not chosen, and why. */
export interface RouteRefusal {
  readonly deviceId: string;
  readonly reason: string;
}

interface RoutedData {
  readonly deviceId: string;
  readonly domain: string;
  readonly key: string;
  readonly generation: number;
  /** 16 characters that mark the document wherever the protocol has a receipt-level field for them. */
  readonly traceTag: string;
  readonly refused: ReadonlyArray<RouteRefusal>;
}

/** What persons state when no document was made (rows 31, 33 and 47). */
export interface NoDocumentEvidence {
  readonly providerRemembersFailure: boolean;
  readonly ofdShowsNothing: boolean;
  readonly unsentQueueEmpty: boolean;
  readonly note: string;
}

export type Enqueued = Event<'Enqueued', object>;
export type Postponed = Event<'Postponed', { readonly reason: string; readonly until?: Instant }>;
export type Resumed = Event<'Resumed', object>;
export type Routed = Event<'Routed', RoutedData>;
export type Rerouted = Event<'Rerouted', RoutedData>;
export type SendIntended = Event<
  'SendIntended',
  {
    readonly key: string;
    readonly payloadHash: string;
    readonly epoch: number;
    readonly worker: string;
    readonly slowStart: boolean;
  }
>;
export type Acknowledged = Event<'Acknowledged', { readonly handle?: string; readonly duplicate: boolean }>;
export type SendVoided = Event<
  'SendVoided',
  {
    readonly epoch: number;
    readonly why: string;
    readonly note?: AnswerNote;
    readonly retryAt: Instant;
    readonly retryAfterMs: number;
  }
>;
export type OutcomeUnknown = Event<
  'OutcomeUnknown',
  { readonly why: UnknownWhy; readonly note?: AnswerNote }
>;
export type TakenOver = Event<
  'TakenOver',
  {
    readonly epoch: number;
    readonly by: string;
    readonly because: 'lease-ran-out' | 'worker-restarted';
    readonly crash: boolean;
  }
>;
export type Refused = Event<'Refused', { readonly epoch: number; readonly note: AnswerNote }>;
export type Held = Event<'Held', { readonly reason: HoldReason; readonly code?: string }>;
export type KeyRetired = Event<
  'KeyRetired',
  {
    readonly key: string;
    readonly because: 'content' | 'other' | 'evidence';
    readonly note?: AnswerNote;
    readonly by?: string;
    readonly secondBy?: string;
    readonly evidence?: NoDocumentEvidence;
  }
>;
export type Rekeyed = Event<
  'Rekeyed',
  RoutedData & { readonly content?: ReceiptContent; readonly by?: string }
>;
export type Released = Event<
  'Released',
  {
    readonly how: 'amended' | 'resumed';
    readonly by: string;
    readonly secondBy?: string;
    /** Of a receipt resumed past the horizon. */
    readonly evidence?: NoDocumentEvidence;
    readonly content?: ReceiptContent;
  }
>;
export type Fiscalized = Event<
  'Fiscalized',
  {
    readonly document: FiscalDocument;
    /** The provider told enough of the content to compare it with the receipt. */
    readonly contentChecked: boolean;
    readonly source: 'provider' | 'manual';
    readonly by?: string;
  }
>;
export type Disputed = Event<
  'Disputed',
  {
    readonly document: FiscalDocument;
    readonly found?: FoundContent;
    /** Fields that differ from the receipt, or the reason why the document should not exist. */
    readonly differences: ReadonlyArray<string>;
  }
>;
export type Compensated = Event<
  'Compensated',
  { readonly by: string; readonly compensatingReceiptId: string }
>;
export type DeadlineAlarmed = Event<
  'DeadlineAlarmed',
  { readonly percent: number; readonly deadline: Instant }
>;
export type Cancelled = Event<'Cancelled', { readonly by: string; readonly reason: string }>;

export type AttemptEvent =
  | Enqueued
  | Postponed
  | Resumed
  | Routed
  | Rerouted
  | SendIntended
  | Acknowledged
  | SendVoided
  | OutcomeUnknown
  | TakenOver
  | Refused
  | Held
  | KeyRetired
  | Rekeyed
  | Released
  | Fiscalized
  | Disputed
  | Compensated
  | DeadlineAlarmed
  | Cancelled;

const at = InstantCodec;
const note: t.Type<AnswerNote, unknown> = recordCodec(
  'AnswerNote',
  {},
  { status: t.number, code: t.string, excerpt: t.string },
);

const routed = {
  at,
  deviceId: t.string,
  domain: t.string,
  key: t.string,
  generation: t.number,
  traceTag: t.string,
  refused: t.readonlyArray(recordCodec('RouteRefusal', { deviceId: t.string, reason: t.string }, {})),
};

const holdReason = literalCodec<HoldReason>(
  ['invalid', 'rejected', 'ambiguous', 'exhausted', 'horizon', 'poison', 'no-handle'],
  'HoldReason',
);

const unknownWhy = literalCodec<UnknownWhy>(
  [
    'timeout',
    'connection-lost',
    'server-error',
    'gateway-answer',
    'unreadable-answer',
    'worker-paused',
    'vanished',
  ],
  'UnknownWhy',
);

const evidence: t.Type<NoDocumentEvidence, unknown> = recordCodec(
  'NoDocumentEvidence',
  {
    providerRemembersFailure: t.boolean,
    ofdShowsNothing: t.boolean,
    unsentQueueEmpty: t.boolean,
    note: t.string,
  },
  {},
);

export const ATTEMPT_EVENT_DEFINITIONS: Readonly<Record<AttemptEvent['type'], EventDefinition>> = {
  'receipt.Enqueued': defineEvent<Enqueued>(recordCodec('Enqueued', { at }, {})),
  'receipt.Postponed': defineEvent<Postponed>(
    recordCodec('Postponed', { at, reason: t.string }, { until: InstantCodec }),
  ),
  'receipt.Resumed': defineEvent<Resumed>(recordCodec('Resumed', { at }, {})),
  'receipt.Routed': defineEvent<Routed>(recordCodec('Routed', routed, {})),
  'receipt.Rerouted': defineEvent<Rerouted>(recordCodec('Rerouted', routed, {})),
  'receipt.SendIntended': defineEvent<SendIntended>(
    recordCodec(
      'SendIntended',
      { at, key: t.string, payloadHash: t.string, epoch: t.number, worker: t.string, slowStart: t.boolean },
      {},
    ),
  ),
  'receipt.Acknowledged': defineEvent<Acknowledged>(
    recordCodec('Acknowledged', { at, duplicate: t.boolean }, { handle: t.string }),
  ),
  'receipt.SendVoided': defineEvent<SendVoided>(
    recordCodec(
      'SendVoided',
      { at, epoch: t.number, why: t.string, retryAt: InstantCodec, retryAfterMs: t.number },
      { note },
    ),
  ),
  'receipt.OutcomeUnknown': defineEvent<OutcomeUnknown>(
    recordCodec('OutcomeUnknown', { at, why: unknownWhy }, { note }),
  ),
  'receipt.TakenOver': defineEvent<TakenOver>(
    recordCodec(
      'TakenOver',
      {
        at,
        epoch: t.number,
        by: t.string,
        because: literalCodec<'lease-ran-out' | 'worker-restarted'>(
          ['lease-ran-out', 'worker-restarted'],
          'TakeOverCause',
        ),
        crash: t.boolean,
      },
      {},
    ),
  ),
  'receipt.Refused': defineEvent<Refused>(recordCodec('Refused', { at, epoch: t.number, note }, {})),
  'receipt.Held': defineEvent<Held>(recordCodec('Held', { at, reason: holdReason }, { code: t.string })),
  'receipt.KeyRetired': defineEvent<KeyRetired>(
    recordCodec(
      'KeyRetired',
      {
        at,
        key: t.string,
        because: literalCodec<'content' | 'other' | 'evidence'>(
          ['content', 'other', 'evidence'],
          'RetiredBecause',
        ),
      },
      { note, by: t.string, secondBy: t.string, evidence },
    ),
  ),
  'receipt.Rekeyed': defineEvent<Rekeyed>(
    recordCodec('Rekeyed', routed, { content: ReceiptContentCodec, by: t.string }),
    'content.buyer',
  ),
  'receipt.Released': defineEvent<Released>(
    recordCodec(
      'Released',
      { at, how: literalCodec<'amended' | 'resumed'>(['amended', 'resumed'], 'ReleasedHow'), by: t.string },
      { secondBy: t.string, evidence, content: ReceiptContentCodec },
    ),
    'content.buyer',
  ),
  'receipt.Fiscalized': defineEvent<Fiscalized>(
    recordCodec(
      'Fiscalized',
      {
        at,
        document: FiscalDocumentCodec,
        contentChecked: t.boolean,
        source: literalCodec<'provider' | 'manual'>(['provider', 'manual'], 'EvidenceSource'),
      },
      { by: t.string },
    ),
  ),
  'receipt.Disputed': defineEvent<Disputed>(
    recordCodec(
      'Disputed',
      { at, document: FiscalDocumentCodec, differences: t.readonlyArray(t.string) },
      { found: FoundContentCodec },
    ),
  ),
  'receipt.Compensated': defineEvent<Compensated>(
    recordCodec('Compensated', { at, by: t.string, compensatingReceiptId: t.string }, {}),
  ),
  'receipt.DeadlineAlarmed': defineEvent<DeadlineAlarmed>(
    recordCodec('DeadlineAlarmed', { at, percent: t.number, deadline: InstantCodec }, {}),
  ),
  'receipt.Cancelled': defineEvent<Cancelled>(
    recordCodec('Cancelled', { at, by: t.string, reason: t.string }, {}),
  ),
};
