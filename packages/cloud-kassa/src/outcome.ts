import * as E from 'fp-ts/Either';
import type { KassaError } from './kassa-error';

/** What a call came to: no call of the library throws or rejects for an expected reason. */
export type Outcome<A> =
  | { readonly ok: true; readonly value: A }
  | { readonly ok: false; readonly error: KassaError };

export const done = <A>(value: A): Outcome<A> => ({ ok: true, value });

export const failed = (error: KassaError): Outcome<never> => ({ ok: false, error });

export const outcomeOf = <A>(either: E.Either<KassaError, A>): Outcome<A> =>
  E.isRight(either) ? done(either.right) : failed(either.left);
