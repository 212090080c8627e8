import * as E from 'fp-ts/Either';

/** The value of what can fail only when the campaign itself is at fault. */
export const sure = <Left, Right>(answer: E.Either<Left, Right>): Right => {
  if (E.isLeft(answer)) throw new Error(JSON.stringify(answer.left));
  return answer.right;
};
