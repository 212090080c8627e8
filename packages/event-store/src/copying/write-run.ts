import * as E from 'fp-ts/Either';
import type { AppendedEvent, StoredEvent } from '../envelope';
import type { EventStore } from '../store';
import type { CopyError } from './copy-report';
import { streamPart } from './pages';
import { patiently, type Patience } from './patience';

/** Events of one stream that follow each other, in it and in the commit order. */
export type Run = readonly [StoredEvent, ...ReadonlyArray<StoredEvent>];

/** The envelope alone: stream, revision and position are given by the store. */
const envelopeOf = ({
  eventId,
  type,
  version,
  data,
  metadata,
  hash,
  canonicalText,
}: StoredEvent): AppendedEvent => ({
  eventId,
  type,
  version,
  data,
  metadata,
  hash,
  ...(canonicalText === undefined ? {} : { canonicalText }),
});

const isRun = (events: ReadonlyArray<StoredEvent>): events is Run => events.length > 0;

/**
 * Writes a run at its own revisions. What the target has of it already is compared; other events there are `Diverged`. A run that is too
 * large for the target is divided.
 */
export const writeRun = async (
  to: EventStore,
  run: Run,
  patience: Patience,
): Promise<CopyError | undefined> => {
  const [{ stream, revision: first }] = run;
  const expected = first === 0 ? 'no-stream' : first - 1;
  const answer = await patiently(patience, to.append(stream, expected, run.map(envelopeOf)));
  if (E.isRight(answer)) return answer.right._tag === 'Appended' ? undefined : writeRest(to, run, patience);
  const isTooLarge = answer.left._tag === 'Rejected' && answer.left.rule === 'too-large';
  return isTooLarge && run.length > 1
    ? writeHalves(to, run, patience)
    : { _tag: 'StoreFailed', side: 'to', error: answer.left, stream, revision: first };
};

const writeHalves = async (to: EventStore, run: Run, patience: Patience): Promise<CopyError | undefined> => {
  const middle = Math.ceil(run.length / 2);
  for (const part of [run.slice(0, middle), run.slice(middle)]) {
    const failure = isRun(part) ? await writeRun(to, part, patience) : undefined;
    if (failure !== undefined) return failure;
  }
  return undefined;
};

/** The stream is not where it was thought to be: others wrote meanwhile. What they wrote has to be the same. */
const writeRest = async (to: EventStore, run: Run, patience: Patience): Promise<CopyError | undefined> => {
  const [{ stream, revision: first }] = run;
  const there = await patiently(patience, streamPart(to, stream, first, run.length));
  if (E.isLeft(there)) return { _tag: 'StoreFailed', side: 'to', error: there.left, stream, revision: first };
  for (const [index, { hash, revision }] of there.right.entries()) {
    const ours = run[index];
    if (ours?.revision !== revision || ours.hash !== hash)
      return { _tag: 'Diverged', stream, revision: first + index };
  }
  if (there.right.length === 0) return { _tag: 'Lost', stream, revision: first - 1 };
  const rest = run.slice(there.right.length);
  return isRun(rest) ? writeRun(to, rest, patience) : undefined;
};
