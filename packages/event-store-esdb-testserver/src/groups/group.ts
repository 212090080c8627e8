import type { EventLog } from '../log/event-log';
import type { Refusal } from '../server/refusal';
import type { TestServerRuntime } from '../server/test-server-runtime';
import { checkpointProgress } from './checkpoint-progress';
import { chooseConsumer } from './consumer-choice';
import { groupCheckpoint } from './group-checkpoint';
import { groupCursor } from './group-cursor';
import type { GroupSettings, GroupSource } from './group-settings';
import { parkedMessages } from './parked-messages';

/** A message on its way to a consumer, or back. */
export interface GroupMessage {
  /** The id that it is acknowledged by: of the link when it came by one. */
  readonly id: string;
  readonly row: number;
  readonly place: string;
  /** Its number for the checkpoint; a message that was parked before has none. */
  readonly number: number | undefined;
  readonly retryCount: number;
  readonly resolveLinks: boolean;
}

/** One connection of a consumer. */
export interface Consumer {
  readonly from: string;
  readonly username: string;
  readonly connectionName: string;
  /** How many messages it takes before it acknowledges one. */
  readonly bufferSize: number;
  readonly send: (message: GroupMessage) => void;
  readonly drop: (refusal: Refusal) => void;
}

/** What a consumer may say of a message that it does not acknowledge. */
export type NackAction = 'unknown' | 'park' | 'retry' | 'skip' | 'stop';

/** A consumer with its counts. */
export interface ConsumerState {
  readonly consumer: Consumer;
  inFlight: number;
  sent: number;
}

/** What there is to tell about a group. */
export interface GroupFacts {
  readonly consumers: ReadonlyArray<ConsumerState>;
  readonly sent: number;
  readonly checkpoint: string | undefined;
  readonly lastKnown: string | undefined;
  readonly retrying: number;
  readonly outstanding: number;
  readonly parked: bigint;
}

export interface Group {
  /** False when there are as many consumers as there may be. */
  readonly connect: (consumer: Consumer) => boolean;
  /** What it held is delivered again. */
  readonly disconnect: (consumer: Consumer) => void;
  readonly ack: (ids: ReadonlyArray<string>) => void;
  readonly nack: (ids: ReadonlyArray<string>, action: NackAction, reason: string) => void;
  /** Delivers parked messages again, so many or all. */
  readonly replayParked: (most: bigint | undefined) => void;
  readonly facts: () => GroupFacts;
  /** Sends its consumers away and stops; what was not acknowledged is delivered again by the next group from the checkpoint. */
  readonly stop: (refusal: Refusal) => void;
  /** Removes what it has written down. */
  readonly forget: () => void;
}

export interface GroupOptions {
  readonly log: EventLog;
  readonly runtime: TestServerRuntime;
  readonly now: () => number;
  readonly source: GroupSource;
  readonly settings: GroupSettings;
  /** `<stream>::<group>`. */
  readonly subscriptionId: string;
}

interface Outstanding {
  readonly message: GroupMessage;
  readonly state: ConsumerState;
  readonly due: number;
}

/**
 * A group of competing consumers. Every message goes to one of them, at least once; what is not acknowledged in time, or is
 * to be retried, comes again at once, and is parked after so many times. As in the real server, a message that is answered with
 * `stop` is gone as with `skip`.
 */
export const runGroup = (options: GroupOptions): Group => {
  const { log, runtime, now, source, settings, subscriptionId } = options;
  const newId = runtime.ids.next;
  const checkpoint = groupCheckpoint(log, newId, subscriptionId);
  const parked = parkedMessages({ log, now, newId, subscriptionId });
  const progress = checkpointProgress();
  const stopped = new AbortController();
  let written = checkpoint.read();
  const cursor = groupCursor(log, now, source, written);
  const consumers: Array<ConsumerState> = [];
  const waiting: Array<GroupMessage> = [];
  const outstanding = new Map<string, Outstanding>();
  let lastKnown: string | undefined;
  let turn = 0;
  let sent = 0;
  let writtenAt = runtime.monotonic();
  let sweeping = false;
  let checking = false;

  const take = (): GroupMessage | undefined => {
    const event = cursor.next();
    if (event === undefined) return undefined;
    lastKnown = event.place;
    const { row, place } = event;
    const number = progress.taken(place);
    return { id: log.idOf(row), row, place, number, retryCount: 0, resolveLinks: settings.resolveLinks };
  };
  const finish = ({ number }: GroupMessage): void => {
    if (number !== undefined) progress.done(number);
  };

  const pump = (): void => {
    while (!stopped.signal.aborted && consumers.length > 0) {
      if (waiting.length === 0) {
        const taken = take();
        if (taken !== undefined) waiting.push(taken);
      }
      const [message] = waiting;
      if (message === undefined) return;
      if (outstanding.has(message.id)) {
        // The same id twice: the server does not deliver the second as long as the first is out.
        waiting.shift();
        finish(message);
        continue;
      }
      const candidates = consumers.map((state) => ({
        state,
        room: () => state.consumer.bufferSize - state.inFlight,
      }));
      const chosen = chooseConsumer(settings.strategy, candidates, turn, log.streamName(message.row));
      if (chosen === undefined) return;
      turn = (consumers.indexOf(chosen.state) + 1) % consumers.length;
      waiting.shift();
      deliver(message, chosen.state);
    }
  };
  const deliver = (message: GroupMessage, state: ConsumerState): void => {
    const due = runtime.monotonic() + settings.messageTimeout;
    outstanding.set(message.id, { message, state, due });
    state.inFlight += 1;
    state.sent += 1;
    sent += 1;
    state.consumer.send(message);
    if (settings.messageTimeout > 0 && !sweeping) void sweep();
  };

  /** Takes back what was kept for too long. Messages are in the order of their delivery, which is that of their time. */
  const sweep = async (): Promise<void> => {
    sweeping = true;
    for (;;) {
      const [oldest] = outstanding.values();
      if (oldest === undefined || stopped.signal.aborted) break;
      const left = oldest.due - runtime.monotonic();
      if (left > 0) await runtime.sleep(left, stopped.signal);
      else {
        retry(oldest.message);
        pump();
      }
    }
    sweeping = false;
  };

  const release = (id: string): GroupMessage | undefined => {
    const found = outstanding.get(id);
    if (found === undefined) return undefined;
    outstanding.delete(id);
    found.state.inFlight -= 1;
    return found.message;
  };
  const park = (message: GroupMessage, reason: string): void => {
    parked.park(message.row, message.place, reason);
    finish(message);
  };
  /** Back to the queue, in front of what is new; or aside when it has been there too often. */
  const retry = (message: GroupMessage): void => {
    release(message.id);
    if (stopped.signal.aborted) return;
    if (message.retryCount >= settings.maxRetryCount) {
      park(message, `Reached retry count of ${settings.maxRetryCount}`);
      return;
    }
    const again = waiting.filter(({ retryCount }) => retryCount > 0).length;
    waiting.splice(again, 0, { ...message, retryCount: message.retryCount + 1 });
  };

  const mark = (timed: boolean): void => {
    const ready = progress.ready();
    if (ready === undefined || stopped.signal.aborted) return;
    const due = runtime.monotonic() - writtenAt >= settings.checkpointAfter;
    if (
      ready.count >= settings.maxCheckpointCount ||
      (timed && due && ready.count >= settings.minCheckpointCount)
    ) {
      written = ready.place;
      writtenAt = runtime.monotonic();
      progress.written();
      checkpoint.write(ready.place);
    } else if (!checking) void markLater();
  };
  const markLater = async (): Promise<void> => {
    checking = true;
    await runtime.sleep(settings.checkpointAfter, stopped.signal);
    checking = false;
    if ((progress.ready()?.count ?? 0) >= settings.minCheckpointCount) mark(true);
  };
  const afterAnswers = (): void => {
    mark(false);
    pump();
  };

  const nackOne = (id: string, action: NackAction, reason: string): void => {
    const message = outstanding.get(id)?.message;
    if (message === undefined) return;
    if (action === 'retry' || action === 'unknown') {
      retry(message);
      return;
    }
    release(id);
    if (action === 'park') park(message, `Client explicitly NAK'ed message.\n${reason}`);
    else finish(message);
  };

  const follow = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      const seen = log.count();
      pump();
      await log.moreThan(seen, stopped.signal);
    }
  };
  void follow();

  return {
    connect: (consumer) => {
      if (settings.maxSubscriberCount > 0 && consumers.length >= settings.maxSubscriberCount) return false;
      consumers.push({ consumer, inFlight: 0, sent: 0 });
      // The consumer is told that it is connected before anything is sent.
      void Promise.resolve().then(pump);
      return true;
    },
    disconnect: (consumer) => {
      const index = consumers.findIndex((state) => state.consumer === consumer);
      const [state] = index < 0 ? [] : consumers.splice(index, 1);
      const lost = [...outstanding.values()].filter((held) => held.state === state);
      for (const { message } of lost) retry(message);
      if (state !== undefined) pump();
    },
    ack: (ids) => {
      if (stopped.signal.aborted) return;
      for (const id of ids) {
        const message = release(id);
        if (message !== undefined) finish(message);
      }
      afterAnswers();
    },
    nack: (ids, action, reason) => {
      if (stopped.signal.aborted) return;
      for (const id of ids) nackOne(id, action, reason);
      afterAnswers();
    },
    replayParked: (most) => {
      const messages = parked.take(most).map((row) => ({
        id: log.idOf(row),
        row,
        place: String(log.revisionOf(row)),
        number: undefined,
        retryCount: 0,
        resolveLinks: true,
      }));
      waiting.unshift(...messages);
      pump();
    },
    facts: () => ({
      consumers,
      sent,
      checkpoint: written,
      lastKnown,
      retrying: waiting.filter(({ retryCount, number }) => retryCount > 0 || number === undefined).length,
      outstanding: outstanding.size,
      parked: parked.count(),
    }),
    stop: (refusal) => {
      stopped.abort();
      for (const { consumer } of consumers.splice(0)) consumer.drop(refusal);
    },
    forget: () => {
      checkpoint.forget();
      parked.forget();
    },
  };
};
