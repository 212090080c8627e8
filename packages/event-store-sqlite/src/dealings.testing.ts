import type {
  Appended,
  AppendedEvent,
  EventStore,
  Expected,
  ReadItem,
  StoredEvent,
  StoreError,
} from '@cloud-kassa/event-store';
import { systemRuntime } from '@cloud-kassa/runtime';
import { nodeDriver, type Driver } from '@cloud-kassa/sqlite';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { openSqliteStoreOn, type SqliteStore, type SqliteStoreOptions } from './sqlite-store';

export const runtime = systemRuntime();

export const openStore = async (
  file: string,
  options: Partial<SqliteStoreOptions> = {},
  driver: Driver = nodeDriver,
): Promise<SqliteStore> => given(openSqliteStoreOn(driver, { file, runtime, ...options }));

/** The answer of a task that is to succeed. */
export const given = async <E, A>(task: TaskEither<E, A>): Promise<A> => {
  const outcome = await task();
  if (E.isLeft(outcome)) throw new Error(`It failed: ${JSON.stringify(outcome.left)}`);
  return outcome.right;
};

/** The failure of a task that is to fail. */
export const failure = async <E, A>(task: TaskEither<E, A>): Promise<E> => {
  const outcome = await task();
  if (E.isRight(outcome)) throw new Error(`It succeeded: ${JSON.stringify(outcome.right)}`);
  return outcome.left;
};

export const appended = async (
  store: EventStore,
  stream: string,
  expected: Expected,
  events: ReadonlyArray<AppendedEvent>,
): Promise<Appended> => {
  const answer = await given(store.append(stream, expected, events));
  if (answer._tag !== 'Appended') throw new Error(`Conflict: the stream is at ${answer.actual}.`);
  return answer;
};

/** All events of a read that is to succeed. */
export const eventsOf = async (items: AsyncIterable<ReadItem>): Promise<ReadonlyArray<StoredEvent>> => {
  const events: StoredEvent[] = [];
  for await (const item of items) {
    if (item._tag === 'Failed') throw new Error(`The read failed: ${JSON.stringify(item.error)}`);
    if (item._tag === 'Events') events.push(...item.events);
  }
  return events;
};

/** What a read gives before it fails, and how. */
export const failedRead = async (
  items: AsyncIterable<ReadItem>,
): Promise<{ readonly revisions: ReadonlyArray<number>; readonly error: StoreError | undefined }> => {
  const revisions: number[] = [];
  let error: StoreError | undefined;
  for await (const item of items) {
    if (item._tag === 'Events') revisions.push(...item.events.map(({ revision }) => revision));
    if (item._tag === 'Failed') ({ error } = item);
  }
  return { revisions, error };
};
