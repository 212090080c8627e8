import type { handleUnaryCall, ServiceError } from '@grpc/grpc-js';
import * as E from 'fp-ts/Either';
import type { Operation } from '../faults/fault-rule';
import { serviceError } from './call';
import { failed, invalidArgument } from './refusal';
import type { ServerContext } from './server-context';
import { strikesOf } from './server-context';

/** A call with one question and one answer. */
export interface UnaryCall<Request> {
  readonly operation: Operation;
  readonly read: (bytes: Buffer) => Request;
  readonly streamOf?: (request: Request) => string | undefined;
  readonly answer: (request: Request) => Buffer | ServiceError;
}

/** Handles it, with counts, credentials and faults. */
export const unaryCall =
  <Request>(
    context: ServerContext,
    { operation, read, streamOf, answer }: UnaryCall<Request>,
  ): handleUnaryCall<Buffer, Buffer> =>
  (call, callback) => {
    const over = context.calls.start(operation);
    const gone = new AbortController();
    call.on('cancelled', () => {
      gone.abort();
      over('cancelled');
    });
    const reply = (value: Buffer | ServiceError): void => {
      if (gone.signal.aborted) return;
      over('ended');
      if (Buffer.isBuffer(value)) callback(null, value);
      else callback(value);
    };
    const work = async (): Promise<void> => {
      const asked = E.tryCatch(
        () => read(call.request),
        () => invalidArgument('The message cannot be read.'),
      );
      if (E.isLeft(asked)) {
        reply(serviceError(asked.left));
        return;
      }
      if (context.closed()) return;
      const request = asked.right;
      const stream = streamOf?.(request);
      const subject = stream === undefined ? { operation } : { operation, stream };
      const strikes = strikesOf(context, call, subject, gone.signal);
      const before = await strikes.at('before');
      const value = before === undefined ? answer(request) : undefined;
      const interruption = before ?? (await strikes.at('after'));
      switch (interruption?._tag) {
        case undefined:
          if (value !== undefined) reply(value);
          return;
        case 'Silence':
          return;
        case 'Drop':
          context.connections.drop(call.getPeer());
          return;
        case 'End':
          reply(Buffer.alloc(0));
          return;
        case 'Refuse':
          reply(serviceError(interruption.refusal));
      }
    };
    work().catch(() => reply(serviceError(failed())));
  };
