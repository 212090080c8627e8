import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { verifyRead } from '../chain';
import type { StoredEvent } from '../envelope';
import type { CopyError, CopyReport } from './copy-report';
import { diverged, hashAt } from './first-difference';
import { trackOf, type Session } from './session';

/** Where the target went on by itself before this run, it is looked up whether it did so from where the source is. */
export const compareWhereAhead = async (session: Session): Promise<CopyError | undefined> => {
  for (const [stream, { from, seen }] of session.tracks) {
    if (from.revision < 0 || seen.revision <= from.revision) continue;
    const there = await hashAt(session, 'to', stream, from.revision);
    if (E.isLeft(there)) return there.left;
    if (there.right !== from.hash) return diverged(session, stream, from.revision);
  }
  return undefined;
};

/** Verifies what is read back of the target, and that it goes through where the source ends. */
export const readBack =
  (session: Session) =>
  (event: StoredEvent): CopyError | undefined => {
    const track = trackOf(session, event.stream);
    const next = verifyRead(event.stream, track.seen, event);
    if (E.isLeft(next)) return { _tag: 'StoreFailed', side: 'to', error: next.left };
    const { revision, hash } = track.from;
    const isEnd = event.revision === revision;
    if (isEnd && event.hash !== hash) return { _tag: 'Diverged', stream: event.stream, revision };
    // Equal values are kept once.
    track.seen = isEnd ? track.from : next.right;
    return undefined;
  };

/** The ends of all chains, when both stores were read to the end. */
export const compareEnds = ({
  tracks,
}: Session): Either<CopyError, Pick<CopyReport, 'streams' | 'ahead' | 'others'>> => {
  const counts = { streams: 0, ahead: 0, others: 0 };
  for (const [stream, { from, seen }] of tracks) {
    if (from.revision < 0) {
      counts.others += 1;
      continue;
    }
    if (seen.revision < from.revision) return E.left({ _tag: 'Lost', stream, revision: seen.revision + 1 });
    if (seen.revision === from.revision && seen.hash !== from.hash)
      return E.left({ _tag: 'Diverged', stream, revision: from.revision });
    counts.streams += 1;
    if (seen.revision > from.revision) counts.ahead += 1;
  }
  return E.right(counts);
};
