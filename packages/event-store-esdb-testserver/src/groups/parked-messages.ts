import type { EventLog } from '../log/event-log';
import { recordedOf } from '../log/event-frame';
import { metadataStreamOf } from '../log/stream-metadata';
import { visibleEvents, visibleRow } from '../read/visible-events';

/** Messages that were put aside, as links in a stream of the group. */
export interface ParkedMessages {
  readonly park: (row: number, place: string, reason: string) => void;
  readonly count: () => bigint;
  /** The rows of the links, up to so many; they count as parked no more. */
  readonly take: (most: bigint | undefined) => ReadonlyArray<number>;
  /** Deletes the stream of links. */
  readonly forget: () => void;
}

export interface ParkedMessagesOptions {
  readonly log: EventLog;
  readonly now: () => number;
  readonly newId: () => string;
  /** `<stream>::<group>`. */
  readonly subscriptionId: string;
}

export const parkedMessages = ({
  log,
  now,
  newId,
  subscriptionId,
}: ParkedMessagesOptions): ParkedMessages => {
  const stream = `$persistentsubscription-${subscriptionId}-parked`;
  const write = (place: string, type: string, json: boolean, data: string, metadata: string): void => {
    log.append(
      place,
      [{ id: newId(), type, json, data: Buffer.from(data, 'utf8'), metadata: Buffer.from(metadata, 'utf8') }],
      'any',
    );
  };
  const visible = () => visibleEvents(log, stream, now());
  return {
    park: (row, place, reason) => {
      // A message that was replayed is a link already; the new one leads to the same event.
      const link =
        log.typeOf(row) === '$>'
          ? Buffer.from(recordedOf(log.frame(row)).data ?? []).toString('utf8')
          : `${log.revisionOf(row)}@${log.streamName(row)}`;
      const metadata = { added: new Date(now()).toISOString(), reason, subscriptionEventNumber: place };
      write(stream, '$>', false, link, JSON.stringify(metadata));
    },
    count: () => {
      const parked = visible();
      return parked._tag === 'Events' && parked.last >= parked.first ? parked.last - parked.first + 1n : 0n;
    },
    take: (most) => {
      const parked = visible();
      if (parked._tag !== 'Events') return [];
      const beyond = most === undefined ? parked.last + 1n : parked.first + most;
      const end = beyond > parked.last ? parked.last + 1n : beyond;
      const rows: Array<number> = [];
      for (let at = parked.first; at < end; at += 1n) {
        const row = visibleRow(log, parked, at);
        if (row !== undefined) rows.push(row);
      }
      if (rows.length > 0) write(metadataStreamOf(stream), '$metadata', true, `{"$tb":${end}}`, '');
      return rows;
    },
    forget: () => {
      if (log.head(stream) >= 0n) log.delete(stream, 'any');
    },
  };
};
