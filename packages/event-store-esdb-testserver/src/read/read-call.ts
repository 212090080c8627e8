import type { handleServerStreamingCall } from '@grpc/grpc-js';
import * as E from 'fp-ts/Either';
import type { Interruption } from '../faults/apply-faults';
import type { FaultSubject, Operation } from '../faults/fault-rule';
import { answersOf, serviceError } from '../server/call';
import { failed } from '../server/refusal';
import type { ServerContext } from '../server/server-context';
import { strikesOf } from '../server/server-context';
import { readAll, readStream } from './read-events';
import type { ReadRequest } from './read-request';
import { readReadRequest } from './read-request';
import type { Reader, Stopped } from './reader';
import { subscribeAll, subscribeStream } from './subscribe';

/** `Streams/Read`: reads and catch-up subscriptions, of a stream and of everything. */
export const readCall =
  (context: ServerContext): handleServerStreamingCall<Buffer, Buffer> =>
  (call) => {
    const request = readReadRequest(call.request);
    if (E.isLeft(request)) {
      call.emit('error', serviceError(request.left));
      return;
    }
    const over = context.calls.start(OPERATIONS[request.right._tag]);
    const answers = answersOf(call);
    answers.signal.addEventListener('abort', () => over('cancelled'));
    const end = (): void => {
      over('ended');
      call.end();
    };
    const strikes = strikesOf(context, call, subjectOf(request.right), answers.signal);
    const give = (interruption: Interruption): void => {
      switch (interruption._tag) {
        case 'Silence':
          return;
        case 'Drop':
          context.connections.drop(call.getPeer());
          return;
        case 'End':
          end();
          return;
        case 'Refuse':
          over('ended');
          call.emit('error', serviceError(interruption.refusal));
      }
    };
    const reader: Reader = {
      log: context.log,
      now: context.now,
      answers,
      form: request.right,
      struck: strikes.any
        ? async (sent) => {
            const interruption = await strikes.at(sent);
            if (interruption !== undefined) give(interruption);
            return interruption !== undefined;
          }
        : undefined,
      breathe: () => context.runtime.sleep(0, answers.signal),
      sent: 0,
    };
    const work = async (): Promise<void> => {
      const before = strikes.any ? await strikes.at('before') : undefined;
      if (before !== undefined) {
        give(before);
        return;
      }
      const stopped = await serve(context, reader, request.right);
      if (stopped?._tag === 'Refused') give({ _tag: 'Refuse', refusal: stopped.refusal });
      else if (stopped === undefined) {
        const after = strikes.any ? await strikes.at('after') : undefined;
        if (after === undefined) end();
        else give(after);
      }
    };
    work().catch(() => give({ _tag: 'Refuse', refusal: failed() }));
  };

const serve = async (
  context: ServerContext,
  reader: Reader,
  request: ReadRequest,
): Promise<Stopped | undefined> => {
  const options = {
    subscriptionId: context.runtime.ids.next(),
    tellsFallingBehind: Number.parseInt(context.version, 10) >= 25,
  };
  switch (request._tag) {
    case 'ReadStream':
      return readStream(reader, request);
    case 'ReadAll':
      return readAll(reader, request);
    case 'SubscribeStream':
      return subscribeStream(reader, request, options);
    case 'SubscribeAll':
      return subscribeAll(reader, request, options);
  }
};

const OPERATIONS: Readonly<Record<ReadRequest['_tag'], Operation>> = {
  ReadStream: 'read-stream',
  ReadAll: 'read-all',
  SubscribeStream: 'subscribe-stream',
  SubscribeAll: 'subscribe-all',
};

const subjectOf = (request: ReadRequest): FaultSubject => ({
  operation: OPERATIONS[request._tag],
  stream: 'stream' in request ? request.stream : '$all',
});
