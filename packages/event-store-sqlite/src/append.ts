import {
  appendRefusal,
  canonicalEventText,
  isWrittenFor,
  type Appended,
  type AppendedEvent,
  type Conflict,
  type Expected,
  type StoreError,
} from '@cloud-kassa/event-store';
import type { Connection, Row } from '@cloud-kassa/sqlite';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { positionOf } from './position';

/** An append in the form in which it is written: nothing of it can be changed by its caller any more. */
export interface PreparedAppend {
  readonly stream: string;
  /** The revision of its first event. */
  readonly first: number;
  readonly rows: ReadonlyArray<PreparedRow>;
  /** Of the canonical texts. */
  readonly bytes: number;
  /** Why the events can not stand in the place they are meant for. */
  readonly unfit?: StoreError;
}

type PreparedRow = readonly [eventId: string, type: string, version: number, hash: string, text: string];

/** Checks the form of an append and writes down its texts. */
export const prepareAppend = (
  stream: string,
  expected: Expected,
  events: ReadonlyArray<AppendedEvent>,
  maxBytes: number,
): Either<StoreError, PreparedAppend> => {
  const refusal = appendRefusal(stream, expected, events);
  if (refusal !== undefined) return E.left(refusal);
  const first = expected === 'no-stream' ? 0 : expected + 1;
  const rows: PreparedRow[] = [];
  let bytes = 0;
  let unfit: StoreError | undefined;
  for (const [index, event] of events.entries()) {
    const text = textInPlace(stream, first + index, event);
    if (E.isLeft(text)) unfit ??= text.left;
    const { eventId, type, version, hash, canonicalText = '' } = event;
    rows.push([eventId, type, version, hash, E.isRight(text) ? text.right : canonicalText]);
    bytes += Buffer.byteLength(rows.at(-1)?.[4] ?? '');
    if (bytes > maxBytes)
      return E.left({ _tag: 'Rejected', rule: 'too-large', why: `An append has at most ${maxBytes} bytes.` });
  }
  return E.right({ stream, first, rows, bytes, ...(unfit === undefined ? {} : { unfit }) });
};

/** The text under which an event can be read back as it was given, or `Corrupt` where there is none. */
const textInPlace = (stream: string, revision: number, event: AppendedEvent): Either<StoreError, string> => {
  if (isWrittenFor(event, stream, revision)) return E.right(event.canonicalText);
  const corrupt = (why: string): Either<StoreError, never> =>
    E.left({ _tag: 'Corrupt', stream, revision, why });
  const text = canonicalEventText(stream, revision, event);
  if (E.isLeft(text)) return corrupt(`the data are not canonical: ${text.left.rule}`);
  return event.canonicalText === undefined || event.canonicalText === text.right
    ? text
    : corrupt('the canonical text is not that of the event in its place');
};

/**
 * Writes an append inside a transaction that holds the write lock, or compares it with what stands there: the same ids and hashes
 * in the same place are the same append.
 *
 * An event whose canonical text is not that of its place, or which has none, could not be read back as it was: `Corrupt`.
 */
export const writeAppend = (
  connection: Connection,
  append: PreparedAppend,
): Either<StoreError, Appended | Conflict> => {
  const { stream, first, rows, unfit } = append;
  const last = connection.prepare(LAST_REVISION).get(stream)?.['revision'];
  const length = typeof last === 'number' ? last + 1 : 0;
  if (first === length) {
    if (unfit !== undefined) return E.left(unfit);
    const insert = connection.prepare(INSERT);
    let position = 0;
    for (const [index, row] of rows.entries()) position = insert.run(stream, first + index, ...row);
    return E.right({ _tag: 'Appended', revision: first + rows.length - 1, position: positionOf(position) });
  }
  const actual = length === 0 ? 'no-stream' : length - 1;
  return E.right(sameAppend(connection, append) ?? { _tag: 'Conflict', actual });
};

const sameAppend = (
  connection: Connection,
  { stream, first, rows }: PreparedAppend,
): Appended | undefined => {
  const there = connection.prepare(FROM_REVISION).iterate(stream, first, first + rows.length);
  let [seen, position] = [0, 0];
  for (const row of there) {
    if (!isSame(rows[seen], row)) return undefined;
    seen += 1;
    position = Number(row['position']);
  }
  return seen === rows.length
    ? { _tag: 'Appended', revision: first + seen - 1, position: positionOf(position) }
    : undefined;
};

const isSame = (given: PreparedRow | undefined, there: Row): boolean =>
  given !== undefined && given[0] === there['event_id'] && given[3] === there['hash'];

const LAST_REVISION = 'SELECT revision FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1';

const INSERT =
  'INSERT INTO events (stream, revision, event_id, type, version, hash, text) VALUES (?, ?, ?, ?, ?, ?, ?)';

const FROM_REVISION =
  'SELECT position, event_id, hash FROM events WHERE stream = ? AND revision >= ? AND revision < ? ORDER BY revision';
