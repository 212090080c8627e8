import type { EventLog } from '../log/event-log';
import type { Position } from '../log/position';
import type { Answers } from '../server/call';
import type { Refusal } from '../server/refusal';
import { readResp } from '../wire/stream-messages';
import type { AnswerForm } from './event-answer';
import { eventAnswer } from './event-answer';

/** How the sending of events ended before its end. */
export type Stopped =
  | { readonly _tag: 'Gone' }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }
  /** A fault has taken the call over. */
  | { readonly _tag: 'Struck' };

/** What a read or a subscription works with. */
export interface Reader {
  readonly log: EventLog;
  readonly now: () => number;
  readonly answers: Answers;
  readonly form: AnswerForm;
  /** Asks for the faults that strike when so many events were sent; true when the call is over. Absent without faults. */
  readonly struck: ((sent: number) => Promise<boolean>) | undefined;
  /** Gives other calls a turn in a long search. */
  readonly breathe: () => Promise<void>;
  /** Events sent so far. */
  sent: number;
}

/** Sends the event of a row. */
export const sendEvent = (reader: Reader, row: number): undefined | Promise<Stopped | undefined> => {
  reader.sent += 1;
  const { answers, log, form, now, struck } = reader;
  const room = answers.send(eventAnswer(log, row, form, now));
  if (answers.signal.aborted) return Promise.resolve({ _tag: 'Gone' });
  if (room === undefined && struck === undefined) return undefined;
  return afterSend(reader, room);
};

const afterSend = async (
  { answers, struck, sent }: Reader,
  room: undefined | Promise<void>,
): Promise<Stopped | undefined> => {
  if (room !== undefined) await room;
  if (answers.signal.aborted) return { _tag: 'Gone' };
  return struck !== undefined && (await struck(sent)) ? { _tag: 'Struck' } : undefined;
};

export const sendCheckpoint = async ({ answers }: Reader, checkpoint: Position): Promise<void> => {
  await answers.send(readResp.encode({ checkpoint }));
};

export const sendConfirmation = async ({ answers }: Reader, subscriptionId: string): Promise<void> => {
  await answers.send(readResp.encode({ confirmation: { subscriptionId } }));
};

export const sendCaughtUp = async ({ answers }: Reader): Promise<void> => {
  await answers.send(CAUGHT_UP);
};

export const sendFellBehind = async ({ answers }: Reader): Promise<void> => {
  await answers.send(FELL_BEHIND);
};

const CAUGHT_UP = readResp.encode({ caughtUp: {} });
const FELL_BEHIND = readResp.encode({ fellBehind: {} });
