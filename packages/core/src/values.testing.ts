import * as E from 'fp-ts/Either';
import type { Inn, Instant, Kopecks, LocalDate } from '@cloud-kassa/ffd';
import { inn, instant, kopecks, localDate } from '@cloud-kassa/ffd';

/** The value of a test's own data; a test whose data are wrong fails. */
export const proven = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(`a test datum is wrong: ${JSON.stringify(either.left)}`);
  return either.right;
};

export const at = (text: string): Instant => proven(instant(text));
export const date = (text: string): LocalDate => proven(localDate(text));
export const money = (amount: number): Kopecks => proven(kopecks(amount));

/** Two taxpayers with valid check digits. */
export const OURS: Inn = proven(inn('7725327863'));
export const THEIRS: Inn = proven(inn('7707083893'));
