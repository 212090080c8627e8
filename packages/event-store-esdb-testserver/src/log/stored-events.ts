import { byteStore } from './byte-store';
import { narrowColumn, wideColumn } from './column';
import { uuidBytes, uuidText } from './uuid-bytes';

/** An event as the columns keep it. */
export interface StoredEvent {
  readonly id: string;
  readonly frame: Uint8Array;
  /** Numbers of the stream and of the type, as the caller counts them. */
  readonly stream: number;
  readonly type: number;
  /** How many-th event of its stream it is, from 0. */
  readonly inStream: number;
  /** Positions as distances from the start of the log. */
  readonly commit: number;
  readonly prepare: number;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** All events in the order of the log. About 50 bytes and the frame for each, and no object. */
export interface StoredEvents {
  readonly add: (event: StoredEvent) => void;
  readonly count: () => number;
  readonly id: (row: number) => string;
  readonly frame: (row: number) => Buffer;
  readonly stream: (row: number) => number;
  readonly type: (row: number) => number;
  readonly inStream: (row: number) => number;
  readonly commit: (row: number) => number;
  readonly prepare: (row: number) => number;
  readonly created: (row: number) => number;
}

const ID = 16;

export const storedEvents = (): StoredEvents => {
  const bytes = byteStore();
  const slab = narrowColumn();
  const at = narrowColumn();
  const length = narrowColumn();
  const stream = narrowColumn();
  const type = narrowColumn();
  const inStream = narrowColumn();
  const commit = wideColumn();
  const prepare = wideColumn();
  const created = wideColumn();
  let count = 0;
  return {
    add: (event) => {
      const place = bytes.put(Buffer.concat([uuidBytes(event.id) ?? Buffer.alloc(ID), event.frame]));
      slab.add(place.slab);
      at.add(place.at);
      length.add(event.frame.length);
      stream.add(event.stream);
      type.add(event.type);
      inStream.add(event.inStream);
      commit.add(event.commit);
      prepare.add(event.prepare);
      created.add(event.created);
      count += 1;
    },
    count: () => count,
    id: (row) => uuidText(bytes.view(slab.at(row), at.at(row), ID)),
    frame: (row) => bytes.view(slab.at(row), at.at(row) + ID, length.at(row)),
    stream: stream.at,
    type: type.at,
    inStream: inStream.at,
    commit: commit.at,
    prepare: prepare.at,
    created: created.at,
  };
};
