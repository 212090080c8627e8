import { streamDeleted } from '../server/refusal';
import type { Position } from '../log/position';
import { comparePositions } from '../log/position';
import type { EventFilter } from './event-filter';
import type { Reader, Stopped } from './reader';
import { sendCaughtUp, sendCheckpoint, sendConfirmation, sendEvent, sendFellBehind } from './reader';
import type { ReadRequest } from './read-request';
import { visibleEvents, visibleRow } from './visible-events';

/** A live subscriber that is further behind than this is told so, where the server's version tells it at all. */
const LIVE_BUFFER = 1000;
/** Events that match on one page of a filtered search, and events looked at when the client says nothing about it. */
const PAGE = 32;

export interface SubscribeOptions {
  readonly subscriptionId: string;
  /** Servers before 25 do not say that a subscriber fell behind. */
  readonly tellsFallingBehind: boolean;
}

/** From the confirmation on: catching up and being live by turns, the same for every subscription. */
const turns = async (
  reader: Reader,
  { subscriptionId, tellsFallingBehind }: SubscribeOptions,
  behind: () => number,
  catchUp: () => Promise<Stopped | undefined>,
): Promise<Stopped> => {
  await sendConfirmation(reader, subscriptionId);
  let told = false;
  for (;;) {
    const { log, answers } = reader;
    const seen = log.count();
    const stopped = await catchUp();
    if (stopped !== undefined) return stopped;
    if (!told) await sendCaughtUp(reader);
    told = true;
    await log.moreThan(seen, answers.signal);
    if (answers.signal.aborted) return { _tag: 'Gone' };
    if (tellsFallingBehind && behind() > LIVE_BUFFER) {
      await sendFellBehind(reader);
      told = false;
    }
  }
};

/** A subscription to one stream, from after a revision. It ends with the tombstone. */
export const subscribeStream = (
  reader: Reader,
  { stream, from }: Extract<ReadRequest, { _tag: 'SubscribeStream' }>,
  options: SubscribeOptions,
): Promise<Stopped> => {
  const { log, now } = reader;
  let next = from === 'start' ? 0n : from === 'end' ? log.head(stream) + 1n : from + 1n;
  const catchUp = async (): Promise<Stopped | undefined> => {
    for (;;) {
      const visible = visibleEvents(log, stream, now());
      if (visible._tag === 'NoStream') return undefined;
      if (visible._tag === 'Tombstoned') return { _tag: 'Refused', refusal: streamDeleted(stream) };
      if (next < visible.first) next = visible.first;
      if (next > visible.last) return undefined;
      const row = visibleRow(log, visible, next);
      next += 1n;
      const wait = row === undefined ? undefined : sendEvent(reader, row);
      const stopped = wait === undefined ? undefined : await wait;
      if (stopped !== undefined) return stopped;
    }
  };
  return turns(reader, options, () => Number(log.head(stream) + 1n - next), catchUp);
};

/** A subscription to everything, from after a position. Without a filter there are no checkpoints. */
export const subscribeAll = (
  reader: Reader,
  request: Extract<ReadRequest, { _tag: 'SubscribeAll' }>,
  options: SubscribeOptions,
): Promise<Stopped> => {
  const { log } = reader;
  const { from, filter } = request;
  const place = { next: from === 'start' ? 0 : from === 'end' ? log.count() : log.rowAfter(from) };
  const behind = (): number => log.count() - place.next;
  if (filter !== undefined) {
    const given = typeof from === 'object' ? from : undefined;
    return turns(reader, options, behind, filteredCatchUp(reader, filter, place, given));
  }
  return turns(reader, options, behind, async () => {
    while (place.next < log.count()) {
      const row = place.next;
      place.next += 1;
      const wait = sendEvent(reader, row);
      const stopped = wait === undefined ? undefined : await wait;
      if (stopped !== undefined) return stopped;
    }
    return undefined;
  });
};

/**
 * The search of the real server (`Enumerator.AllSubscriptionFiltered`, 24.10): pages of at most 32 events that match or of one
 * window that was looked at. While it catches up, a checkpoint is the later of the last event sent and the place where the page
 * began. That place is the commit position of an event that may not have been sent, with a smaller `prepare`: who resumes with
 * the commit position alone skips it. When it is live, a checkpoint is the position of the event that filled the interval.
 */
const filteredCatchUp = (
  reader: Reader,
  filter: EventFilter,
  place: { next: number },
  given: Position | undefined,
): (() => Promise<Stopped | undefined>) => {
  const { log } = reader;
  const window = filter.window ?? PAGE;
  const interval = window * filter.checkpointInterval;
  let checkpoint = given;
  let considered = 0;
  let live = false;
  const tell = async (): Promise<void> => {
    if (checkpoint !== undefined) await sendCheckpoint(reader, checkpoint);
  };
  const accepts = (row: number): boolean => filter.accepts(log.streamName(row), log.typeOf(row));
  const reach = (position: Position): void => {
    if (checkpoint === undefined || comparePositions(checkpoint, position) < 0) checkpoint = position;
  };
  const send = async (row: number): Promise<Stopped | undefined> => {
    const wait = sendEvent(reader, row);
    const stopped = wait === undefined ? undefined : await wait;
    if (stopped === undefined) reach(log.positionOf(row));
    return stopped;
  };

  const liveTurn = async (): Promise<Stopped | undefined> => {
    while (place.next < log.count()) {
      const row = place.next;
      place.next += 1;
      considered += 1;
      const stopped = accepts(row) ? await send(row) : undefined;
      if (stopped !== undefined) return stopped;
      if (considered >= interval) {
        considered = 0;
        reach(log.positionOf(row));
        await tell();
      }
    }
    return undefined;
  };

  const catchUp = async (): Promise<Stopped | undefined> => {
    let first = true;
    for (;;) {
      const began = first ? undefined : log.placeBefore(place.next);
      first = false;
      let looked = 0;
      let matched = 0;
      while (place.next < log.count() && looked < window && matched < PAGE) {
        const row = place.next;
        place.next += 1;
        looked += 1;
        if (!accepts(row)) continue;
        matched += 1;
        const stopped = await send(row);
        if (stopped !== undefined) return stopped;
      }
      considered += looked;
      if (reader.answers.signal.aborted) return { _tag: 'Gone' };
      const ended = place.next >= log.count() && looked < window && matched < PAGE;
      if (began !== undefined && (ended || considered >= interval)) reach(began);
      if (ended || considered >= interval) await tell();
      if (ended) return undefined;
      considered %= interval;
      await reader.breathe();
    }
  };

  return async () => {
    if (live) return liveTurn();
    const stopped = await catchUp();
    live = true;
    considered = 0;
    return stopped;
  };
};
