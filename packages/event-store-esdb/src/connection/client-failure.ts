import {
  ErrorType,
  convertToCommandError,
  isCommandError,
  MaxAppendSizeExceededError,
  WrongExpectedVersionError,
  type CommandError,
} from '@eventstore/db-client';
import type { Expected } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { NO_CONNECTION } from './grpc-call';

/**
 * How a call of the client failed.
 *
 * - `NotSent`: certainly nothing was done; the server was not reached, or said that it does nothing now. `passing`: it is there, and the
 *   next try may well succeed.
 * - `Unknown`: the server may have done what was asked.
 * - the others: the server answered, and did not do it.
 */
export type ClientFailure =
  | { readonly _tag: 'NotSent'; readonly why: string; readonly passing: boolean }
  | { readonly _tag: 'Unknown'; readonly why: string }
  | { readonly _tag: 'Conflict'; readonly actual: Expected }
  | { readonly _tag: 'Refused'; readonly rule: 'too-large' | 'stream-gone' | 'access'; readonly why: string }
  | { readonly _tag: 'NotFound' }
  | { readonly _tag: 'Exists' }
  | { readonly _tag: 'Unsupported'; readonly why: string };

export const unknown = (why: string): ClientFailure => ({ _tag: 'Unknown', why });
export const notSent = (why: string, passing: boolean): ClientFailure => ({ _tag: 'NotSent', why, passing });
const refused = (rule: 'too-large' | 'stream-gone' | 'access', why: string): ClientFailure => ({
  _tag: 'Refused',
  rule,
  why,
});

const accessRefused = refused('access', 'the server does not take the credentials, or they may not do this');

/** What the client says when it found no server. */
const NO_SERVER = /No connection established|Name resolution failed|Failed to discover/;

/** What it says when it was just changing connections, and what a server says that takes no requests now. */
const NOT_NOW = new RegExp(
  `${NO_CONNECTION}|Channel closed before call started|Channel has been shut down|server is not ready|server is busy|server too busy`,
  'i',
);

/** Puts what the client rejected or emitted into a class. Whatever is not known for certain is `Unknown`. */
export const clientFailure = (error: unknown): ClientFailure => {
  if (!(error instanceof Error)) return unknown('the client failed without an error');
  const converted = asCommandError(error);
  return isCommandError(converted) ? commandFailure(converted) : unsure(converted);
};

/** The first call may fail with an error of gRPC itself. What the client can not convert it throws. */
const asCommandError = (error: Error): CommandError | Error => {
  try {
    return convertToCommandError(error);
  } catch {
    return error;
  }
};

/** What a call of the client answers. Nothing of it rejects or throws. */
export const settled = async <A>(call: () => Promise<A>): Promise<Either<ClientFailure, A>> => {
  try {
    return E.right(await call());
  } catch (error) {
    return E.left(clientFailure(error));
  }
};

const commandFailure = (error: CommandError): ClientFailure => {
  switch (error.type) {
    case ErrorType.WRONG_EXPECTED_VERSION:
      return { _tag: 'Conflict', actual: actualOf(error) };
    case ErrorType.STREAM_NOT_FOUND:
    case ErrorType.NO_STREAM:
    case ErrorType.PERSISTENT_SUBSCRIPTION_DOES_NOT_EXIST:
      return { _tag: 'NotFound' };
    case ErrorType.PERSISTENT_SUBSCRIPTION_EXISTS:
      return { _tag: 'Exists' };
    case ErrorType.STREAM_DELETED:
      return refused('stream-gone', 'the stream was deleted for good (tombstone)');
    case ErrorType.ACCESS_DENIED:
      return accessRefused;
    case ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED:
      return refused('too-large', tooLarge(error));
    case ErrorType.NOT_LEADER:
      return notSent('the node is not the leader', true);
    case ErrorType.UNSUPPORTED:
      return { _tag: 'Unsupported', why: 'the server is too old for this' };
    default:
      return unsure(error);
  }
};

const tooLarge = (error: Error): string =>
  error instanceof MaxAppendSizeExceededError && Number.isSafeInteger(error.maxAppendSize)
    ? `the server takes ${error.maxAppendSize} bytes in an append`
    : 'the server takes no append of this size';

/** On some ways a missing stream is told as a negative number. */
const actualOf = (error: Error): Expected => {
  const actual = error instanceof WrongExpectedVersionError ? error.actualVersion : 'no_stream';
  return typeof actual === 'bigint' && actual >= 0n ? Number(actual) : 'no-stream';
};

const PERMISSION_DENIED = 7;

const unsure = (error: Error): ClientFailure => {
  const { message } = error;
  const why = shortened(message);
  if ('code' in error && error.code === PERMISSION_DENIED) return accessRefused;
  if (NO_SERVER.test(message)) return notSent(why, false);
  return NOT_NOW.test(message) ? notSent(why, true) : unknown(why);
};

const LONGEST = 200;

/** Status and detail of gRPC in one line. They speak of connections, never of data. */
const shortened = (message: string): string => message.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST);
