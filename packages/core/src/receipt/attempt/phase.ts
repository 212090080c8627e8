/**
 * Where the one remote effect of a receipt stands.
 *
 * - `Accepted`: validated, not routed. `Ready`: has a dedup domain and a key, may be sent.
 * - `Intended`: a send is authorised and durable. `Pending`: the provider has it. `Unknown`: a send may or may not have arrived.
 * - `Retired`: the provider remembers the current key as failed. `Held`: a person must look; the reason is a fact.
 * - `Fiscalized`, `Cancelled`: final, except that evidence of another document leads to `Disputed`.
 */
export type AttemptPhase =
  | 'Accepted'
  | 'Ready'
  | 'Intended'
  | 'Pending'
  | 'Unknown'
  | 'Retired'
  | 'Held'
  | 'Fiscalized'
  | 'Cancelled'
  | 'Disputed';

/** Why a receipt is held. Each reason allows other ways out; see the table. */
export type HoldReason =
  | 'invalid'
  | 'rejected'
  | 'ambiguous'
  | 'exhausted'
  | 'horizon'
  | 'poison'
  | 'no-handle';

/** The receipt queue's status as people know it from 1C (СтатусЧекаККТВОчереди). */
export type QueueStatus = 'new' | 'fiscalizing' | 'fiscalized' | 'error' | 'cancelled';

/** Новый, Фискализируется, Фискализирован, Ошибка, Отменён. */
export const QUEUE_STATUS_OF: Readonly<Record<AttemptPhase, QueueStatus>> = {
  Accepted: 'new',
  Ready: 'new',
  Intended: 'fiscalizing',
  Pending: 'fiscalizing',
  Unknown: 'fiscalizing',
  Retired: 'fiscalizing',
  Held: 'error',
  Disputed: 'error',
  Fiscalized: 'fiscalized',
  Cancelled: 'cancelled',
};
