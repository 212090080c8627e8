import { recordedOf } from './event-frame';
import type { EventLog, StreamState } from './event-log';
import { LAST_REVISION } from './expected-revision';
import type { JournalRow } from './journal';
import type { Position } from './position';
import { storedEvents } from './stored-events';
import type { StreamMetadata } from './stream-metadata';
import {
  isMetadataStream,
  METADATA_OF_METADATA,
  metadataStreamOf,
  NO_METADATA,
  originalStreamOf,
  readMetadata,
} from './stream-metadata';

/** The log as it is read: events, streams, types and metadata, built from rows that are taken one after the other. */
export interface LogIndex extends Pick<
  EventLog,
  | 'count'
  | 'streamName'
  | 'typeOf'
  | 'revisionOf'
  | 'positionOf'
  | 'placeBefore'
  | 'createdOf'
  | 'idOf'
  | 'frame'
  | 'rowFrom'
  | 'rowAfter'
  | 'stream'
  | 'head'
  | 'metadataOf'
> {
  readonly take: (row: JournalRow) => void;
  /** A stream, made when there is none. */
  readonly streamNamed: (name: string) => StreamState;
  /** The row of an event that was written, whether it can still be read or not. */
  readonly rowOf: (stream: string, revision: bigint) => number | undefined;
  /** The data of the last `$metadata` event; an empty object when there is none. */
  readonly rawMetadata: (stream: string) => Uint8Array;
  /** Where the log goes on, as a distance from its origin. */
  readonly end: () => number;
}

/** Before the first event, as in the real server, whose log never begins with an event of a user. */
const LEAD = 1024;

export const logIndex = (origin: bigint): LogIndex => {
  const events = storedEvents();
  const streams: Array<StreamState> = [];
  const streamsByName = new Map<string, StreamState>();
  const types: Array<string> = [];
  const typeNumbers = new Map<string, number>();
  const metadata = new Map<string, StreamMetadata>();
  let end = LEAD;

  const streamNamed = (name: string): StreamState => {
    const known = streamsByName.get(name);
    if (known !== undefined) return known;
    const made: StreamState = { number: streams.length, name, first: 0n, rows: [], tombstone: undefined };
    streams.push(made);
    streamsByName.set(name, made);
    return made;
  };
  const typeNumber = (type: string): number => {
    const known = typeNumbers.get(type);
    if (known !== undefined) return known;
    typeNumbers.set(type, types.length);
    types.push(type);
    return types.length - 1;
  };
  const streamAt = (row: number): StreamState => {
    const found = streams[events.stream(row)];
    if (found === undefined) throw new RangeError(`Row ${row} has no stream.`);
    return found;
  };

  const take = (row: JournalRow): void => {
    const state = streamNamed(row.stream);
    const number = events.count();
    if (state.rows.length === 0 && row.revision !== LAST_REVISION) state.first = row.revision;
    events.add({
      id: row.id,
      frame: row.frame,
      stream: state.number,
      type: typeNumber(row.type),
      inStream: state.rows.length,
      commit: row.commit,
      prepare: row.prepare,
      created: row.created,
    });
    if (row.revision === LAST_REVISION) state.tombstone = number;
    else state.rows.push(number);
    if (isMetadataStream(row.stream))
      metadata.set(originalStreamOf(row.stream), readMetadata(dataOf(number)));
    end = row.end;
  };
  const dataOf = (row: number): Uint8Array => recordedOf(events.frame(row)).data ?? Buffer.alloc(0);

  /** The first row at or after a place, or after it. */
  const search = ({ commit, prepare }: Position, after: boolean): number => {
    const distance = commit - origin;
    if (distance < 0n) return 0;
    if (distance > BigInt(end)) return events.count();
    const sought = Number(distance);
    let low = 0;
    let high = events.count();
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (events.commit(middle) < sought) low = middle + 1;
      else high = middle;
    }
    const least = prepare - origin;
    const before = (row: number): boolean => {
      const own = BigInt(events.prepare(row));
      return after ? own <= least : own < least;
    };
    while (low < events.count() && events.commit(low) === sought && before(low)) low += 1;
    return low;
  };

  return {
    take,
    streamNamed,
    rowOf: (stream, revision) => {
      const state = streamsByName.get(stream);
      if (state === undefined || revision < state.first) return undefined;
      return state.rows[Number(revision - state.first)];
    },
    rawMetadata: (stream) => {
      const row = streamsByName.get(metadataStreamOf(stream))?.rows.at(-1);
      return row === undefined ? Buffer.from('{}') : dataOf(row);
    },
    end: () => end,
    count: events.count,
    streamName: (row) => streamAt(row).name,
    typeOf: (row) => types[events.type(row)] ?? '',
    revisionOf: (row) => {
      const state = streamAt(row);
      return state.tombstone === row ? LAST_REVISION : state.first + BigInt(events.inStream(row));
    },
    positionOf: (row) => ({
      commit: origin + BigInt(events.commit(row)),
      prepare: origin + BigInt(events.prepare(row)),
    }),
    placeBefore: (row) => {
      if (row === events.count()) return { commit: origin + BigInt(end), prepare: 0n };
      const commit = events.commit(row);
      const within = row > 0 && events.commit(row - 1) === commit;
      return {
        commit: origin + BigInt(commit),
        prepare: within ? origin + BigInt(events.prepare(row - 1)) : 0n,
      };
    },
    createdOf: events.created,
    idOf: events.id,
    frame: events.frame,
    rowFrom: (position) => search(position, false),
    rowAfter: (position) => search(position, true),
    stream: (name) => streamsByName.get(name),
    head: (name) => {
      const state = streamsByName.get(name);
      if (state === undefined) return -1n;
      if (state.tombstone !== undefined) return LAST_REVISION;
      return state.rows.length === 0 ? -1n : state.first + BigInt(state.rows.length - 1);
    },
    metadataOf: (stream) =>
      isMetadataStream(stream) ? METADATA_OF_METADATA : (metadata.get(stream) ?? NO_METADATA),
  };
};
