import assert from 'node:assert/strict';
import * as E from 'fp-ts/Either';
import type { AppendedEvent, StoredEvent } from '../envelope';
import type {
  Appended,
  Conflict,
  EventStore,
  Expected,
  Position,
  ReadItem,
  RejectedRule,
  StoreError,
} from '../store';

/** Appends and demands an answer. */
export const answerOf = async (
  store: EventStore,
  stream: string,
  expected: Expected,
  events: ReadonlyArray<AppendedEvent>,
): Promise<Appended | Conflict> => {
  const answer = await store.append(stream, expected, events)();
  if (E.isLeft(answer)) assert.fail(`The append failed: ${JSON.stringify(answer.left)}`);
  return answer.right;
};

/** Appends and demands that it is accepted. */
export const appended = async (
  store: EventStore,
  stream: string,
  expected: Expected,
  events: ReadonlyArray<AppendedEvent>,
): Promise<Appended> => {
  const answer = await answerOf(store, stream, expected, events);
  if (answer._tag !== 'Appended') assert.fail(`Conflict: the stream is at ${answer.actual}.`);
  return answer;
};

/** Demands that an append is rejected by a rule. */
export const rejectedBy = async (
  store: EventStore,
  rule: RejectedRule,
  stream: string,
  expected: Expected,
  events: ReadonlyArray<AppendedEvent>,
): Promise<void> => {
  const answer = await store.append(stream, expected, events)();
  assert.equal(E.isLeft(answer) ? ruleOf(answer.left) : answer.right._tag, rule);
};

export const ruleOf = (error: StoreError): string => (error._tag === 'Rejected' ? error.rule : error._tag);

/** All events of a finite read. */
export const eventsOf = async (items: AsyncIterable<ReadItem>): Promise<ReadonlyArray<StoredEvent>> => {
  const events: StoredEvent[] = [];
  for await (const item of items) {
    if (item._tag === 'Failed') assert.fail(`The read failed: ${JSON.stringify(item.error)}`);
    if (item._tag === 'Events') events.push(...item.events);
  }
  return events;
};

/** Demands that a read or a subscription fails by a rule and then ends. */
export const failsBy = async (rule: RejectedRule, items: AsyncIterable<ReadItem>): Promise<void> => {
  const seen: string[] = [];
  for await (const item of items) seen.push(item._tag === 'Failed' ? ruleOf(item.error) : item._tag);
  assert.deepEqual(seen, [rule]);
};

export const idsOf = (events: ReadonlyArray<AppendedEvent>): ReadonlyArray<string> =>
  events.map(({ eventId }) => eventId);

/** Every event of the store in commit order. */
export const everything = (store: EventStore): Promise<ReadonlyArray<StoredEvent>> =>
  eventsOf(store.readAll());

export const headOf = async (store: EventStore): Promise<Position | undefined> => {
  const head = await store.head()();
  if (E.isLeft(head)) assert.fail(`The head is not known: ${JSON.stringify(head.left)}`);
  return head.right;
};

/** A subscription with what it has given so far. */
export interface Follower {
  readonly events: StoredEvent[];
  /** Positions of the caught-up marks. */
  readonly marks: Position[];
  /** Takes one item; `false` when the subscription has ended. */
  readonly step: () => Promise<boolean>;
  /** Takes items until so many events have come. */
  readonly untilEvents: (count: number) => Promise<void>;
  /** Takes items until the next caught-up mark. */
  readonly untilCaughtUp: () => Promise<Position>;
  /** Takes items until a caught-up mark at or after a position. */
  readonly untilMarkAt: (position: Position) => Promise<void>;
  readonly iterator: AsyncIterator<ReadItem>;
  readonly leave: () => Promise<void>;
}

export const follow = (store: EventStore, items: AsyncIterable<ReadItem>): Follower => {
  const iterator = items[Symbol.asyncIterator]();
  const events: StoredEvent[] = [];
  const marks: Position[] = [];

  const step = async (): Promise<boolean> => {
    const { done, value } = await iterator.next();
    if (done === true) return false;
    if (value._tag === 'Failed') assert.fail(`The subscription failed: ${JSON.stringify(value.error)}`);
    if (value._tag === 'Events') events.push(...value.events);
    else marks.push(value.position);
    return true;
  };

  const demand = async (enough: () => boolean): Promise<void> => {
    while (!enough()) assert.ok(await step(), 'The subscription ended too early.');
  };

  return {
    events,
    marks,
    step,
    iterator,
    untilEvents: (count) => demand(() => events.length >= count),
    untilCaughtUp: async () => {
      const before = marks.length;
      await demand(() => marks.length > before);
      return marks.at(-1) ?? assert.fail('There is no mark.');
    },
    untilMarkAt: (position) =>
      demand(() => marks.some((mark) => (store.comparePositions(mark, position) ?? -1) >= 0)),
    leave: async () => {
      await iterator.return?.();
    },
  };
};
