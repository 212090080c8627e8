import type { ReadItem, StoredEvent, StoreError, SubscribeOptions } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import { unknown, type ClientFailure } from '../connection/client-failure';
import type { SubscriptionItem } from '../connection/connection';
import type { Feed } from '../connection/feed';
import { endOf } from '../end-of';
import { comparePlaces, parsePosition, positionOf, START, type EsdbPosition } from '../position';
import { LATE, pause, within } from '../within';
import { gapUpTo } from './gap';
import type { Head, HeadWatch } from './head-watch';
import { isEvent, ownEvents } from './own-events';
import type { Reading } from './reading';
import { CLOSED, FOREIGN_POSITION, isFinal, readError } from './store-error';

export interface Following extends Reading {
  readonly head: HeadWatch;
  /** A subscription of the server broke off or was given up. */
  readonly dropped: (why: string) => void;
  /** For so long it is resumed without success. */
  readonly patience: number;
}

/**
 * Follows the log: what there is, then what comes, with a mark whenever the head was reached. The server's subscriptions may end in
 * any way, or become silent; each time a new one is begun behind what was given.
 *
 * Where the head is nobody tells (the client has no position for it), so it is looked up. A filtered subscription hears nothing of
 * what does not match; then the few records up to the head are read, and if none of them matches, the mark moves on.
 */
export const subscription = (
  following: Following,
  { after, filter, signal }: SubscribeOptions,
): AsyncIterable<ReadItem> => ({
  [Symbol.asyncIterator]: () => follow(following, { after, filter, signal }),
});

interface Wanted {
  readonly after: SubscribeOptions['after'] | undefined;
  readonly filter: SubscribeOptions['filter'] | undefined;
  readonly signal: AbortSignal | undefined;
}

interface Run {
  readonly feed: Feed<SubscriptionItem>;
  confirmed: boolean;
  /** The server has said that it was at the head. */
  live: boolean;
  /** When it was begun or last brought anything. */
  heardAt: number;
}

const follow = (following: Following, { after, filter, signal }: Wanted): AsyncIterator<ReadItem> => {
  const { connection, runtime, settings, names, closed, head, patience } = following;
  // Who asks after the store was closed is told so; who was there before just comes to an end.
  const late = closed.aborted;
  const parsed = after === undefined ? START : parsePosition(after);
  const prefixes = names.prefixes(filter?.prefixes);
  const own = ownEvents(names, filter);
  const end = endOf([closed, signal]);
  const now = runtime.monotonic;

  /** Every matching event up to here was given. */
  let passed = parsed === START ? undefined : parsed;
  /** The last event that was given. */
  let given = passed;
  let run: Run | undefined;
  let broken: StoreError | undefined;
  let finished = false;
  let isChecked = false;
  let announced: { readonly position: string; readonly at: number } | undefined;
  let lookDue = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let failingSince: number | undefined;

  const isPassed = (place: EsdbPosition): boolean =>
    passed !== undefined && comparePlaces(place, passed) <= 0;

  const leave = (): void => {
    run?.feed.leave();
    run = undefined;
  };

  const finish = (item?: ReadItem): ReadItem | undefined => {
    finished = true;
    end.now();
    leave();
    return item;
  };
  const fail = (error: StoreError): ReadItem | undefined => finish({ _tag: 'Failed', error });

  const begin = (): Run => ({
    feed: connection.subscribeAll({
      after: passed ?? 'start',
      ...(prefixes === undefined ? {} : { prefixes }),
      searchWindow: settings.searchWindow,
      ahead: settings.pageSize,
    }),
    confirmed: false,
    live: false,
    heardAt: now(),
  });

  const takeIn = (items: ReadonlyArray<SubscriptionItem>, to: Run): ReadonlyArray<StoredEvent> => {
    const events: StoredEvent[] = [];
    to.heardAt = now();
    for (const item of items) {
      if (item._tag === 'Confirmed' || item._tag === 'Live') {
        to.confirmed = true;
        to.live ||= item._tag === 'Live';
        if (to.live) lookDue = Math.min(lookDue, to.heardAt + settings.look / 10);
        continue;
      }
      const place = item._tag === 'Record' ? item.record.place : item.place;
      if (place === undefined || isPassed(place)) continue;
      [failures, failingSince] = [0, undefined];
      const event = item._tag === 'Record' ? own(item.record) : undefined;
      if (event !== undefined && !isEvent(event)) {
        broken = event;
        break;
      }
      passed = place;
      if (event === undefined) continue;
      given = place;
      events.push(event);
    }
    if (events.length > 0) lookDue = Math.min(lookDue, lookedAt + settings.look / 10);
    return events;
  };

  /** The subscription of the server is over; after a pause there is a new one. Answers why there is none any more. */
  const drop = async (failure: ClientFailure): Promise<StoreError | undefined> => {
    leave();
    if (end.signal.aborted) return undefined;
    failingSince ??= now();
    const error = readError(failure);
    if (error._tag === 'Rejected') return error;
    if (now() - failingSince >= patience || (patience < settings.patience && isFinal(failure))) return error;
    following.dropped(error._tag === 'Unavailable' ? error.why : error._tag);
    failures += 1;
    await pause(runtime, failures, patience, end.signal);
    return undefined;
  };

  const look = async (): Promise<E.Either<ClientFailure, Head> | undefined> => {
    const looked = await within(runtime, 2 * settings.silence, head.look(), end.signal);
    lookedAt = now();
    lookDue = lookedAt + settings.look;
    if (looked !== LATE) return looked;
    return end.signal.aborted ? undefined : E.left(unknown('the server does not tell where the head is'));
  };

  /** Is everything up to the head given? Where the server has nothing to say, the records in between are looked at. */
  const reaches = async (place: EsdbPosition | undefined): Promise<boolean> => {
    if (place === undefined || isPassed(place)) return true;
    if (prefixes?.length !== 0) {
      if (prefixes === undefined || run === undefined) return false;
      // While it catches up the server is on its way to the head, with checkpoints.
      const quiet = run.live ? settings.look / 10 : settings.look;
      if (now() - run.heardAt < quiet) {
        lookDue = run.heardAt + quiet;
        return false;
      }
      if (!(await gapUpTo(following, own, passed, place))) return false;
    }
    passed = place;
    return true;
  };

  const markAt = (place: EsdbPosition | undefined): ReadItem | undefined => {
    const further =
      given !== undefined && (place === undefined || comparePlaces(given, place) > 0) ? given : place;
    let position = further === undefined ? START : positionOf(further);
    if (position === announced?.position) {
      // The head is where it was; but what others write has to be passed only once.
      if (passed === undefined || now() - announced.at < settings.mark) return undefined;
      position = positionOf(passed);
      if (position === announced.position) return undefined;
      given = passed;
    }
    announced = { position, at: now() };
    return { _tag: 'CaughtUp', position };
  };

  /** The head was looked up: a mark, a failure, or nothing yet. */
  const judge = async (looked: E.Either<ClientFailure, Head>): Promise<ReadItem | undefined> => {
    const quiet = run === undefined ? 0 : now() - run.heardAt;
    const isUnconfirmed = run?.confirmed === false && quiet >= settings.silence;
    if (E.isRight(looked) && !isUnconfirmed) {
      if (await reaches(looked.right.own)) {
        if (run?.confirmed === true) [failures, failingSince] = [0, undefined];
        return markAt(looked.right.own);
      }
      if (quiet < settings.liveness) return undefined;
    } else if (!isUnconfirmed && quiet < settings.liveness && run !== undefined) {
      return undefined;
    }
    const failure = E.isLeft(looked) ? looked.left : unknown('the subscription has become silent');
    const error = await drop(failure);
    return error === undefined ? undefined : fail(error);
  };

  const check = async (): Promise<ReadItem | undefined> => {
    const looked = await look();
    if (looked === undefined) return undefined;
    if (E.isLeft(looked)) {
      const error = await drop(looked.left);
      return error === undefined ? undefined : fail(error);
    }
    // Beyond the end: who came here from another store would miss what is to come.
    const { last } = looked.right;
    if (passed !== undefined && (last === undefined || comparePlaces(passed, last) > 0))
      return fail(FOREIGN_POSITION);
    isChecked = true;
    lookDue = 0;
    return undefined;
  };

  const step = async (): Promise<ReadItem | undefined> => {
    if (late && !finished) return fail(CLOSED);
    if (parsed === undefined && !end.signal.aborted) return fail(FOREIGN_POSITION);
    while (!end.signal.aborted) {
      if (broken !== undefined) return fail(broken);
      if (!isChecked) {
        const failed = await check();
        if (failed !== undefined) return failed;
        continue;
      }
      if (run === undefined && prefixes?.length !== 0) run = begin();
      const current = run;
      if (current !== undefined) {
        const items = current.feed.take(settings.pageSize);
        if (items.length > 0) {
          const events = takeIn(items, current);
          if (events.length > 0) return { _tag: 'Events', events };
          continue;
        }
        const state = current.feed.state();
        if (state !== 'open') {
          const why = state === 'ended' ? unknown('the server ended the subscription') : state;
          const error = await drop(why);
          if (error !== undefined) return fail(error);
          continue;
        }
      }
      const wait = lookDue - now();
      if (wait > 0) {
        await within(runtime, wait, current?.feed.news() ?? NEVER, end.signal);
        continue;
      }
      const looked = await look();
      const item = looked === undefined ? undefined : await judge(looked);
      if (item !== undefined) return end.signal.aborted && item._tag !== 'Failed' ? finish() : item;
    }
    return finish();
  };

  let turn: Promise<unknown> = Promise.resolve();
  return {
    // One after the other, also for those who ask again before they were answered.
    next: () => {
      const item = turn.then(step);
      turn = item;
      return item.then((value) =>
        value === undefined ? { done: true, value: undefined } : { done: false, value },
      );
    },
    return: () => {
      finish();
      return Promise.resolve({ done: true, value: undefined });
    },
  };
};

const NEVER = new Promise<never>(() => undefined);
