import type { JsonRead, NotSentWhy, UnansweredWhy } from '@cloud-kassa/provider';

/** An answer that can be judged: that of the provider, or of the gateway where it did not pass the call on. */
export interface JudgedAnswer {
  readonly _tag: 'Answer';
  readonly status: number;
  /** The body as JSON; absent where it is none. */
  readonly body?: JsonRead;
  /** The body as text, for an excerpt; empty where it is none. */
  readonly text: string;
  /** The body came under a media type of JSON: without it no refusal counts. */
  readonly saysJson: boolean;
  readonly from: 'provider' | 'gateway';
  /** The pause a `Retry-After` header asks for. */
  readonly retryAfterMs?: number;
}

/** What came of one request on the wire. */
export type WireAnswer =
  | JudgedAnswer
  | { readonly _tag: 'NotSent'; readonly why: NotSentWhy }
  | { readonly _tag: 'Unanswered'; readonly why: UnansweredWhy };

export type JsonObjectRead = Readonly<Record<string, JsonRead>>;

export const isJsonObject = (value: JsonRead | undefined): value is JsonObjectRead =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands under a key of an object; `undefined` for anything else. */
export const at = (value: JsonRead | undefined, key: string): JsonRead | undefined =>
  isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

export const textAt = (value: JsonRead | undefined, key: string): string | undefined => {
  const found = at(value, key);
  return typeof found === 'string' ? found : undefined;
};
