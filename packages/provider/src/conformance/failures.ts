import type { ServerStep, WireAnswer } from './server';

/** A way in which an answer can be lost or worthless though the request may have done its work. */
export interface Failure {
  readonly what: string;
  readonly step: ServerStep;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const HTML = '<!doctype html><html><head><title>502</title></head><body>nginx</body></html>';

const answer = (given: WireAnswer): ServerStep => ({ do: 'answer', answer: given });

/** Failures of the transport after the request was read. */
export const TRANSPORT_FAILURES: ReadonlyArray<Failure> = [
  { what: 'the connection is reset without an answer', step: { do: 'reset' } },
  { what: 'the answer is no HTTP', step: { do: 'garbage' } },
  { what: 'the answer breaks off', step: { do: 'truncate' } },
  { what: 'the answer has no end', step: { do: 'huge' } },
  { what: 'the answer sends it elsewhere', step: { do: 'redirect' } },
];

const STATUSES = [200, 400, 404, 422, 500, 502, 503, 504];

const BODIES: ReadonlyArray<
  readonly [what: string, body: string, headers: Readonly<Record<string, string>>]
> = [
  ['nothing', '', JSON_TYPE],
  ['a page', HTML, { 'content-type': 'text/html; charset=utf-8' }],
  ['a page that calls itself JSON', HTML, JSON_TYPE],
  ['JSON that breaks off', '{"id": "1', JSON_TYPE],
  ['an empty object', '{}', JSON_TYPE],
  ['a list', '[]', JSON_TYPE],
  ['null', 'null', JSON_TYPE],
  ['a text', '"ok"', JSON_TYPE],
  ['a foreign object', '{"message":"upstream connect error","code":14}', JSON_TYPE],
  ['bytes that are no UTF-8', '\u00ff\u00fe', { 'content-type': 'application/json; charset=utf-16le' }],
  ['something compressed', '{}', { ...JSON_TYPE, 'content-encoding': 'br' }],
];

/** Bodies that no provider writes, by the status that somebody between us and the provider may give them. */
export const foreignBodies = (
  documentedEmpty: ReadonlyArray<number>,
): ReadonlyArray<{ readonly status: number; readonly failures: ReadonlyArray<Failure> }> =>
  STATUSES.map((status) => ({
    status,
    failures: BODIES.filter(([, body]) => body !== '' || !documentedEmpty.includes(status)).map(
      ([what, body, headers]): Failure => ({
        what: `${status} holds ${what}`,
        step: answer({ status, headers, body }),
      }),
    ),
  }));
