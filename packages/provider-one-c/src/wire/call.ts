import type { JsonWrittenObject } from '@cloud-kassa/provider';

/** One call of the provider API, however it gets there. */
export interface OneCCall {
  readonly method: 'GET' | 'POST';
  /** Path with `{name}` where a variable stands. */
  readonly path: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly body?: JsonWrittenObject;
}

/** `POST /auth/tokens`: a token for a shop and a group of registers. */
export const tokenCall = (shopId: string, kktsGroupId: string, shopSecret: string): OneCCall => ({
  method: 'POST',
  path: '/auth/tokens',
  variables: {},
  body: { shopId, shopSecret, kktsGroupId },
});

/** `GET /kkts`: the state of the registers. */
export const REGISTERS_CALL: OneCCall = { method: 'GET', path: '/kkts', variables: {} };

/** `POST /kkts/receipts`: fiscalise a receipt. A repeated operation id is answered with the same receipt. */
export const receiptCall = (body: JsonWrittenObject): OneCCall => ({
  method: 'POST',
  path: '/kkts/receipts',
  variables: {},
  body,
});

/** `GET /kkts/receipts/{receiptId}`: the state of a receipt under the provider's own id. */
export const stateCall = (receiptId: string): OneCCall => ({
  method: 'GET',
  path: '/kkts/receipts/{receiptId}',
  variables: { receiptId },
});

/** The path with its variables filled in. */
export const filledPath = ({ path, variables }: OneCCall): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(variables[name] ?? ''));
