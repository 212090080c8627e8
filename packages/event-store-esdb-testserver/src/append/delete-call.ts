import type { handleUnaryCall } from '@grpc/grpc-js';
import { serviceError } from '../server/call';
import { invalidArgument, streamDeleted, wrongExpectedVersion } from '../server/refusal';
import type { ServerContext } from '../server/server-context';
import { unaryCall } from '../server/unary-call';
import { deleteReq, deleteResp } from '../wire/stream-messages';
import { readExpectation, streamNameOf } from './read-proposed';

/** `Streams/Delete` and `Streams/Tombstone`. */
export const deleteCall = (
  context: ServerContext,
  operation: 'delete' | 'tombstone',
): handleUnaryCall<Buffer, Buffer> =>
  unaryCall(context, {
    operation,
    read: deleteReq.decode,
    streamOf: ({ options }) => streamNameOf(options?.stream),
    answer: ({ options = {} }) => {
      const stream = streamNameOf(options.stream);
      const expected = readExpectation(options);
      if (expected === undefined)
        return serviceError(invalidArgument('The expected revision is not a revision.'));
      if (stream === '' || stream === '$all')
        return serviceError(invalidArgument('The stream cannot be deleted.'));
      const outcome =
        operation === 'delete'
          ? context.log.delete(stream, expected)
          : context.log.tombstone(stream, expected);
      switch (outcome._tag) {
        case 'Appended':
          return deleteResp.encode(
            outcome.position === undefined ? { noPosition: {} } : { position: outcome.position },
          );
        case 'StreamDeleted':
          return serviceError(streamDeleted(stream));
        case 'WrongExpectedRevision':
          return serviceError(wrongExpectedVersion(stream, expected, outcome.current));
      }
    },
  });
