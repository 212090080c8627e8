import * as E from 'fp-ts/Either';
import type { ReceiptContent } from '@cloud-kassa/core';
import type { Runtime } from '@cloud-kassa/runtime';
import type { HttpClient, Purpose } from '../http/http-client';
import { deadlinesOf, httpClient } from '../http/http-client';
import { isJsonType, mediaTypeOf } from '../http/media-type';
import type { HttpOutcome } from '../http/outcome';
import { unknownWhyOf } from '../http/outcome';
import { readJson } from '../http/read-json';
import { readText } from '../http/read-text';
import { personalValues } from '../personal-values';
import type { AskAnswer, Availability, FiscalRequest, OpenProvider, SendAnswer } from '../port';
import { answerNote } from '../redaction';
import type { ServerProtocol } from './server';

export const TOKEN = 't0ken-canary';

/** A protocol small enough to be read at once: `{id}` in, `{id, state: "waiting"}` out, `{refusal}` for refusals, one fixed token. */
export const SAMPLE_PROTOCOL: ServerProtocol = {
  aside: ({ path }) =>
    path === '/token' ? { status: 200, headers: { 'content-type': 'text/plain' }, body: TOKEN } : undefined,
  accepted: ({ method, path, body }) => {
    const id = method === 'POST' ? (JSON.parse(body) as { id: string }).id : path.split('/').at(-1);
    return json(200, { id, state: 'waiting' });
  },
  unauthorised: () => json(401, { refusal: 'token' }),
  refused: (_, text) => json(400, { refusal: 'content', text }),
};

const json = (status: number, body: object) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export const SAMPLE_REQUEST: FiscalRequest = {
  key: '6f3a7c52-2d0e-5c1b-9a64-54f0c1a5d0ff',
  receiptId: 'receipt-1',
  traceTag: 'abcdefgh',
  content: {
    items: [],
    buyer: {
      keyId: 'buyer-1',
      person: { email: 'canary@example.ru', phone: '+79123456789', name: 'anna canary-smith' },
    },
  } as unknown as ReceiptContent,
};

export const SAMPLE_TIMEOUT = 1_000;

type Read = {
  readonly status: number;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
};

const readAnswer = (outcome: HttpOutcome & { _tag: 'Answered' }): Read | undefined => {
  const text = readText(outcome);
  if (E.isLeft(text) || !isJsonType(mediaTypeOf(outcome.headers['content-type']))) return undefined;
  const read = readJson(text.right);
  if (E.isLeft(read) || read.right === null || typeof read.right !== 'object') return undefined;
  return { status: outcome.status, text: text.right, json: read.right as Readonly<Record<string, unknown>> };
};

export const sampleAdapter = (baseUrl: string, runtime: Runtime): OpenProvider => {
  const each = deadlinesOf(SAMPLE_TIMEOUT);
  const http: HttpClient = httpClient({
    origin: baseUrl,
    runtime,
    addressRule: 'public-and-loopback',
    deadlines: { send: each, ask: each, token: each },
  });
  let token: string | undefined;

  const authorised = async (
    purpose: Purpose,
    method: 'GET' | 'POST',
    path: string,
    body: string | undefined,
    signal: AbortSignal | undefined,
    isSecond = false,
  ): Promise<HttpOutcome> => {
    if (token === undefined) {
      const issued = await http.request('token', { method: 'GET', path: '/token', headers: {} }, { signal });
      if (issued._tag !== 'Answered')
        return { _tag: 'NotSent', why: issued._tag === 'NotSent' ? issued.why : 'aborted' };
      token = Buffer.from(issued.body).toString('utf8');
    }
    const bytes = body === undefined ? {} : { body: Buffer.from(body) };
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const outcome = await http.request(purpose, { method, path, headers, ...bytes }, { signal });
    const read = outcome._tag === 'Answered' ? readAnswer(outcome) : undefined;
    if (read?.status !== 401 || read.json['refusal'] !== 'token') return outcome;
    token = undefined;
    return isSecond ? outcome : authorised(purpose, method, path, body, signal, true);
  };

  const send = async ({ key, content }: FiscalRequest, signal?: AbortSignal): Promise<SendAnswer> => {
    const hide = [...personalValues(content), TOKEN];
    const outcome = await authorised(
      'send',
      'POST',
      '/receipts',
      JSON.stringify({ id: key, content }),
      signal,
    );
    if (outcome._tag === 'NotSent') return outcome;
    if (outcome._tag === 'Unanswered') return { _tag: 'Unknown', why: unknownWhyOf(outcome.why) };
    const read = readAnswer(outcome);
    if (read?.status === 200 && read.json['id'] === key) return { _tag: 'Accepted', handle: key };
    const note = answerNote({
      status: outcome.status,
      hide,
      ...(read === undefined ? {} : { text: read.text }),
    });
    if (read?.status === 400 && read.json['refusal'] === 'content') return { _tag: 'RefusedInvalid', note };
    if (read?.status === 401 && read.json['refusal'] === 'token')
      return { _tag: 'RefusedLater', note, scope: 'account' };
    return { _tag: 'Unknown', why: 'unreadable-answer', note };
  };

  const ask = async (key: string, _: string | undefined, signal?: AbortSignal): Promise<AskAnswer> => {
    const outcome = await authorised('ask', 'GET', `/receipts/${key}`, undefined, signal);
    const read = outcome._tag === 'Answered' ? readAnswer(outcome) : undefined;
    return read?.status === 200 && read.json['id'] === key
      ? { _tag: 'Waiting', handle: key }
      : { _tag: 'Unavailable', scope: 'receipt' };
  };

  const availability = async (signal?: AbortSignal): Promise<Availability> => {
    const outcome = await authorised('ask', 'GET', '/state', undefined, signal);
    const read = outcome._tag === 'Answered' ? readAnswer(outcome) : undefined;
    return read?.status === 200 && 'state' in read.json
      ? { _tag: 'Available', units: [] }
      : { _tag: 'Unreachable' };
  };

  return {
    name: 'sample',
    capabilities: { askBy: 'key', horizonMs: 86_400_000, returnsContent: false },
    dedupDomain: 'sample/shop-1',
    expressible: () => undefined,
    send,
    ask,
    availability,
    close: http.close,
  };
};
