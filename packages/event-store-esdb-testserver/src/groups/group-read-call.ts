import type { handleBidiStreamingCall, ServerDuplexStream } from '@grpc/grpc-js';
import * as E from 'fp-ts/Either';
import { uuidFrom } from '../append/read-proposed';
import type { Interruption } from '../faults/apply-faults';
import { readEventOf } from '../read/event-answer';
import { answersOf, serviceError } from '../server/call';
import { callerName } from '../server/credentials';
import { invalidArgument } from '../server/refusal';
import type { ServerContext, Strikes } from '../server/server-context';
import { strikesOf } from '../server/server-context';
import { groupReadReq, groupReadResp } from '../wire/group-messages';
import type { Message } from '../wire/message';
import type { Consumer, Group, NackAction } from './group';
import { sourceOf } from './group-calls';

const ACTIONS: ReadonlyArray<NackAction> = ['unknown', 'park', 'retry', 'skip', 'stop'];

/** `PersistentSubscriptions/Read`: a consumer connects, gets messages and says what became of them. */
export const groupReadCall =
  (context: ServerContext): handleBidiStreamingCall<Buffer, Buffer> =>
  (call) => {
    const over = context.calls.start('group-read');
    const answers = answersOf(call);
    const session: Session = {
      context,
      call,
      over,
      source: '',
      group: undefined,
      consumer: undefined,
      strikes: undefined,
      sent: 0,
      ended: false,
      // One message after the other: an acknowledgement that a fault holds back holds back what comes after it.
      work: Promise.resolve(),
      signal: answers.signal,
      send: (answer) => void answers.send(answer),
    };
    answers.signal.addEventListener('abort', () => {
      over('cancelled');
      leave(session);
    });
    call.on('data', (bytes: Buffer) => {
      session.work = session.work.then(() => take(session, bytes));
    });
    call.on('end', () => {
      session.work = session.work.then(() => {
        if (session.group === undefined) finish(session, { _tag: 'End' });
      });
    });
  };

/** One consumer on its call. */
interface Session {
  readonly context: ServerContext;
  readonly call: ServerDuplexStream<Buffer, Buffer>;
  readonly over: (how: 'ended' | 'cancelled') => void;
  readonly signal: AbortSignal;
  readonly send: (answer: Buffer) => void;
  source: string;
  group: Group | undefined;
  consumer: Consumer | undefined;
  strikes: Strikes | undefined;
  sent: number;
  ended: boolean;
  work: Promise<void>;
}

const leave = (session: Session): void => {
  session.ended = true;
  if (session.consumer !== undefined) session.group?.disconnect(session.consumer);
};

const finish = (session: Session, how: Interruption): void => {
  if (session.ended) return;
  const { call, context, over } = session;
  switch (how._tag) {
    case 'Silence':
      // The call stays open and the messages stay with the consumer until their time is over.
      session.ended = true;
      return;
    case 'Drop':
      context.connections.drop(call.getPeer());
      return;
    case 'End':
      leave(session);
      over('ended');
      call.end();
      return;
    case 'Refuse':
      leave(session);
      over('ended');
      call.emit('error', serviceError(how.refusal));
  }
};

const take = async (session: Session, bytes: Buffer): Promise<void> => {
  if (session.ended) return;
  const request = decoded(bytes);
  if (request?.options !== undefined) await connect(session, request.options);
  else if (request?.ack !== undefined) await answer(session, 'group-ack', request.ack.ids, 0, '');
  else if (request?.nack !== undefined) {
    const { ids, action = 0, reason = '' } = request.nack;
    await answer(session, 'group-nack', ids, action, reason);
  } else finish(session, { _tag: 'Refuse', refusal: invalidArgument('The message cannot be read.') });
};

const decoded = (bytes: Buffer): Message<typeof groupReadReq> | undefined => {
  try {
    return groupReadReq.decode(bytes);
  } catch {
    return undefined;
  }
};

const connect = async (
  session: Session,
  options: NonNullable<Message<typeof groupReadReq>['options']>,
): Promise<void> => {
  const { context, call, signal } = session;
  const source = sourceOf(options);
  const name = options.group ?? '';
  session.source = source;
  const strikes = strikesOf(context, call, { operation: 'group-read', stream: source }, signal);
  session.strikes = strikes;
  const before = strikes.any ? await strikes.at('before') : undefined;
  if (before !== undefined) {
    finish(session, before);
    return;
  }
  const consumer: Consumer = {
    from: call.getPeer(),
    username: callerName(call.metadata),
    connectionName: String(call.metadata.get('connection-name')[0] ?? '<unknown>'),
    bufferSize: Math.max(options.bufferSize ?? 10, 1),
    send: ({ row, retryCount, resolveLinks }) => {
      if (session.ended) return;
      session.sent += 1;
      const form = { resolveLinks, structuredIds: options.uuid?.text === undefined };
      const event = readEventOf(context.log, row, form, context.now());
      session.send(groupReadResp.encode({ event: { ...event, retryCount } }));
      if (strikes.any) void strike(session, strikes, session.sent);
    },
    drop: (refusal) => finish(session, { _tag: 'Refuse', refusal }),
  };
  const connected = context.groups.connect(source, name, consumer);
  if (E.isLeft(connected)) {
    finish(session, { _tag: 'Refuse', refusal: connected.left });
    return;
  }
  session.group = connected.right;
  session.consumer = consumer;
  session.send(groupReadResp.encode({ confirmation: { subscriptionId: `${source}::${name}` } }));
};

const strike = async (session: Session, strikes: Strikes, sent: number): Promise<void> => {
  const interruption = await strikes.at(sent);
  if (interruption !== undefined) finish(session, interruption);
};

const answer = async (
  session: Session,
  operation: 'group-ack' | 'group-nack',
  given: ReadonlyArray<Parameters<typeof uuidFrom>[0]> | undefined,
  action: number,
  reason: string,
): Promise<void> => {
  const { context, call, signal, source, group } = session;
  const ids = (given ?? []).flatMap((id) => uuidFrom(id) ?? []);
  const over = context.calls.start(operation);
  const faults = strikesOf(context, call, { operation, stream: source }, signal);
  const before = faults.any ? await faults.at('before') : undefined;
  if (before === undefined) {
    if (operation === 'group-ack') group?.ack(ids);
    else group?.nack(ids, ACTIONS[action] ?? 'unknown', reason);
  }
  const how = before ?? (faults.any ? await faults.at('after') : undefined);
  over('ended');
  // Silence here is an answer that was lost, not the end of the call.
  if (how !== undefined && how._tag !== 'Silence') finish(session, how);
};
