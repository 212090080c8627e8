import type { EventLog } from '../log/event-log';
import { recordedOf } from '../log/event-frame';
import { visibleEvents, visibleRow } from '../read/visible-events';

/** How far a group has got, as events in a stream of its own, so that it outlives the process with the log. */
export interface GroupCheckpoint {
  /** The last place that was written; `undefined` when there is none. */
  readonly read: () => string | undefined;
  readonly write: (place: string) => void;
  readonly forget: () => void;
}

const NULL = Buffer.from('null', 'utf8');

export const groupCheckpoint = (
  log: EventLog,
  newId: () => string,
  subscriptionId: string,
): GroupCheckpoint => {
  const stream = `$persistentsubscription-${subscriptionId}-checkpoint`;
  return {
    read: () => {
      const visible = visibleEvents(log, stream, 0);
      if (visible._tag !== 'Events' || visible.last < visible.first) return undefined;
      const row = visibleRow(log, visible, visible.last);
      const data = row === undefined ? undefined : recordedOf(log.frame(row)).data;
      const place: unknown = JSON.parse(Buffer.from(data ?? NULL).toString('utf8'));
      return typeof place === 'string' ? place : undefined;
    },
    write: (place) => {
      const data = Buffer.from(JSON.stringify(place), 'utf8');
      log.append(
        stream,
        [{ id: newId(), type: '$SubscriptionCheckpoint', json: true, data, metadata: Buffer.alloc(0) }],
        'any',
      );
    },
    forget: () => {
      if (log.head(stream) >= 0n) log.delete(stream, 'any');
    },
  };
};
