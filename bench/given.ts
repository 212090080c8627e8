import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';

/** What must have come out well, or the figures mean nothing. */
export const given = <A>(outcome: Either<unknown, A>): A => {
  if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
  return outcome.right;
};
