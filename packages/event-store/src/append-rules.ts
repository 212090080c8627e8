import type { AppendedEvent } from './envelope';
import type { Expected, RejectedRule, StoreError } from './store';
import { isStreamName } from './stream-name';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const EVENT_TYPE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

export const rejected = (rule: RejectedRule, why: string): StoreError => ({ _tag: 'Rejected', rule, why });

/** Why no store may take this append, whatever it holds: the rules every store shares. Size is each store's own affair. */
export const appendRefusal = (
  stream: string,
  expected: Expected,
  events: ReadonlyArray<AppendedEvent>,
): StoreError | undefined => {
  if (!isStreamName(stream))
    return rejected('stream-name', 'The name of a stream is category-id, at most 200 ASCII characters.');
  if (expected !== 'no-stream' && !isRevision(expected))
    return rejected('revision', 'A revision is an integer from 0 on.');
  if (events.length === 0) return rejected('empty', 'An append has at least one event.');
  const ids = new Set<string>();
  for (const { eventId, type, version } of events) {
    if (!UUID.test(eventId)) return rejected('event-id', 'An event id is a UUID in lowercase.');
    if (!EVENT_TYPE.test(type))
      return rejected('event-type', 'An event type is at most 200 ASCII letters, digits, ., _ and -.');
    if (!Number.isSafeInteger(version) || version < 1)
      return rejected('event-type', 'A version is an integer from 1 on.');
    ids.add(eventId);
  }
  return ids.size === events.length
    ? undefined
    : rejected('event-id', 'Two events of one append have the same id.');
};

export const isRevision = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
