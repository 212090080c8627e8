import type { Alteration } from '../../faults/http-fault';
import type { WireAnswer } from '../../wire/wire';

type Body = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Body => typeof value === 'object' && value !== null;

const change = (body: Body, what: Alteration, strangerId: string): Body => {
  const { operationResponse } = body;
  if (what === 'extra-members') return { ...body, unknownMember: [{ of: 'nobody' }], schemaVersion: '99.1' };
  if (!isObject(operationResponse)) return body;
  if (what === 'unknown-status')
    return { ...body, operationResponse: { ...operationResponse, operationStatus: 'DONE' } };
  if (what === 'foreign-operation') {
    return {
      ...body,
      operationResponse: { ...operationResponse, operationId: strangerId, receiptId: strangerId },
    };
  }
  return 'receiptResponse' in body ? { ...body, receiptResponse: {} } : body;
};

/** What the provider said lies inside an envelope of the gateway. */
const changed = (body: Body, what: Alteration, strangerId: string): Body => {
  const { responseBodyJsonObject: inner } = body;
  return isObject(inner)
    ? { ...body, responseBodyJsonObject: change(inner, what, strangerId) }
    : change(body, what, strangerId);
};

/** An answer of the provider, in its envelope or bare, with one part made wrong; one without that part stays right. */
export const alterAnswer = (answer: WireAnswer, what: Alteration, strangerId: string): WireAnswer => {
  const body: unknown = answer.body === '' ? undefined : JSON.parse(answer.body);
  return isObject(body) ? { ...answer, body: JSON.stringify(changed(body, what, strangerId)) } : answer;
};
