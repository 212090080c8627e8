import * as E from 'fp-ts/Either';
import { streamNameOf } from '../append/read-proposed';
import type { Position } from '../log/position';
import type { Refusal } from '../server/refusal';
import { invalidArgument } from '../server/refusal';
import type { Message } from '../wire/message';
import type { allOptions, streamOptions } from '../wire/stream-messages';
import { readReq } from '../wire/stream-messages';
import type { EventFilter } from './event-filter';
import { readFilter } from './event-filter';

/** Where a read or a subscription begins. */
export type From<Place> = 'start' | 'end' | Place;

/** What is asked for by `Streams/Read`. */
export type ReadRequest = {
  readonly resolveLinks: boolean;
  /** Ids of events as two numbers instead of a text. */
  readonly structuredIds: boolean;
  /** From 1 on the client understands where the stream ends. */
  readonly compatibility: number;
} & (
  | {
      readonly _tag: 'ReadStream';
      readonly stream: string;
      readonly from: From<bigint>;
      readonly backwards: boolean;
      readonly count: bigint;
    }
  | {
      readonly _tag: 'ReadAll';
      readonly from: From<Position>;
      readonly backwards: boolean;
      readonly count: bigint;
      readonly filter: EventFilter | undefined;
    }
  | { readonly _tag: 'SubscribeStream'; readonly stream: string; readonly from: From<bigint> }
  | { readonly _tag: 'SubscribeAll'; readonly from: From<Position>; readonly filter: EventFilter | undefined }
);

/** Reads it from the wire. */
export const readReadRequest = (bytes: Buffer): E.Either<Refusal, ReadRequest> => {
  const options = decoded(bytes)?.options;
  if (options === undefined) return E.left(invalidArgument('The request cannot be read.'));
  const filter = options.filter === undefined ? undefined : readFilter(options.filter);
  if (options.filter !== undefined && filter === undefined) {
    return E.left(invalidArgument('The filter cannot be read.'));
  }
  if (filter?.checkpointInterval === 0) return E.left(invalidArgument('The checkpoint interval is 0.'));
  const common = {
    resolveLinks: options.resolveLinks ?? false,
    structuredIds: options.uuid?.text === undefined,
    compatibility: options.control?.compatibility ?? 0,
  };
  const backwards = options.direction === 1;
  const count = options.count ?? 0n;
  if (options.stream !== undefined) {
    const stream = streamNameOf(options.stream.stream);
    if (filter !== undefined) return E.left(invalidArgument('Only $all is read with a filter.'));
    if (stream === '') return E.left(invalidArgument('The name of the stream is empty.'));
    const from = fromOfStream(options.stream);
    return E.right(
      options.subscription === undefined
        ? { ...common, _tag: 'ReadStream', stream, from, backwards, count }
        : { ...common, _tag: 'SubscribeStream', stream, from },
    );
  }
  if (options.all === undefined) return E.left(invalidArgument('Neither a stream nor $all is asked for.'));
  const from = fromOfAll(options.all);
  return E.right(
    options.subscription === undefined
      ? { ...common, _tag: 'ReadAll', from, backwards, count, filter }
      : { ...common, _tag: 'SubscribeAll', from, filter },
  );
};

const decoded = (bytes: Buffer): Message<typeof readReq> | undefined => {
  try {
    return readReq.decode(bytes);
  } catch {
    return undefined;
  }
};

export const fromOfStream = ({ revision, end }: Message<typeof streamOptions>): From<bigint> =>
  revision ?? (end === undefined ? 'start' : 'end');

export const fromOfAll = ({ position, end }: Message<typeof allOptions>): From<Position> => {
  if (position === undefined) return end === undefined ? 'start' : 'end';
  return { commit: position.commit ?? 0n, prepare: position.prepare ?? 0n };
};
