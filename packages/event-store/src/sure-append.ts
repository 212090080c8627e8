import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { backoff } from './backoff';
import type { AppendedEvent } from './envelope';
import type { Appended, Conflict, EventStore, Expected, StoreError } from './store';

export interface SureAppend {
  readonly store: EventStore;
  readonly runtime: Runtime;
  /** How often the append is tried when its outcome stays unknown. */
  readonly attempts: number;
}

/**
 * Appends, and finds out what became of it. While the outcome is unknown the same events are appended again at the same revision,
 * which a store answers as the first time; after the last try the stream is read and the hashes are compared. `OutcomeUnknown` is
 * left over only when the events can not be seen and may yet arrive.
 */
export const sureAppend = async (
  { store, runtime, attempts }: SureAppend,
  stream: string,
  expected: Expected,
  events: ReadonlyArray<AppendedEvent>,
): Promise<Either<StoreError, Appended | Conflict>> => {
  let unknown: StoreError | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await store.append(stream, expected, events)();
    if (E.isRight(answer)) return answer;
    // Once an outcome is unknown, a later failure does not make it known.
    if (answer.left._tag === 'OutcomeUnknown') unknown = answer.left;
    if (unknown === undefined) return answer;
    runtime.log.write('warn', 'the outcome of an append is unknown', { stream, attempt });
    if (attempt >= attempts) return seenInStream(store, stream, expected, events, unknown);
    await backoff(runtime, attempt);
  }
};

const seenInStream = async (
  store: EventStore,
  stream: string,
  expected: Expected,
  events: ReadonlyArray<AppendedEvent>,
  unknown: StoreError,
): Promise<Either<StoreError, Appended | Conflict>> => {
  const from = expected === 'no-stream' ? 0 : expected + 1;
  let seen = 0;
  for await (const item of store.readStream(stream, { from, limit: events.length })) {
    if (item._tag === 'Failed') return E.left(unknown);
    if (item._tag === 'CaughtUp') continue;
    for (const { hash, revision, position } of item.events) {
      if (hash !== events[seen]?.hash) return E.right({ _tag: 'Conflict', actual: revision });
      seen += 1;
      if (seen === events.length) return E.right({ _tag: 'Appended', revision, position });
    }
  }
  return E.left(unknown);
};
