import type { ServiceError } from '@grpc/grpc-js';
import { Metadata } from '@grpc/grpc-js';
import type { Refusal } from './refusal';

/** A refusal as gRPC wants it. */
export const serviceError = ({ code, details, trailers }: Refusal): ServiceError => {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, trailer(value));
  return Object.assign(new Error(details), { code, details: trailer(details), metadata });
};

/** A trailer holds printable ASCII only; the names of streams may hold anything. */
const trailer = (value: string): string => value.replaceAll(/[^\u0020-\u007E]/gu, '?');

/** The answers of a call that streams them. */
export interface Answers {
  /** Sends one. When there is a promise, the next is sent after it. Nothing is sent to a client that is gone. */
  readonly send: (answer: Buffer) => undefined | Promise<void>;
  /** Aborted when the client is gone or has enough. */
  readonly signal: AbortSignal;
}

/** A call whose answers are a stream, whatever its questions are. */
interface AnsweredCall {
  readonly cancelled: boolean;
  readonly write: (answer: Buffer) => boolean;
  on(event: string, listener: () => void): unknown;
  once(event: string, listener: () => void): unknown;
  off(event: string, listener: () => void): unknown;
}

/** Wraps a call: back-pressure is honoured, and a client that goes away is noticed. */
export const answersOf = (call: AnsweredCall): Answers => {
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  call.on('cancelled', leave);
  call.on('close', leave);
  // The library reports a broken connection here as well; the call is over, and there is nobody to tell.
  call.on('error', leave);
  if (call.cancelled) leave();
  // Senders that do not wait for one another share the wait.
  let draining: Promise<void> | undefined;
  const drained = (): Promise<void> =>
    new Promise((resolve) => {
      const go = (): void => {
        draining = undefined;
        call.off('drain', go);
        gone.signal.removeEventListener('abort', go);
        resolve();
      };
      call.once('drain', go);
      gone.signal.addEventListener('abort', go);
    });
  return {
    signal: gone.signal,
    send: (answer) => {
      if (gone.signal.aborted || call.write(answer)) return undefined;
      draining ??= drained();
      return draining;
    },
  };
};
