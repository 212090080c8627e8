import type { KassaError } from './kassa-error';

/** What a call came to: no call of the library throws or rejects for an expected reason. */
export type Outcome<A> =
  | { readonly ok: true; readonly value: A }
  | { readonly ok: false; readonly error: KassaError };

export const done = <A>(value: A): Outcome<A> => ({ ok: true, value });

export const failed = (error: KassaError): Outcome<never> => ({ ok: false, error });
