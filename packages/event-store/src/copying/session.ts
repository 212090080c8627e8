import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { CHAIN_START, type ChainHead } from '../chain';
import type { StoredEvent } from '../envelope';
import type { EventStore, Position } from '../store';
import type { CopyError, CopyProgress, CopySide } from './copy-report';
import { pagesOf, type Part } from './pages';
import type { Patience } from './patience';

/** How far the chain of a stream is known. The three share their values where they are equal. */
export interface Track {
  /** As read in the source. */
  from: ChainHead;
  /** As the target has it: read there, or acknowledged. */
  to: ChainHead;
  /** As read in the target. */
  seen: ChainHead;
}

/** One run of a copy: both stores, and the end of every chain. */
export interface Session {
  readonly from: EventStore;
  readonly to: EventStore;
  readonly patience: Patience;
  readonly tracks: Map<string, Track>;
  /** Of the events that the target lacked: those that are written. */
  copied: number;
  readonly progress: (progress: CopyProgress) => void;
}

export const trackOf = ({ tracks }: Session, stream: string): Track => {
  const known = tracks.get(stream);
  if (known !== undefined) return known;
  const track = { from: CHAIN_START, to: CHAIN_START, seen: CHAIN_START };
  tracks.set(stream, track);
  return track;
};

/** What is done with an event. It waits only where it has to: most events are only looked at. */
export type Take = (event: StoredEvent) => Promise<CopyError | undefined> | CopyError | undefined;

export interface ReadThrough {
  readonly events: number;
  /** Position of the last of them. */
  readonly last: Position | undefined;
}

/** Reads a part of a store, event by event. */
export const readThrough = async (
  session: Session,
  side: CopySide,
  step: CopyProgress['step'],
  part: Part,
  take: Take,
): Promise<Either<CopyError, ReadThrough>> => {
  const { patience, progress } = session;
  let events = 0;
  let last: Position | undefined;
  for await (const page of pagesOf(session[side], part, patience)) {
    if (E.isLeft(page)) return E.left({ _tag: 'StoreFailed', side, error: page.left });
    for (const event of page.right) {
      const taken = take(event);
      const failure = taken instanceof Promise ? await taken : taken;
      if (failure !== undefined) return E.left(failure);
    }
    events += page.right.length;
    last = page.right.at(-1)?.position;
    progress({ step, events, copied: session.copied });
    if (patience.signal.aborted) return E.left({ _tag: 'Interrupted', copied: session.copied });
  }
  return E.right({ events, last });
};
