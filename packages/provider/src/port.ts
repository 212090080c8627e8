import type { AnswerNote, FiscalDocument, FoundContent, ReceiptContent, UnknownWhy } from '@cloud-kassa/core';
import type { NotSentWhy } from './http/outcome';

/** One receipt as it goes to a provider. Equal requests under one key are equal byte for byte. */
export interface FiscalRequest {
  /** The idempotency key; unique within the dedup domain. */
  readonly key: string;
  readonly receiptId: string;
  /** 16 characters that mark the document wherever the protocol has a receipt-level field for them and the format leaves it free. */
  readonly traceTag: string;
  readonly content: ReceiptContent;
}

/** The final state of a key. */
export type FinalAnswer =
  | { readonly _tag: 'Done'; readonly document: FiscalDocument; readonly found?: FoundContent }
  | {
      readonly _tag: 'Failed';
      /**
       * `proved`: on the provider's own list of failures before a document, and remembered under the key. Everything else is
       * `ambiguous`.
       */
      readonly proof: 'proved' | 'ambiguous';
      readonly because: 'content' | 'other';
      readonly note: AnswerNote;
    };

/**
 * What came of one POST. `RefusedInvalid` and `RefusedLater` need a documented, attributable refusal (right shape, right media type);
 * `NotSent` needs the proof that no byte of the request was written. Everything in doubt is `Unknown`.
 */
export type SendAnswer =
  | { readonly _tag: 'Accepted'; readonly handle?: string }
  | { readonly _tag: 'Exists'; readonly handle?: string }
  | { readonly _tag: 'Final'; readonly answer: FinalAnswer; readonly handle?: string }
  | { readonly _tag: 'RefusedInvalid'; readonly note: AnswerNote }
  | {
      readonly _tag: 'RefusedLater';
      readonly note: AnswerNote;
      /** `account`: everything under these credentials has to wait, not this receipt alone. */
      readonly scope: 'receipt' | 'account';
      readonly retryAfterMs?: number;
    }
  | {
      readonly _tag: 'NotSent';
      /** Of the transport; or there was no secret or no token to make the request with. */
      readonly why: NotSentWhy | 'no-secret' | 'no-token';
    }
  | { readonly _tag: 'Unknown'; readonly why: UnknownWhy; readonly note?: AnswerNote };

/** What one ask told. `Expired`: the provider gave the receipt up before processing it and remembers that. */
export type AskAnswer =
  | { readonly _tag: 'Waiting'; readonly handle?: string }
  | { readonly _tag: 'Final'; readonly answer: FinalAnswer }
  | { readonly _tag: 'Expired'; readonly note: AnswerNote }
  | { readonly _tag: 'Absent' }
  | {
      readonly _tag: 'Unavailable';
      readonly note?: AnswerNote;
      readonly scope: 'receipt' | 'account';
      readonly retryAfterMs?: number;
    };

/**
 * How an unknown outcome is resolved.
 *
 * - `key`: the provider tells the state under our key (class A).
 * - `resend`: a repeated POST returns the handle, so it is the ask; with a handle its state can be read (class B).
 * - `handle`: a duplicate is refused without a handle; only a handle got in time, or a callback, tells the state (class C).
 * - `none`: no key, or a short one; nothing is ever sent again without a person (class D).
 */
export type AskBy = 'key' | 'resend' | 'handle' | 'none';

export interface Capabilities {
  readonly askBy: AskBy;
  /** For so long the provider is known to remember a key, in milliseconds. */
  readonly horizonMs: number;
  /** An ask tells sum, sign and lines of the document, so that they can be compared. */
  readonly returnsContent: boolean;
}

/** A receipt can not be expressed in the provider's protocol: told before any intent, with the field and the rule. */
export interface NotExpressible {
  readonly field: string;
  readonly rule: string;
}

/**
 * A fiscal provider behind one connection. One call is one request on the wire; after an attributable "not authorised" the token is
 * renewed once and the request repeated once. All other repetition belongs to the fiscalizer. No call rejects.
 */
export interface FiscalProvider {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** The scope in which this connection's keys are unique; computed from the connection, never from secrets. */
  readonly dedupDomain: string;
  /** What the protocol can not express, or `undefined`. Pure. */
  readonly expressible: (content: ReceiptContent) => NotExpressible | undefined;
  readonly send: (request: FiscalRequest, signal?: AbortSignal) => Promise<SendAnswer>;
  readonly ask: (key: string, handle: string | undefined, signal?: AbortSignal) => Promise<AskAnswer>;
  /** Whether receipts can be fiscalised now; used before money is taken, as the breaker's probe, and to open shifts. Reads only. */
  readonly availability: (signal?: AbortSignal) => Promise<Availability>;
}

/** A provider that holds connections open until it is closed. */
export interface OpenProvider extends FiscalProvider {
  /** Ends everything under way; calls made afterwards are `NotSent` or `Unavailable`. */
  readonly close: () => void;
}

/** What a provider tells of its registers. */
export type Availability =
  | { readonly _tag: 'Available'; readonly units: ReadonlyArray<UnitState> }
  | { readonly _tag: 'NotAvailable'; readonly why: string; readonly units: ReadonlyArray<UnitState> }
  | { readonly _tag: 'Unreachable'; readonly note?: AnswerNote };

/** One KKT behind the connection, as far as the provider tells. */
export interface UnitState {
  readonly registrationNumber?: string;
  readonly serial?: string;
  readonly fn?: string;
  readonly keyExpiresOn?: string;
  readonly documents?: number;
  readonly unsent?: number;
  readonly firstUnsentAt?: string;
  readonly shiftNumber?: number;
  readonly shiftOpenedAt?: string;
}
