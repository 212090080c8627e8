import type { UnknownWhy } from '@cloud-kassa/core';

/**
 * Why no byte of a request was written.
 *
 * - `refused`: the other side refused the connection, or closed it before it was ready.
 * - `unreachable`: no way to the host, or no connection within the time allowed.
 * - `dns`: the name has no address.
 * - `tls`: the handshake failed, an untrusted or expired certificate among others.
 * - `no-slot`: no connection became free in time, or the process may open no more sockets.
 * - `blocked-address`: the name leads to an address that the rule does not allow.
 * - `aborted`: the caller gave up before the first byte.
 * - `not-writable`: the request can not be written as HTTP (a line feed in a header, for one).
 */
export type NotSentWhy =
  | 'refused'
  | 'unreachable'
  | 'dns'
  | 'tls'
  | 'no-slot'
  | 'blocked-address'
  | 'aborted'
  | 'not-writable';

/** Why a request that may have been written, in part or whole, has no answer that counts. */
export type UnansweredWhy = 'timeout' | 'connection-lost' | 'too-large' | 'not-http' | 'aborted';

/** A whole answer. Names of headers are in lower case; a header given several times is joined with `, `. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * What came of one request. `NotSent` is said only with the proof that no byte of the request was written; from the first write on
 * everything without a whole answer is `Unanswered`.
 */
export type HttpOutcome =
  | ({ readonly _tag: 'Answered' } & HttpAnswer)
  | { readonly _tag: 'NotSent'; readonly why: NotSentWhy }
  | { readonly _tag: 'Unanswered'; readonly why: UnansweredWhy };

export const notSent = (why: NotSentWhy): HttpOutcome => ({ _tag: 'NotSent', why });

export const unanswered = (why: UnansweredWhy): HttpOutcome => ({ _tag: 'Unanswered', why });

const UNKNOWN_WHY: Readonly<Record<UnansweredWhy, UnknownWhy>> = {
  timeout: 'timeout',
  'connection-lost': 'connection-lost',
  'too-large': 'unreadable-answer',
  'not-http': 'unreadable-answer',
  aborted: 'connection-lost',
};

/** How the attempt protocol names a request without an answer. */
export const unknownWhyOf = (why: UnansweredWhy): UnknownWhy => UNKNOWN_WHY[why];
