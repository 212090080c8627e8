import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { verifyRead } from '../chain';
import type { KeptKeyRing } from '../key-ring-home';
import type { EventStore } from '../store';
import { compareEnds, compareWhereAhead, readBack } from './compare-ends';
import { copyKeys } from './copy-keys';
import type { CopyError, CopyProgress, CopyReport } from './copy-report';
import { diverged } from './first-difference';
import { patiently } from './patience';
import { runWriter, type RunLimits } from './run-writer';
import { readThrough, trackOf, type ReadThrough, type Session, type Take } from './session';

export interface CopyEventsOptions {
  readonly from: EventStore;
  readonly to: EventStore;
  readonly runtime: Runtime;
  /**
   * The rings of both, where the keys of persons go along; the target's is opened with the index key of the source's. They are carried when
   * it is known up to where is copied, and before the first event: so the target has the key of everybody whose events it has.
   */
  readonly keys?: { readonly from: KeptKeyRing; readonly to: KeptKeyRing };
  /** Told after every page that was read. */
  readonly progress?: (progress: CopyProgress) => void;
  /** Ends the copy between two appends. */
  readonly signal?: AbortSignal;
  /** For so many milliseconds a store that does not answer is asked again. Default 60,000. */
  readonly patience?: number;
  /** Events in an append at most. Default 500. */
  readonly runEvents?: number;
  /** Bytes in an append at most, about; a single event may have more. Default 512 KiB. */
  readonly runBytes?: number;
}

const KIB = 1024;

/**
 * Copies all events of a store to another one, envelopes unchanged: id, type, version, data, metadata and hash. They are written one
 * after the other in the commit order of the source: the order across streams says to which shift of a register a document belongs.
 * Events of one stream that follow each other immediately may share an append.
 *
 * 1. The target is read, and its chains are verified: what it has is known from itself, not from a mark that may be old, lost, or of
 *    another source.
 * 2. The source is read up to its head at the start, and every chain is verified, also of what the target has. What it lacks is appended
 *    under the exact revision. A hash says all that was before it, so what both have is compared by one hash.
 * 3. What was written is read back and verified, and the ends of all chains are compared.
 *
 * So a copy that broke off anywhere is simply repeated, and so is one whose source moved on. Memory holds the ends of the chains, less
 * than a kilobyte for each stream, and one page and one run of events.
 *
 * Nobody else should write to the target. What others write meanwhile has to be the same (another copy of the same source), else the
 * answer is `Diverged`.
 */
export const copyEvents =
  ({
    from,
    to,
    runtime,
    keys,
    progress = () => undefined,
    signal = new AbortController().signal,
    patience: milliseconds = 60_000,
    runEvents = 500,
    runBytes = 512 * KIB,
  }: CopyEventsOptions): TaskEither<CopyError, CopyReport> =>
  async () => {
    const patience = { runtime, milliseconds, signal };
    const session: Session = { from, to, patience, tracks: new Map(), copied: 0, progress };
    const report = await copying(session, { events: runEvents, bytes: runBytes }, keys);
    // A store that was not waited for any more because of the signal.
    return E.isLeft(report) && report.left._tag === 'StoreFailed' && signal.aborted
      ? E.left({ _tag: 'Interrupted', copied: session.copied })
      : report;
  };

const copying = async (
  session: Session,
  limits: RunLimits,
  keys: CopyEventsOptions['keys'],
): Promise<Either<CopyError, CopyReport>> => {
  const { from, patience } = session;
  const head = await patiently(patience, from.head());
  if (E.isLeft(head)) return E.left({ _tag: 'StoreFailed', side: 'from', error: head.left });
  const carried = keys === undefined ? E.right(0) : await copyKeys(keys.from, keys.to)();
  if (E.isLeft(carried)) return carried;
  const found = await readThrough(session, 'to', 'looking', {}, look(session));
  if (E.isLeft(found)) return found;
  const read =
    head.right === undefined
      ? E.right<CopyError, ReadThrough>({ events: 0, last: undefined })
      : await copyUpTo(session, head.right, limits);
  if (E.isLeft(read)) return read;
  const failure = await compareWhereAhead(session);
  if (failure !== undefined) return E.left(failure);
  const back = await readThrough(session, 'to', 'verifying', { after: found.right.last }, readBack(session));
  if (E.isLeft(back)) return back;
  const ends = compareEnds(session);
  if (E.isLeft(ends)) return ends;
  const movedOn = await readThrough(session, 'from', 'verifying', { after: head.right }, () => undefined);
  if (E.isLeft(movedOn)) return movedOn;
  return E.right({
    ...ends.right,
    events: read.right.events,
    copied: session.copied,
    keys: carried.right,
    ...(head.right === undefined ? {} : { head: head.right }),
    movedOn: movedOn.right.events,
  });
};

const look =
  (session: Session): Take =>
  (event) => {
    const track = trackOf(session, event.stream);
    const next = verifyRead(event.stream, track.seen, event);
    if (E.isLeft(next)) return { _tag: 'StoreFailed', side: 'to', error: next.left };
    track.seen = next.right;
    track.to = next.right;
    return undefined;
  };

const copyUpTo = async (
  session: Session,
  head: string,
  limits: RunLimits,
): Promise<Either<CopyError, ReadThrough>> => {
  const writer = runWriter(session, limits);
  const read = await readThrough(session, 'from', 'copying', { upTo: head }, (event) => {
    const { stream, revision } = event;
    const track = trackOf(session, stream);
    const next = verifyRead(stream, track.from, event);
    if (E.isLeft(next)) return { _tag: 'StoreFailed', side: 'from', error: next.left };
    const isThere = revision <= track.to.revision;
    const isSame = revision !== track.to.revision || event.hash === track.to.hash;
    // Equal values are kept once.
    track.from = isThere && isSame && revision === track.to.revision ? track.to : next.right;
    if (!isThere) return writer.add(event);
    return isSame ? undefined : diverged(session, stream, revision);
  });
  if (E.isLeft(read)) return read;
  const failure = await writer.flush();
  return failure === undefined ? read : E.left(failure);
};
