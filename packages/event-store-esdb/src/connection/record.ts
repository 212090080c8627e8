import type { ResolvedEvent } from '@eventstore/db-client';
import type { Json } from '@cloud-kassa/core';
import { isPlace, type EsdbPosition } from '../position';

/** An event as it is sent. The data are a private copy: the client writes them as JSON some time after it was called. */
export interface NewRecord {
  readonly id: string;
  readonly type: string;
  readonly data: Json;
  /** JSON, as a value or as the bytes that are sent. */
  readonly metadata: Readonly<Record<string, string | number>> | Uint8Array;
}

/** An event as it stands in the database, whoever wrote it. */
export interface EsdbRecord {
  /** The name in the database. */
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  /** Of JSON the value; broken JSON is the text; of other content the bytes. */
  readonly data: unknown;
  readonly metadata: unknown;
  /** Servers before 22.6 tell it in reads of all streams only. */
  readonly place?: EsdbPosition;
}

/** What an event that was handed out is; `undefined` where a link points to an event that is gone. */
export const recordOf = ({ event, commitPosition }: ResolvedEvent): EsdbRecord | undefined => {
  if (event === undefined) return undefined;
  const { streamId, revision, id, type, isJson, data, metadata, position } = event;
  const place =
    position !== undefined && isPlace(position)
      ? position
      : commitPosition === undefined
        ? undefined
        : { commit: commitPosition, prepare: commitPosition };
  return {
    stream: streamId,
    revision: Number(revision),
    id,
    type,
    isJson,
    data,
    metadata,
    ...(place === undefined ? {} : { place }),
  };
};
