import type { StoredEvent, StoreError } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { eventOfRecord } from '../appending/event-record';
import { unknown, type ClientFailure } from '../connection/client-failure';
import { groupConnection, type GroupFeed, type GroupItem } from '../connection/group-connection';
import { endOf } from '../end-of';
import type { Reading } from '../reading/reading';
import { readError } from '../reading/store-error';
import { LATE, pause, within } from '../within';
import type { ConsumerGroup, Consumption } from './consumer-group';

/** The longest pause before another try. It keeps a place, so it is not longer than that. */
const LONGEST_PAUSE = 60_000;
/** The server waits this much longer than this side does. */
const MARGIN = 5_000;

/**
 * Hands the events of a group to a handler until the signal is aborted. The group is made if it is not there. An event is answered
 * when its work is done; a connection that breaks off is made again, and what was not answered comes again.
 */
export const consumeGroup = async (
  reading: Reading,
  storedName: string,
  group: ConsumerGroup,
  consumption: Consumption,
): Promise<Either<StoreError, void>> => {
  const { connection, runtime, settings, names, closed } = reading;
  const { attempts = 5, handling = 30_000, sideBySide = 1 } = consumption;
  const end = endOf([closed, consumption.signal]);
  const handlers = handlersOf(reading, consumption);
  const prefixes = names.prefixes(group.prefixes) ?? [];
  let failures = 0;
  let failingSince: number | undefined;

  /** Until it breaks off or is to end. */
  const run = async (): Promise<ClientFailure | undefined> => {
    const groups = groupConnection(connection);
    try {
      const made = await groups.create(
        storedName,
        {
          prefixes,
          from: group.from ?? 'start',
          messageTimeout: handling + LONGEST_PAUSE + MARGIN,
          // By that time they are parked here, with a reason.
          maxRetryCount: attempts + 100,
        },
        settings.attempt,
      );
      if (E.isLeft(made) && made.left._tag !== 'Exists') return made.left;
      const feed = groups.consume(storedName, sideBySide);
      handlers.answerTo(feed);
      try {
        while (!end.signal.aborted) {
          const items = feed.take(sideBySide);
          for (const item of items) handlers.begin(item);
          if (items.length > 0) {
            [failures, failingSince] = [0, undefined];
            continue;
          }
          const state = feed.state();
          if (state === 'ended') return unknown('the server ended the subscription');
          if (state !== 'open') return state;
          if ((await within(runtime, settings.liveness, feed.news(), end.signal)) !== LATE) continue;
          if (end.signal.aborted) break;
          // Nothing for a while is nothing unusual; but is this consumer still known?
          const facts = await groups.facts(storedName, settings.attempt);
          if (E.isLeft(facts)) return facts.left;
          if (facts.right.consumers === 0) return unknown('the server knows no consumer of the group');
        }
        // What is being done is answered before the connection goes.
        await handlers.idle();
        return undefined;
      } finally {
        handlers.answerTo(undefined);
        feed.leave();
      }
    } finally {
      groups.close();
    }
  };

  while (!end.signal.aborted) {
    const failure = await run();
    if (failure === undefined || end.signal.aborted) break;
    failingSince ??= runtime.monotonic();
    const error = readError(failure);
    if (error._tag === 'Rejected' || runtime.monotonic() - failingSince >= settings.patience)
      return E.left(error);
    failures += 1;
    runtime.log.write('warn', 'a consumer of a group lost its connection', { group: storedName });
    await pause(runtime, failures, settings.patience, end.signal);
  }
  await handlers.idle();
  end.now();
  return E.right(undefined);
};

interface Handlers {
  readonly begin: (item: GroupItem) => void;
  /** Answers go to the connection there is now. */
  readonly answerTo: (feed: GroupFeed | undefined) => void;
  readonly idle: () => Promise<void>;
}

const handlersOf = (reading: Reading, consumption: Consumption): Handlers => {
  const { runtime, names } = reading;
  const { handle, signal, attempts = 5, firstPause = 1_000, handling = 30_000 } = consumption;
  const running = new Map<string, Promise<void>>();
  let feed: GroupFeed | undefined;

  const isDone = async (event: StoredEvent, attempt: number): Promise<boolean> => {
    try {
      const done = await within(runtime, handling, handle(event, { attempt })());
      return done !== LATE && E.isRight(done);
    } catch {
      return false;
    }
  };

  const work = async (item: GroupItem): Promise<void> => {
    const { record, retries } = item;
    const stream = record === undefined ? undefined : names.own(record.stream);
    const read = stream === undefined || record === undefined ? undefined : eventOfRecord(stream, record);
    // Gone, or of another program: nobody waits for it.
    if (read === undefined || (E.isLeft(read) && read.left === 'foreign')) return feed?.ack(item);
    if (E.isLeft(read)) return feed?.park(item, 'it can not be read');
    // A process that dies of an event has no time to say that it failed.
    if (retries >= attempts) return feed?.park(item, `it was handed out ${retries} times in vain`);
    const attempt = retries + 1;
    if (await isDone(read.right, attempt)) return feed?.ack(item);
    runtime.log.write('warn', 'an event could not be handled', {
      stream: read.right.stream,
      revision: read.right.revision,
      attempt,
    });
    if (attempt >= attempts) return feed?.park(item, `it failed ${attempt} times`);
    const longest = Math.min(LONGEST_PAUSE, firstPause * 2 ** Math.min(retries, 16));
    await runtime.sleep(longest / 2 + (runtime.random.next() * longest) / 2, signal);
    return feed?.retry(item, `it failed ${attempt} times`);
  };

  return {
    begin: (item) => {
      const id = item.handed.link?.id ?? item.handed.event?.id ?? '';
      // Handed out again while it is being worked on: the answer will be for both.
      if (running.has(id)) return;
      running.set(
        id,
        work(item).finally(() => running.delete(id)),
      );
    },
    answerTo: (to) => {
      feed = to;
    },
    idle: async () => {
      await Promise.allSettled(running.values());
    },
  };
};
