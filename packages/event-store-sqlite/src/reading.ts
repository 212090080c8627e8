import {
  isStreamName,
  type ReadAllOptions,
  type ReadItem,
  type ReadStreamOptions,
  type RejectedRule,
  type StoreError,
} from '@cloud-kassa/event-store';
import type { Connection, Reader, SqliteFault } from '@cloud-kassa/sqlite';
import * as E from 'fp-ts/Either';
import {
  allPage,
  lastRevision,
  lastRow,
  streamPage,
  type Page,
  type PageSize,
  type Span,
} from './event-pages';
import { rowAt } from './position';

export const rejected = (rule: RejectedRule, why: string): StoreError => ({ _tag: 'Rejected', rule, why });

export const CLOSED = rejected('closed', 'The store is closed.');
export const FOREIGN_POSITION = rejected('position', 'This is no position of this store.');
const NOT_COUNTABLE = rejected('revision', 'Revisions and limits are integers from 0 on.');
const NO_STREAM_NAME = rejected('stream-name', 'The name of a stream is category-id.');

export const readFailure = ({ kind, name }: SqliteFault): StoreError =>
  kind === 'damaged'
    ? { _tag: 'Corrupt', stream: '$all', why: `the database reported ${name}` }
    : { _tag: 'Unavailable', why: `the database reported ${name}` };

export interface Reading {
  readonly reader: Reader;
  readonly size: PageSize;
  readonly closed: () => boolean;
}

/** The events of a stream that are there when the first page is read. */
export const readStream = (
  reading: Reading,
  stream: string,
  { from, direction = 'forwards', limit }: ReadStreamOptions,
): AsyncIterable<ReadItem> => {
  const refusal = !isStreamName(stream) ? NO_STREAM_NAME : areCounts(from, limit) ? undefined : NOT_COUNTABLE;
  return pages(reading, refusal, limit, {
    begin: (connection) => {
      const last = lastRevision(connection, stream);
      return direction === 'forwards'
        ? { first: from ?? 0, last, direction }
        : { first: 0, last: Math.min(last, from ?? last), direction };
    },
    page: (connection, span, size) => streamPage(connection, stream, span, size),
  });
};

/** The events of all streams that are there when the first page is read. */
export const readAll = (
  reading: Reading,
  { after, direction = 'forwards', limit, filter }: ReadAllOptions,
): AsyncIterable<ReadItem> =>
  pages(reading, areCounts(limit) ? undefined : NOT_COUNTABLE, limit, {
    begin: (connection) => {
      const last = lastRow(connection);
      const row = after === undefined ? undefined : rowAt(after);
      // Beyond the end: who came here from another store would miss what is to come.
      if (after !== undefined && (row === undefined || row > last)) return FOREIGN_POSITION;
      return direction === 'forwards'
        ? { first: (row ?? 0) + 1, last, direction }
        : { first: 1, last: row === undefined ? last : row - 1, direction };
    },
    page: (connection, span, size) => allPage(connection, span, filter, size),
  });

const areCounts = (...numbers: ReadonlyArray<number | undefined>): boolean =>
  numbers.every((number) => number === undefined || (Number.isSafeInteger(number) && number >= 0));

interface Source {
  readonly begin: (connection: Connection) => Span | StoreError;
  readonly page: (connection: Connection, span: Span, size: PageSize) => Page;
}

type Step =
  | { readonly _tag: 'Page'; readonly page: Page; readonly rest: Span }
  | { readonly _tag: 'Failed'; readonly error: StoreError };

async function* pages(
  { reader, size, closed }: Reading,
  refusal: StoreError | undefined,
  limit: number | undefined,
  source: Source,
): AsyncGenerator<ReadItem> {
  let left = limit ?? Number.POSITIVE_INFINITY;
  let rest: Span | undefined;
  do {
    if (closed()) return yield failed(CLOSED);
    if (refusal !== undefined) return yield failed(refusal);
    const known = rest;
    const some = { events: Math.min(size.events, left), bytes: size.bytes };
    const read = await reader.read((connection): Step => {
      const span = known ?? source.begin(connection);
      if ('_tag' in span) return { _tag: 'Failed', error: span };
      if (some.events === 0 || span.first > span.last) return { _tag: 'Page', page: NOTHING, rest: NOWHERE };
      const page = source.page(connection, span, some);
      return { _tag: 'Page', page, rest: restOf(span, page.examined) };
    });
    if (E.isLeft(read)) return yield failed(closed() ? CLOSED : readFailure(read.left));
    if (read.right._tag === 'Failed') return yield failed(read.right.error);
    const { page } = read.right;
    if (page.events.length > 0) yield { _tag: 'Events', events: page.events };
    if (page.failure !== undefined) return yield failed(page.failure);
    left -= page.events.length;
    rest = read.right.rest;
  } while (left > 0 && rest.first <= rest.last);
}

const failed = (error: StoreError): ReadItem => ({ _tag: 'Failed', error });

const NOTHING: Page = { events: [], examined: 0 };
const NOWHERE: Span = { first: 1, last: 0, direction: 'forwards' };

const restOf = ({ first, last, direction }: Span, examined: number): Span =>
  direction === 'forwards'
    ? { first: examined + 1, last, direction }
    : { first, last: examined - 1, direction };
