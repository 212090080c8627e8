import { status } from '@grpc/grpc-js';
import type { ExpectedRevision } from '../log/expected-revision';
import {
  empty,
  maximumAppendSizeExceeded,
  badRequest as badRequestMessage,
  streamDeleted as streamDeletedMessage,
  wrongExpectedVersion as wrongExpectedVersionMessage,
} from '../wire/shared-messages';

/** A call that is refused: as status and trailers of the call, and as the error of one append on the batch path. */
export interface Refusal {
  readonly code: status;
  readonly details: string;
  /** The client makes its errors of them; a required one that is missing is a `TypeError` there. */
  readonly trailers: Readonly<Record<string, string>>;
  /** On the batch path: the packed error, or `ends` when the refusal ends the whole stream of appends. */
  readonly batch: { readonly type: string; readonly value: Uint8Array } | 'ends';
}

/** Codes of `google.rpc.Code`, which the batch path gives beside the packed error. */
const packed = (type: string, value: Uint8Array = empty.encode({})) =>
  ({ type: `type.googleapis.com/${type}`, value }) as const;

const plain = (code: status, details: string): Refusal => ({
  code,
  details,
  trailers: {},
  batch: packed('google.protobuf.Empty'),
});

export const invalidArgument = (details: string): Refusal => ({
  ...plain(status.INVALID_ARGUMENT, details),
  batch: packed('event_store.client.BadRequest', badRequestMessage.encode({ message: details })),
});

export const unavailable = (details: string): Refusal => plain(status.UNAVAILABLE, details);
export const notReady = (): Refusal => unavailable('Server Is Not Ready');
export const tooBusy = (): Refusal => ({ ...unavailable('Server Is Too Busy') });

/** The server's own time-out: whether the write is done is not known. */
export const timedOut = (): Refusal => ({
  ...plain(status.ABORTED, 'Operation timed out: Prepare phase timeout'),
  batch: packed('event_store.client.Timeout'),
});

export const deadlineExceeded = (): Refusal => ({
  ...plain(status.DEADLINE_EXCEEDED, 'Deadline Exceeded'),
  batch: packed('event_store.client.Timeout'),
});

export const unknownError = (details: string): Refusal => ({
  ...plain(status.UNKNOWN, details),
  batch: packed('event_store.client.Unknown'),
});

/** Something broke that is not the fault of the caller: the disk, or this server. */
export const failed = (): Refusal => ({
  ...plain(status.INTERNAL, 'Unexpected failure'),
  batch: packed('event_store.client.Unknown'),
});

export const notLeader = (host: string, port: number): Refusal => ({
  code: status.NOT_FOUND,
  details: 'Leader info available',
  trailers: {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  },
  batch: 'ends',
});

export const unauthenticated = (): Refusal => ({
  ...plain(status.UNAUTHENTICATED, 'Bad HTTP response, status code 401'),
  batch: 'ends',
});

export const accessDenied = (): Refusal => ({
  code: status.PERMISSION_DENIED,
  details: 'Access Denied',
  trailers: { exception: 'access-denied' },
  batch: packed('event_store.client.AccessDenied'),
});

export const streamDeleted = (stream: string): Refusal => ({
  code: status.FAILED_PRECONDITION,
  details: `Event stream '${stream}' is deleted.`,
  trailers: { exception: 'stream-deleted', 'stream-name': stream },
  batch: packed(
    'event_store.client.StreamDeleted',
    streamDeletedMessage.encode({ stream: { name: Buffer.from(stream, 'utf8') } }),
  ),
});

export const wrongExpectedVersion = (
  stream: string,
  expected: ExpectedRevision,
  current: bigint | undefined,
): Refusal => ({
  code: status.FAILED_PRECONDITION,
  details: `Append failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${wireRevision(expected)}, Actual version: ${current ?? -1n}`,
  trailers: {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': String(wireRevision(expected)),
    'actual-version': String(current ?? -1n),
  },
  batch: packed(
    'event_store.client.WrongExpectedVersion',
    wrongExpectedVersionMessage.encode({
      ...(current === undefined ? { currentNoStream: {} } : { currentRevision: current }),
      ...(typeof expected === 'bigint'
        ? { expectedRevision: expected }
        : expected === 'no_stream'
          ? { expectedNoStream: {} }
          : expected === 'any'
            ? { expectedAny: {} }
            : { expectedStreamExists: {} }),
    }),
  ),
});

/** Expectations as the server counts them in trailers. */
const wireRevision = (expected: ExpectedRevision): bigint =>
  typeof expected === 'bigint' ? expected : { no_stream: -1n, any: -2n, stream_exists: -4n }[expected];

export const appendTooLarge = (most: number): Refusal => ({
  code: status.INVALID_ARGUMENT,
  details: `Maximum Append Size of ${most} Exceeded.`,
  trailers: { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(most) },
  batch: packed(
    'event_store.client.MaximumAppendSizeExceeded',
    maximumAppendSizeExceeded.encode({ size: most }),
  ),
});

export const metadataMissing = (property: string): Refusal => ({
  ...invalidArgument(`Required Metadata Property '${property}' is missing`),
  trailers: {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  },
});

const ofGroup = (
  code: status,
  exception: string,
  stream: string,
  group: string,
  details: string,
): Refusal => ({
  ...plain(code, details),
  trailers: { exception, 'stream-name': stream, 'group-name': group },
});

export const groupExists = (stream: string, group: string): Refusal =>
  ofGroup(
    status.ALREADY_EXISTS,
    'persistent-subscription-exists',
    stream,
    group,
    `Subscription group ${group} on stream ${stream} exists.`,
  );

export const groupMissing = (stream: string, group: string): Refusal =>
  ofGroup(
    status.NOT_FOUND,
    'persistent-subscription-does-not-exist',
    stream,
    group,
    `Subscription group ${group} on stream ${stream} does not exist.`,
  );

export const groupDropped = (stream: string, group: string): Refusal =>
  ofGroup(
    status.CANCELLED,
    'persistent-subscription-dropped',
    stream,
    group,
    `Subscription group ${group} on stream ${stream} was dropped.`,
  );

export const tooManyConsumers = (stream: string, group: string): Refusal =>
  ofGroup(
    status.FAILED_PRECONDITION,
    'maximum-subscribers-reached',
    stream,
    group,
    `Maximum subscriptions reached for subscription group ${group} on stream ${stream}.`,
  );
