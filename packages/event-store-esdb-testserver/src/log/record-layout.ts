import { eventFrame } from './event-frame';
import type { JournalRow } from './journal';
import type { ProposedEvent } from './proposed-event';
import { sizeOf } from './proposed-event';

/** How records lie in the log. */
export interface RecordLayout {
  readonly origin: bigint;
  /**
   * Every append is written as the explicit transactions of old servers were: its events share one commit position, and only
   * their prepare positions differ. Otherwise both positions of an event are the same.
   */
  readonly explicitTransactions: boolean;
}

/** What is written to one stream at once. */
export interface WriteAtOnce {
  readonly stream: string;
  readonly events: ReadonlyArray<ProposedEvent>;
  /** The revision of the first of them. */
  readonly first: bigint;
  /** Where the first record begins, as a distance from the origin. */
  readonly start: number;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** What a record takes in the log beyond its event. */
const OVERHEAD = 64;

/** The rows of events that are written at once, each with its place in the log and its frame. */
export const layOut = (
  { origin, explicitTransactions }: RecordLayout,
  { stream, events, first, start, created }: WriteAtOnce,
): ReadonlyArray<JournalRow> => {
  let at = start;
  const places = events.map((event) => {
    const place = at;
    at += sizeOf(event) + OVERHEAD;
    return place;
  });
  return events.map((event, index) => {
    const prepare = places[index] ?? start;
    const commit = explicitTransactions ? at : prepare;
    const end = explicitTransactions ? at + OVERHEAD : (places[index + 1] ?? at);
    const revision = first + BigInt(index);
    const position = { commit: origin + BigInt(commit), prepare: origin + BigInt(prepare) };
    const frame = eventFrame(event, { stream, revision, position, created });
    return { id: event.id, stream, type: event.type, revision, commit, prepare, end, created, frame };
  });
};
