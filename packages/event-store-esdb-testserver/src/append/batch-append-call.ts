import type { handleBidiStreamingCall, ServerDuplexStream } from '@grpc/grpc-js';
import * as E from 'fp-ts/Either';
import type { ExpectedRevision } from '../log/expected-revision';
import type { ProposedEvent } from '../log/proposed-event';
import { sizeOf } from '../log/proposed-event';
import type { Answers } from '../server/call';
import { answersOf, serviceError } from '../server/call';
import type { Refusal } from '../server/refusal';
import {
  appendTooLarge,
  invalidArgument,
  streamDeleted,
  timedOut,
  wrongExpectedVersion,
} from '../server/refusal';
import type { ServerContext } from '../server/server-context';
import { strikesOf } from '../server/server-context';
import type { Message } from '../wire/message';
import type { uuid } from '../wire/shared-messages';
import { batchAppendReq, batchAppendResp } from '../wire/stream-messages';
import { readExpectation, readProposed, streamNameOf, uuidFrom } from './read-proposed';
import { writeEvents } from './write-events';

/** An append of which more is to come. */
interface Pending {
  readonly correlation: Message<typeof uuid>;
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: Array<ProposedEvent>;
  size: number;
}

/** The server gives a write no more time than this, whatever the client allows. */
const WRITE_TIMEOUT = 2000;

/** `Streams/BatchAppend`: many appends on one stream, told apart by their correlation ids, each answered by itself. */
export const batchAppendCall =
  (context: ServerContext): handleBidiStreamingCall<Buffer, Buffer> =>
  (call) => {
    const over = context.calls.start('append');
    const answers = answersOf(call);
    const pending = new Map<string, Pending>();
    let inWork = 0;
    let finished = false;
    answers.signal.addEventListener('abort', () => over('cancelled'));
    const end = (): void => {
      session.ended = true;
      over('ended');
      call.end();
    };
    const endWhenDone = (): void => {
      if (finished && inWork === 0 && !session.ended && !answers.signal.aborted) end();
    };
    const session: Session = {
      ended: false,
      end,
      context,
      call,
      answers,
      pending,
      work: (job) => {
        inWork += 1;
        void job().finally(() => {
          inWork -= 1;
          endWhenDone();
        });
      },
    };
    call.on('data', (bytes: Buffer) => take(session, bytes));
    call.on('end', () => {
      finished = true;
      endWhenDone();
    });
  };

/** One stream of appends. */
interface Session {
  readonly context: ServerContext;
  readonly call: ServerDuplexStream<Buffer, Buffer>;
  readonly answers: Answers;
  readonly pending: Map<string, Pending>;
  readonly work: (job: () => Promise<void>) => void;
  /** Ends the stream with OK. Appends that come afterwards are not done. */
  readonly end: () => void;
  ended: boolean;
}

const take = (session: Session, bytes: Buffer): void => {
  if (session.ended) return;
  const { context, pending } = session;
  const request = decoded(bytes);
  const key = uuidFrom(request?.correlationId);
  const correlation = request?.correlationId;
  if (request === undefined || key === undefined || correlation === undefined) {
    endWith(session, invalidArgument('The message is no part of an append.'));
    return;
  }
  const refuse = (stream: string, refusal: Refusal): void => {
    pending.delete(key);
    answerError(session, correlation, stream, refusal);
  };
  if (request.options !== undefined) {
    const stream = streamNameOf(request.options.stream);
    const expected = readExpectation(request.options);
    if (expected === undefined) {
      refuse(stream, invalidArgument('The expected revision is not a revision.'));
      return;
    }
    const allowed = Math.min(requestedTimeout(request.options, context.now()), WRITE_TIMEOUT);
    if (allowed <= 0) {
      refuse(stream, timedOut());
      return;
    }
    pending.set(key, { correlation, stream, expected, events: [], size: 0 });
    if (request.isFinal !== true) expire(session, key, allowed);
  }
  const known = pending.get(key);
  if (known === undefined) return;
  for (const proposed of request.proposed ?? []) {
    const event = readProposed(proposed);
    if (E.isLeft(event)) {
      refuse(known.stream, event.left);
      return;
    }
    known.size += sizeOf(event.right);
    known.events.push(event.right);
  }
  if (known.size > context.maxAppendSize) {
    refuse(known.stream, appendTooLarge(context.maxAppendSize));
    return;
  }
  if (request.isFinal !== true) return;
  pending.delete(key);
  session.work(() => append(session, known));
};

const decoded = (bytes: Buffer): Message<typeof batchAppendReq> | undefined => {
  try {
    return batchAppendReq.decode(bytes);
  } catch {
    return undefined;
  }
};

/** The client's deadline is a moment of its clock: a client whose clock is behind has no time at all. */
const requestedTimeout = (
  { deadline, timeout }: NonNullable<Message<typeof batchAppendReq>['options']>,
  now: number,
): number => {
  const span = timeout ?? deadline;
  if (span === undefined) return WRITE_TIMEOUT;
  const milliseconds = Number(span.seconds ?? 0n) * 1000 + (span.nanos ?? 0) / 1e6;
  return timeout === undefined ? milliseconds - now : milliseconds;
};

/** An append that does not come to its end in time is answered so. */
const expire = (session: Session, key: string, milliseconds: number): void => {
  const awaited = session.pending.get(key);
  void session.context.runtime.sleep(milliseconds, session.answers.signal).then(() => {
    if (awaited === undefined || session.pending.get(key) !== awaited) return;
    session.pending.delete(key);
    answerError(session, awaited.correlation, awaited.stream, timedOut());
  });
};

const append = async (
  session: Session,
  { stream, expected, events, correlation }: Pending,
): Promise<void> => {
  const { context, call, answers } = session;
  const subject = { operation: 'append', path: 'batch', stream } as const;
  const strikes = strikesOf(context, call, subject, answers.signal);
  const written = await writeEvents(context, { stream, expected, events }, strikes);
  switch (written._tag) {
    case 'Silence':
      return;
    case 'Drop':
      context.connections.drop(call.getPeer());
      return;
    case 'End':
      session.end();
      return;
    case 'Refuse':
      answerError(session, correlation, stream, written.refusal);
      return;
    case 'Written': {
      const { outcome } = written;
      if (outcome._tag === 'StreamDeleted') answerError(session, correlation, stream, streamDeleted(stream));
      else if (outcome._tag === 'WrongExpectedRevision') {
        answerError(session, correlation, stream, wrongExpectedVersion(stream, expected, outcome.current));
      } else {
        await answers.send(
          batchAppendResp.encode({
            correlationId: correlation,
            success: {
              ...(outcome.revision === undefined ? { noStream: {} } : { currentRevision: outcome.revision }),
              ...(outcome.position === undefined ? { noPosition: {} } : { position: outcome.position }),
            },
            stream: { name: Buffer.from(stream, 'utf8') },
          }),
        );
      }
    }
  }
};

/** The client reads the details of every error and the stream's name with it; both have to be there. */
const answerError = (
  session: Session,
  correlation: Message<typeof uuid>,
  stream: string,
  refusal: Refusal,
): void => {
  const { batch } = refusal;
  if (batch === 'ends') {
    endWith(session, refusal);
    return;
  }
  void session.answers.send(
    batchAppendResp.encode({
      correlationId: correlation,
      error: {
        code: refusal.code,
        message: refusal.details,
        details: { typeUrl: batch.type, value: batch.value },
      },
      stream: { name: Buffer.from(stream, 'utf8') },
    }),
  );
};

const endWith = (session: Session, refusal: Refusal): void => {
  session.ended = true;
  session.call.emit('error', serviceError(refusal));
};
