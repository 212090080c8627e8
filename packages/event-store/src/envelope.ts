import type { Json } from '@cloud-kassa/core';

/** Who and what caused an event. Personal data of buyers never stand here. */
export interface Metadata {
  /** The first command of a chain of causes starts a correlation. */
  readonly correlationId: string;
  /** The event or command that caused the command behind this event. */
  readonly causationId: string;
  /** Unique within one stream; a repeated command is recognised by it. */
  readonly commandId: string;
  /** SHA-256 of the canonical command without persons: the same id with other content is refused. */
  readonly commandHash: string;
  /** The person, process or worker that gave the command. */
  readonly actor: string;
  /** INN of the organisation the event belongs to, or `-` where there is none. */
  readonly organisation: string;
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
}

/** An event as it goes to a store: sealed, canonical, chained. */
export interface AppendedEvent {
  /** UUID v5 of stream, command id and index, so that a repeated append is harmless. */
  readonly eventId: string;
  /** With the aggregate's name: `receipt.SendIntended`. */
  readonly type: string;
  readonly version: number;
  readonly data: Json;
  readonly metadata: Metadata;
  /**
   * Lowercase hex SHA-256 over the previous hash of the same stream (64 zeros before the first event) and the canonical text of
   * `{ data, eventId, metadata, revision, stream, type, version }`.
   */
  readonly hash: string;
  /** The canonical text the hash was taken over. A store may keep it; where it does not, it is made again from the parsed value. */
  readonly canonicalText?: string;
}

/** An event as it is read back. */
export interface StoredEvent extends AppendedEvent {
  readonly stream: string;
  /** 0 for the first event of a stream. */
  readonly revision: number;
  readonly position: string;
}
