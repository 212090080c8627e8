import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { ClientFailure } from '../connection/client-failure';
import type { EsdbRecord } from '../connection/record';
import { isItems, takeFrom, type Reading } from './reading';

/** The last record of a stream, if there is one. @param stream its name in the database. */
export const lastRecord = async (
  reading: Reading,
  stream: string,
): Promise<Either<ClientFailure, EsdbRecord | undefined>> => {
  const feed = reading.connection.readStream(stream, { from: 'end', direction: 'backwards', most: 1 });
  try {
    const taken = await takeFrom(reading, feed, 1);
    if (isItems(taken)) return E.right(taken[0]);
    return taken === 'ended' || taken._tag === 'NotFound' ? E.right(undefined) : E.left(taken);
  } finally {
    feed.leave();
  }
};

/** A text in the data of a record. */
export const textIn = (record: EsdbRecord | undefined, name: string): string | undefined => {
  const { data } = record ?? {};
  if (typeof data !== 'object' || data === null) return undefined;
  const value: unknown = Reflect.get(data, name);
  return typeof value === 'string' ? value : undefined;
};
