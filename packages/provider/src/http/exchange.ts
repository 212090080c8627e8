import type { Runtime } from '@cloud-kassa/runtime';
import type { Dispatcher } from 'undici';
import type { Connection } from './connection';
import { connectFailureOf } from './connector';
import type { HttpOutcome, NotSentWhy, UnansweredWhy } from './outcome';
import { notSent, unanswered } from './outcome';

/** One request. The body goes out byte for byte as given, for signatures are made over it. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path and query as they go on the wire, beginning with a slash. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** Time-outs in milliseconds of the monotonic clock. */
export interface ExchangeDeadlines {
  /** From the start to a connection that is ready, handshake included. */
  readonly connectMs: number;
  /** From the first byte of the request to the whole head of the answer. */
  readonly headersMs: number;
  /** From the head to the end of the answer. */
  readonly bodyMs: number;
  /** For everything together. */
  readonly totalMs: number;
}

/** Larger answers are cut off. */
export const LARGEST_ANSWER = 1024 * 1024;

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const plainHeaders = (headers: Headers): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  );

/** A reason of one's own spares the making of an exception with its stack: it is most of the work of a request. */
const OVER = 'over';

/** `connecting`: nothing was written. From `written` on the server may have read the request. */
type Stage = 'connecting' | 'written' | 'answering' | 'over';

const isNotHttp = ({ name }: Error): boolean => name === 'HTTPParserError' || name === 'HeadersOverflowError';

/** Without a reason of the connector either the connection was closed under it or the request is none. */
const whyNotSent = (error: Error): NotSentWhy =>
  connectFailureOf(error) ?? (error.name === 'ClientDestroyedError' ? 'aborted' : 'not-writable');

/**
 * Makes one request over one connection and never a second one: no redirect is followed, nothing is repeated. Everything that ends it
 * before the connection was ready is `NotSent`; undici announces a request before it writes the first byte, and from then on everything
 * but a whole answer is `Unanswered`. A connection that did not end cleanly is killed. Never rejects.
 */
export const exchange = (
  connection: Connection,
  request: HttpRequest,
  deadlines: ExchangeDeadlines,
  runtime: Runtime,
  signal?: AbortSignal,
): Promise<HttpOutcome> =>
  new Promise((resolve) => {
    let stage: Stage = 'connecting';
    let status = 0;
    let headers: Headers = {};
    let size = 0;
    const chunks: Buffer[] = [];
    const whole = new AbortController();
    let ofStage = new AbortController();

    const end = (outcome: HttpOutcome): void => {
      if (stage === 'over') return;
      stage = 'over';
      whole.abort(OVER);
      ofStage.abort(OVER);
      signal?.removeEventListener('abort', onAbort);
      if (outcome._tag !== 'Answered') connection.kill();
      resolve(outcome);
    };

    const giveUp = (before: NotSentWhy, after: UnansweredWhy): void =>
      end(stage === 'connecting' ? notSent(before) : unanswered(after));

    const expire = (): void => giveUp('unreachable', 'timeout');

    const onAbort = (): void => giveUp('aborted', 'aborted');

    const after = (milliseconds: number, until: AbortController): void => {
      void runtime.sleep(milliseconds, until.signal).then(() => {
        if (!until.signal.aborted) expire();
      });
    };

    const enter = (next: Stage, allowedMs: number): void => {
      stage = next;
      ofStage.abort(OVER);
      ofStage = new AbortController();
      after(allowedMs, ofStage);
    };

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: (controller) => {
        if (stage === 'connecting') {
          enter('written', deadlines.headersMs);
          return;
        }
        // Given up before it was written, or about to be written a second time: either way not one more byte.
        controller.abort(new Error('given up'));
        giveUp('aborted', 'connection-lost');
      },
      onResponseStart: (_, statusCode, given) => {
        // 1xx announces an answer and is none.
        if (statusCode < 200 || stage !== 'written') return;
        status = statusCode;
        headers = given;
        enter('answering', deadlines.bodyMs);
      },
      onResponseData: (_, chunk) => {
        size += chunk.length;
        if (size > LARGEST_ANSWER) end(unanswered('too-large'));
        else chunks.push(chunk);
      },
      onResponseEnd: () => {
        if (stage === 'answering')
          end({
            _tag: 'Answered',
            status,
            headers: plainHeaders(headers),
            body: Buffer.concat(chunks, size),
          });
      },
      onResponseError: (_, error) => {
        giveUp(whyNotSent(error), isNotHttp(error) ? 'not-http' : 'connection-lost');
      },
    };

    if (signal?.aborted === true) {
      onAbort();
      return;
    }
    signal?.addEventListener('abort', onAbort);
    after(deadlines.totalMs, whole);
    after(deadlines.connectMs, ofStage);
    connection.client.dispatch(
      {
        method: request.method,
        path: request.path,
        headers: { ...request.headers },
        body: request.body ?? null,
        idempotent: false,
      },
      handler,
    );
  });
