import * as E from 'fp-ts/Either';
import type { Instant } from '@cloud-kassa/ffd';
import { millisecondsOf } from '@cloud-kassa/ffd';
import type { Refusal } from '../../refusal';
import type { ReceiptContent } from '../content';
import { contentDifferences, isContentTold } from '../document';
import { attemptKeyOf } from '../identity';
import type { ReceiptRule } from '../rules/receipt-rules';
import type {
  CancelReceipt,
  HoldForHorizon,
  HoldWithoutHandle,
  IntendSend,
  PostponeReceipt,
  RaiseDeadlineAlarm,
  RecordAsk,
  RecordSend,
  RekeyReceipt,
  ResumeReceipt,
  RouteReceipt,
  SettleReceipt,
  TakeOver,
} from './commands';
import type { AttemptEvent, Routed } from './events';
import type { AskOutcome, FinalOutcome, SendOutcome } from './outcome';
import type { AttemptRule } from './rejections';
import type { AttemptState, Route } from './state';
import type { AttemptTrigger } from './table';

export type AttemptRefusal = Refusal<AttemptRule | ReceiptRule>;

export type Decision = E.Either<AttemptRefusal, ReadonlyArray<AttemptEvent>>;

/** What the protocol needs to know of the receipt besides its attempt. */
export interface AttemptContext {
  readonly receiptId: string;
  readonly organisation: string;
  readonly content: ReceiptContent;
}

type Settled<How extends SettleReceipt['data']['settlement']['how']> = Omit<
  SettleReceipt['data'],
  'settlement'
> & {
  readonly settlement: Extract<SettleReceipt['data']['settlement'], { readonly how: How }>;
};
type Sent<Kind extends SendOutcome['kind']> = RecordSend['data'] & {
  readonly outcome: Extract<SendOutcome, { readonly kind: Kind }>;
};
type Asked<Kind extends AskOutcome['kind']> = RecordAsk['data'] & {
  readonly outcome: Extract<AskOutcome, { readonly kind: Kind }>;
};
type AskedFinal<Kind extends FinalOutcome['kind']> = Omit<RecordAsk['data'], 'outcome'> & {
  readonly outcome: {
    readonly kind: 'final';
    readonly result: Extract<FinalOutcome, { readonly kind: Kind }>;
  };
};

/** The data that come with each trigger of the table. */
export interface TriggerData {
  readonly route: RouteReceipt['data'];
  readonly failover: RouteReceipt['data'];
  readonly cancel: CancelReceipt['data'];
  readonly intend: IntendSend['data'];
  readonly 'horizon-passed': HoldForHorizon['data'];
  readonly 'send:accepted': Sent<'accepted'>;
  readonly 'send:exists': Sent<'exists'>;
  readonly 'send:final': Sent<'final'>;
  readonly 'send:refused-invalid': Sent<'refused-invalid'>;
  readonly 'send:refused-later': Sent<'refused-later'>;
  readonly 'send:not-sent': Sent<'not-sent'>;
  readonly 'send:unknown': Sent<'unknown'>;
  readonly 'take-over': TakeOver['data'];
  readonly 'ask:waiting': Asked<'waiting'>;
  readonly 'ask:done': AskedFinal<'done'>;
  readonly 'ask:failed-proved': AskedFinal<'failed'>;
  readonly 'ask:failed-ambiguous': AskedFinal<'failed'>;
  readonly 'ask:absent': Asked<'absent'>;
  readonly 'ask:unavailable': Asked<'unavailable'>;
  readonly 'no-way-to-ask': HoldWithoutHandle['data'];
  readonly rekey: RekeyReceipt['data'];
  readonly 'release-amended': Settled<'amend'>;
  readonly 'release-resumed': Settled<'resume'>;
  readonly 'evidence-of-document': Settled<'document'>;
  readonly 'evidence-of-none': Settled<'no-document'>;
  readonly compensated: Settled<'compensated'>;
  readonly webhook: { readonly now: Instant };
  readonly deadline: RaiseDeadlineAlarm['data'];
  readonly postpone: PostponeReceipt['data'];
  readonly resume: ResumeReceipt['data'];
}

/** A trigger of the table with its data. */
export type Trigger = {
  readonly [K in AttemptTrigger]: { readonly on: K; readonly data: TriggerData[K] };
}[AttemptTrigger];

/** One row at work: its guard answers `Left`, its effect `Right`. */
export type Step<K extends AttemptTrigger> = (
  state: AttemptState,
  data: TriggerData[K],
  context: AttemptContext,
) => Decision;

export const events = (...list: ReadonlyArray<AttemptEvent>): Decision => E.right(list);

export const nothing: Decision = E.right([]);

export const refuse = (rule: AttemptRule, field: string, detail?: Refusal['detail']): Decision =>
  E.left(detail === undefined ? { rule, field } : { rule, field, detail });

/** A receipt that was routed has a route; before that no row that needs one can be reached. */
export const withRoute = (state: AttemptState, then: (route: Route) => Decision): Decision =>
  state.route === undefined
    ? refuse('transition-forbidden', 'phase', { state: state.phase, event: 'route missing' })
    : then(state.route);

/** A receipt bound to a device under the key of a generation. */
export const routed = (
  context: AttemptContext,
  data: TriggerData['route'],
  generation: number,
): Routed['data'] => ({
  at: data.now,
  deviceId: data.deviceId,
  domain: data.domain,
  key: attemptKeyOf(context.receiptId, data.domain, generation),
  generation,
  traceTag: data.traceTag,
  refused: data.refused,
});

/** Milliseconds from one instant to another by the wall clock; negative where the clock jumped back. */
export const elapsed = (from: Instant | undefined, to: Instant): number =>
  from === undefined ? 0 : millisecondsOf(to) - millisecondsOf(from);

/** What a worker knows of time: the wall clock, and what it has itself waited in the receipt's present phase, should that clock jump back. */
interface Clocks {
  readonly now: Instant;
  readonly waitedMs?: number;
}

/** Milliseconds since an instant before the present phase, by the clock that says more. */
export const waited = (from: Instant | undefined, { now, waitedMs = 0 }: Clocks): number =>
  Math.max(waitedMs, elapsed(from, now));

/** Whether sends that are unaccounted for are older than the provider remembers keys. */
export const isHorizonPassed = (state: AttemptState, clocks: Clocks, horizonMs: number): boolean =>
  state.firstIntentAt !== undefined && waited(state.firstIntentAt, clocks) >= horizonMs;

/** What speaks against a found document being the receipt's own: differing fields of the content. */
export const differencesOf = (
  context: AttemptContext,
  outcome: Extract<FinalOutcome, { kind: 'done' }>,
): ReadonlyArray<string> =>
  outcome.found === undefined ? [] : contentDifferences(context.content, outcome.found);

export const fiscalized = (outcome: Extract<FinalOutcome, { kind: 'done' }>, at: Instant): AttemptEvent => ({
  type: 'receipt.Fiscalized',
  data: { document: outcome.document, contentChecked: isContentTold(outcome.found), source: 'provider', at },
});

export const disputed = (
  outcome: Extract<FinalOutcome, { kind: 'done' }>,
  differences: ReadonlyArray<string>,
  at: Instant,
): AttemptEvent => ({
  type: 'receipt.Disputed',
  data: {
    document: outcome.document,
    differences,
    at,
    ...(outcome.found === undefined ? {} : { found: outcome.found }),
  },
});

/** What a failed key leads to: a retired key where nothing was made, a person where that is not proved. */
export const failed = (
  state: AttemptState,
  outcome: Extract<FinalOutcome, { kind: 'failed' }>,
  at: Instant,
): AttemptEvent =>
  outcome.proof === 'proved'
    ? {
        type: 'receipt.KeyRetired',
        data: { key: state.route?.key ?? '', because: outcome.because, note: outcome.note, at },
      }
    : {
        type: 'receipt.Held',
        data: {
          reason: 'ambiguous',
          at,
          ...(outcome.note.code === undefined ? {} : { code: outcome.note.code }),
        },
      };
