import type { Instant } from '@cloud-kassa/ffd';
import type { FiscalDocument, FoundContent } from '../document';

/** What is kept of a provider's answer: never bodies, only status, code and a redacted excerpt. */
export interface AnswerNote {
  readonly status?: number;
  readonly code?: string;
  readonly excerpt?: string;
}

/** Why the outcome of a send is unknown. */
export type UnknownWhy =
  | 'timeout'
  | 'connection-lost'
  | 'server-error'
  | 'gateway-answer'
  | 'unreadable-answer'
  | 'worker-paused'
  | 'vanished';

/** The final state of a key, told in the answer of a send or of an ask. */
export type FinalOutcome =
  | { readonly kind: 'done'; readonly document: FiscalDocument; readonly found?: FoundContent }
  | {
      readonly kind: 'failed';
      /** `proved`: nothing was made and the provider remembers the key as failed. `ambiguous`: a document may exist. */
      readonly proof: 'proved' | 'ambiguous';
      /** The content itself was refused: sending it again under a new key would be refused again. */
      readonly because: 'content' | 'other';
      readonly note: AnswerNote;
    };

/** The outcome of one authorised send (one POST). */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly handle?: string }
  | { readonly kind: 'exists'; readonly handle?: string }
  | { readonly kind: 'final'; readonly result: FinalOutcome; readonly handle?: string }
  | { readonly kind: 'refused-invalid'; readonly note: AnswerNote }
  | {
      readonly kind: 'refused-later';
      readonly note: AnswerNote;
      readonly retryAt: Instant;
      readonly retryAfterMs: number;
    }
  | {
      readonly kind: 'not-sent';
      readonly why: string;
      readonly retryAt: Instant;
      readonly retryAfterMs: number;
    }
  | { readonly kind: 'unknown'; readonly why: UnknownWhy; readonly note?: AnswerNote };

/** The answer to one ask under a key. */
export type AskOutcome =
  | { readonly kind: 'waiting'; readonly handle?: string }
  | { readonly kind: 'final'; readonly result: FinalOutcome }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable' };
