import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { StoreError } from '../store';

/** For how long a store that does not answer is asked again. */
export interface Patience {
  readonly runtime: Runtime;
  readonly milliseconds: number;
  /** Nothing is waited for any more. */
  readonly signal: AbortSignal;
}

const FIRST_MS = 10;
const LONGEST_MS = 2_000;

/** Failures that pass by themselves. A full disk does not. */
const isPassing = (error: StoreError): boolean =>
  error._tag === 'OutcomeUnknown' || (error._tag === 'Unavailable' && error.full !== true);

/** Failures of one store in a row. */
export interface Failures {
  /** Waits before the next try; `false` where there is none: the failure does not pass, or the patience is over. */
  readonly again: (error: StoreError) => Promise<boolean>;
  /** It answered. */
  readonly over: () => void;
}

export const failuresOf = ({ runtime, milliseconds, signal }: Patience): Failures => {
  let count = 0;
  let giveUp: number | undefined;
  return {
    again: async (error) => {
      giveUp ??= runtime.monotonic() + milliseconds;
      const left = giveUp - runtime.monotonic();
      if (!isPassing(error) || left <= 0 || signal.aborted) return false;
      count += 1;
      const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (count - 1));
      await runtime.sleep(Math.min(left, (longest * (1 + runtime.random.next())) / 2), signal);
      return !signal.aborted;
    },
    over: () => {
      [count, giveUp] = [0, undefined];
    },
  };
};

/** Asks until there is an answer or the patience is over. An outcome that was unknown once stays so whatever fails later. */
export const patiently = async <A>(
  patience: Patience,
  ask: () => Promise<Either<StoreError, A>>,
): Promise<Either<StoreError, A>> => {
  const failures = failuresOf(patience);
  let unknown: StoreError | undefined;
  for (;;) {
    const answer = await ask();
    if (E.isRight(answer)) return answer;
    if (answer.left._tag === 'OutcomeUnknown') unknown = answer.left;
    if (!(await failures.again(answer.left))) return E.left(unknown ?? answer.left);
  }
};
