import { memoryStore, type AppendedEvent, type EventStore, type Expected } from '@cloud-kassa/event-store';

/** An append as a store was given it. */
export interface RecordedAppend {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: ReadonlyArray<AppendedEvent>;
}

/** A store in memory that tells what it is given. */
export const recordingStore = (record: (append: RecordedAppend) => void): EventStore => {
  const store = memoryStore();
  return {
    ...store,
    append: (stream, expected, events) => {
      record({ stream, expected, events });
      return store.append(stream, expected, events);
    },
  };
};
