import type { StoreError, StoredEvent } from '@cloud-kassa/event-store';
import type { Row } from '@cloud-kassa/sqlite';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import * as t from 'io-ts';
import { positionOf } from './position';

export const EVENT_COLUMNS = 'position, stream, revision, event_id, type, version, hash, text';

const EventRow = t.type({
  position: t.number,
  stream: t.string,
  revision: t.number,
  event_id: t.string,
  type: t.string,
  version: t.number,
  hash: t.string,
  text: t.string,
});

/** What is read from the text. That it says the same as the columns is for those who verify the chain. */
const EventText = t.type({
  metadata: t.type({
    correlationId: t.string,
    causationId: t.string,
    commandId: t.string,
    commandHash: t.string,
    actor: t.string,
    organisation: t.string,
    at: t.string,
  }),
});

/** An event as it was appended, or `Corrupt` where the row or the text is not one. */
export const storedEvent = (row: Row): Either<StoreError, StoredEvent> => {
  if (!EventRow.is(row))
    return E.left({ _tag: 'Corrupt', stream: '$all', why: 'a row is not one of an event' });
  const { position, stream, revision, event_id: eventId, type, version, hash, text } = row;
  const parsed = parse(text);
  if (!EventText.is(parsed) || !hasData(parsed))
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

// What was parsed as JSON is JSON; `null` in it can only come from a changed text, which the hash shows.
const hasData = (parsed: object): parsed is Pick<StoredEvent, 'data'> => 'data' in parsed;
