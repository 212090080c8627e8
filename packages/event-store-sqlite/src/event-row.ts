import type { Metadata, StoreError, StoredEvent } from '@cloud-kassa/event-store';
import type { Row } from '@cloud-kassa/sqlite';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { positionOf } from './position';

export const EVENT_COLUMNS = 'position, stream, revision, event_id, type, version, hash, text';

interface EventRow {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly event_id: string;
  readonly type: string;
  readonly version: number;
  readonly hash: string;
  readonly text: string;
}

// Written out: this is done for every event that is ever read.
const isEventRow = (row: Row): row is Row & EventRow =>
  typeof row['position'] === 'number' &&
  typeof row['stream'] === 'string' &&
  typeof row['revision'] === 'number' &&
  typeof row['event_id'] === 'string' &&
  typeof row['type'] === 'string' &&
  typeof row['version'] === 'number' &&
  typeof row['hash'] === 'string' &&
  typeof row['text'] === 'string';

/** What is read from the text. That it says the same as the columns is for those who verify the chain. */
type EventText = Pick<StoredEvent, 'data' | 'metadata'>;

// What was parsed as JSON is JSON; `null` in it can only come from a changed text, which the hash shows.
const isEventText = (parsed: unknown): parsed is EventText =>
  isRecord(parsed) && 'data' in parsed && isMetadata(parsed['metadata']);

const isMetadata = (value: unknown): value is Metadata =>
  isRecord(value) &&
  typeof value['correlationId'] === 'string' &&
  typeof value['causationId'] === 'string' &&
  typeof value['commandId'] === 'string' &&
  typeof value['commandHash'] === 'string' &&
  typeof value['actor'] === 'string' &&
  typeof value['organisation'] === 'string' &&
  typeof value['at'] === 'string';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** An event as it was appended, or `Corrupt` where the row or the text is not one. */
export const storedEvent = (row: Row): Either<StoreError, StoredEvent> => {
  if (!isEventRow(row))
    return E.left({ _tag: 'Corrupt', stream: '$all', why: 'a row is not one of an event' });
  const { position, stream, revision, event_id: eventId, type, version, hash, text } = row;
  const parsed = parse(text);
  if (!isEventText(parsed))
    return E.left({ _tag: 'Corrupt', stream, revision, why: 'the kept text is not that of an event' });
  const { data, metadata } = parsed;
  return E.right({
    position: positionOf(position),
    stream,
    revision,
    eventId,
    type,
    version,
    data,
    metadata,
    hash,
    canonicalText: text,
  });
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
