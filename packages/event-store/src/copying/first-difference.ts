import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { CopyError, CopySide } from './copy-report';
import { streamPart } from './pages';
import { patiently } from './patience';
import type { Session } from './session';

type Sides = Pick<Session, 'from' | 'to' | 'patience'>;

/** The hash of one event; nothing where the stream does not have it. */
export const hashAt = async (
  sides: Sides,
  side: CopySide,
  stream: string,
  revision: number,
): Promise<Either<CopyError, string | undefined>> => {
  const found = await patiently(sides.patience, streamPart(sides[side], stream, revision, 1));
  return E.isLeft(found)
    ? E.left({ _tag: 'StoreFailed', side, error: found.left })
    : E.right(found.right[0]?.hash);
};

/**
 * Names the first event in which a stream differs, given one in which it does. A hash says all that was before it, so it is found by
 * halving; the stream is not read through.
 */
export const diverged = async (sides: Sides, stream: string, differs: number): Promise<CopyError> => {
  let [equal, different] = [-1, differs];
  while (different - equal > 1) {
    const middle = Math.floor((equal + different) / 2);
    const ours = await hashAt(sides, 'from', stream, middle);
    if (E.isLeft(ours)) return ours.left;
    const theirs = await hashAt(sides, 'to', stream, middle);
    if (E.isLeft(theirs)) return theirs.left;
    if (ours.right === theirs.right) equal = middle;
    else different = middle;
  }
  return { _tag: 'Diverged', stream, revision: different };
};
