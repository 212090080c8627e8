import type { StoredEvent, StoreError, StreamFilter } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import { eventOfRecord } from '../appending/event-record';
import type { EsdbRecord } from '../connection/record';
import type { StreamNames } from '../stream-names';

/** The event in a record of the log; nothing where it is of the system, of others, of the store's own work or not matched. */
export type OwnEvents = (record: EsdbRecord) => StoredEvent | StoreError | undefined;

export const isEvent = (event: StoredEvent | StoreError): event is StoredEvent => !('_tag' in event);

/** What another program wrote is passed over here; in a stream that is read by its name it is a damage. */
export const ownEvents = (names: StreamNames, filter: StreamFilter | undefined): OwnEvents => {
  const matches = (stream: string): boolean =>
    filter === undefined || filter.prefixes.some((prefix) => stream.startsWith(prefix));
  return (record) => {
    const stream = names.own(record.stream);
    if (stream === undefined || !matches(stream)) return undefined;
    const event = eventOfRecord(stream, record);
    if (E.isRight(event)) return event.right;
    return event.left === 'foreign' ? undefined : event.left;
  };
};
