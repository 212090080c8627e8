import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';

/** Calls that are on their way at the same time. */
const SIDE_BY_SIDE = 16;

/** The answers in the order of the questions, or the first failure. All are asked. */
export const sideBySide = async <F, A, B>(
  questions: ReadonlyArray<A>,
  ask: (question: A) => Promise<Either<F, B>>,
): Promise<Either<F, ReadonlyArray<B>>> => {
  const answers: Array<Either<F, B>> = [];
  let next = 0;
  const asker = async (): Promise<void> => {
    for (let index = next; index < questions.length; index = next) {
      next += 1;
      const question = questions[index];
      if (question !== undefined) answers[index] = await ask(question);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, asker));
  const failed = answers.find(E.isLeft);
  return failed ?? E.right(answers.flatMap((answer) => (E.isRight(answer) ? [answer.right] : [])));
};
