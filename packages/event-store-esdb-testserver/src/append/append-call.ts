import type { handleClientStreamingCall, sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import * as E from 'fp-ts/Either';
import type { AppendOutcome } from '../log/event-log';
import type { ExpectedRevision } from '../log/expected-revision';
import type { ProposedEvent } from '../log/proposed-event';
import { sizeOf } from '../log/proposed-event';
import { serviceError } from '../server/call';
import type { Refusal } from '../server/refusal';
import { appendTooLarge, invalidArgument, streamDeleted } from '../server/refusal';
import type { ServerContext } from '../server/server-context';
import { strikesOf } from '../server/server-context';
import { appendReq, appendResp } from '../wire/stream-messages';
import { readExpectation, readProposed, streamNameOf } from './read-proposed';
import type { Written } from './write-events';
import { writeEvents } from './write-events';

/** What has come of an append so far. */
interface Incoming {
  head: { readonly stream: string; readonly expected: ExpectedRevision } | undefined;
  readonly events: Array<ProposedEvent>;
  size: number;
}

/** `Streams/Append`: options first, then every event in a message of its own, one answer at the end. */
export const appendCall =
  (context: ServerContext): handleClientStreamingCall<Buffer, Buffer> =>
  (call, callback) => {
    const over = context.calls.start('append');
    const gone = new AbortController();
    let answered = false;
    call.on('cancelled', () => {
      gone.abort();
      over('cancelled');
    });
    const answer: sendUnaryData<Buffer> = (error, value) => {
      if (answered || gone.signal.aborted) return;
      answered = true;
      over('ended');
      callback(error, value);
    };
    const incoming: Incoming = { head: undefined, events: [], size: 0 };
    call.on('data', (bytes: Buffer) => {
      if (answered) return;
      const refusal = take(incoming, bytes, context.maxAppendSize);
      if (refusal !== undefined) answer(serviceError(refusal));
    });
    call.on('end', () => {
      if (answered || gone.signal.aborted) return;
      void finish(context, call, incoming, gone.signal).then((written) =>
        conclude(context, call, written, incoming, answer),
      );
    });
  };

const take = (incoming: Incoming, bytes: Buffer, maxAppendSize: number): Refusal | undefined => {
  const { options, proposed } = decoded(bytes) ?? {};
  if (options !== undefined) {
    const expected = readExpectation(options);
    if (expected === undefined) return invalidArgument('The expected revision is not a revision.');
    incoming.head = { stream: streamNameOf(options.stream), expected };
    return undefined;
  }
  if (incoming.head === undefined || proposed === undefined)
    return invalidArgument('An append begins with its options.');
  const event = readProposed(proposed);
  if (E.isLeft(event)) return event.left;
  incoming.size += sizeOf(event.right);
  incoming.events.push(event.right);
  return incoming.size > maxAppendSize ? appendTooLarge(maxAppendSize) : undefined;
};

const decoded = (bytes: Buffer): ReturnType<typeof appendReq.decode> | undefined => {
  try {
    return appendReq.decode(bytes);
  } catch {
    return undefined;
  }
};

const finish = async (
  context: ServerContext,
  call: ServerReadableStream<Buffer, Buffer>,
  { head, events }: Incoming,
  signal: AbortSignal,
): Promise<Written> => {
  if (head === undefined)
    return { _tag: 'Refuse', refusal: invalidArgument('An append begins with its options.') };
  const strikes = strikesOf(
    context,
    call,
    { operation: 'append', path: 'classic', stream: head.stream },
    signal,
  );
  return writeEvents(context, { ...head, events }, strikes);
};

const conclude = (
  context: ServerContext,
  call: ServerReadableStream<Buffer, Buffer>,
  written: Written,
  { head }: Incoming,
  answer: sendUnaryData<Buffer>,
): void => {
  switch (written._tag) {
    case 'Silence':
      return;
    case 'Drop':
      context.connections.drop(call.getPeer());
      return;
    case 'End':
      answer(null, Buffer.alloc(0));
      return;
    case 'Refuse':
      answer(serviceError(written.refusal));
      return;
    case 'Written': {
      if (head === undefined) return;
      const { outcome } = written;
      if (outcome._tag === 'StreamDeleted') answer(serviceError(streamDeleted(head.stream)));
      else answer(null, appendResp.encode(responseOf(outcome, head.expected)));
    }
  }
};

const responseOf = (
  outcome: Exclude<AppendOutcome, { _tag: 'StreamDeleted' }>,
  expected: ExpectedRevision,
): Parameters<typeof appendResp.encode>[0] =>
  outcome._tag === 'Appended'
    ? {
        success: {
          ...(outcome.revision === undefined ? { noStream: {} } : { currentRevision: outcome.revision }),
          ...(outcome.position === undefined ? { noPosition: {} } : { position: outcome.position }),
        },
      }
    : {
        wrongExpectedVersion: {
          ...(outcome.current === undefined ? { currentNoStream: {} } : { currentRevision: outcome.current }),
          ...(typeof expected === 'bigint'
            ? { expectedRevision: expected }
            : expected === 'no_stream'
              ? { expectedNoStream: {} }
              : expected === 'any'
                ? { expectedAny: {} }
                : { expectedStreamExists: {} }),
        },
      };
