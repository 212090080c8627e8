import * as E from 'fp-ts/Either';
import type { Connection, ReceiptContent } from '@cloud-kassa/core';
import type { FiscalRequest, OpenProvider, SecretSource } from '@cloud-kassa/provider';
import { secret } from '@cloud-kassa/provider';
import type { SeenRequest, ServerProtocol, WireAnswer } from '@cloud-kassa/provider/conformance';
import type { Runtime } from '@cloud-kassa/runtime';
import { openOneC } from './one-c-provider';
import type { OneCSettings } from './settings';

export const KEY = '57494e17-d016-487b-aaa2-188d107bdef2';
export const TOKEN = '9179d710-56a4-49ea-b042-435e3257eaf6';
export const SHOP_SECRET = 'канарейка-shop-secret';
export const PORTAL_PASSWORD = 'портал-пароль';

export const sure = <A>(made: E.Either<unknown, A>): A => {
  if (E.isLeft(made)) throw new Error(JSON.stringify(made.left));
  return made.right;
};

/** One line of 807.30 roubles at 22 %, paid cashless, on 2026-10-08. */
export const CONTENT = {
  kind: 'receipt',
  ffd: '1.2',
  settlementSign: 1,
  settledAt: '2026-10-08T13:05:00',
  zone: 2,
  taxation: 1,
  items: [
    {
      name: 'Чай чёрный',
      price: 26_910,
      quantity: '3',
      sum: 80_730,
      vatCode: 11,
      vatSum: 14_558,
      paymentMethod: 4,
      subject: 1,
      measure: 0,
    },
  ],
  total: 80_730,
  payments: { cash: 0, cashless: 80_730, prepaid: 0, credit: 0, provision: 0 },
  vatTotals: [{ code: 11, amount: 14_558 }],
  vatRule: 'per-line',
  buyer: { keyId: 'buyer-1', person: { email: 'canary@example.ru', name: 'anna canary-smith' } },
  place: { place: 'https://shop.example.ru' },
  internet: true,
} as unknown as ReceiptContent;

export const REQUEST: FiscalRequest = {
  key: KEY,
  receiptId: 'receipt-1',
  traceTag: 'abcdefghijklmnop',
  content: CONTENT,
};

export type Access = 'direct' | 'gateway';

const ACCESS: Readonly<Record<Access, Readonly<Record<string, string>>>> = {
  direct: { access: 'direct', providerName: 'sample' },
  gateway: { access: 'gateway', providerId: 'p1', portalLogin: 'its-login' },
};

export const GROUP = { authentication: 'register-group', shopId: 'shop-1', kktsGroupId: 'group-1' };

export const connectionTo = (
  baseUrl: string,
  access: Access = 'direct',
  authentication: Readonly<Record<string, string>> = GROUP,
): Connection => ({
  provider: 'one-c',
  environment: 'emulator',
  baseUrl,
  parameters: { ...ACCESS[access], ...authentication },
  secretRef: 'env:KASSA',
});

export const secretsOf =
  (values: Readonly<Record<string, string>>): SecretSource =>
  () =>
    Promise.resolve(E.right(secret(JSON.stringify(values))));

export const ALL_SECRETS = secretsOf({
  shopSecret: SHOP_SECRET,
  portalPassword: PORTAL_PASSWORD,
  password: 'basic-пароль',
  token: 'bearer-token',
});

export const openSample = (
  connection: Connection,
  runtime: Runtime,
  settings: Partial<OneCSettings> = {},
  secrets: SecretSource = ALL_SECRETS,
): OpenProvider => sure(openOneC({ connection, secrets, runtime, settings }));

export const json = (status: number, body: unknown): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json;charset=UTF-8' },
  body: JSON.stringify(body),
});

export const problem = (status: number, type: string, detail = 'подробности'): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({ type, title: 'ошибка', detail, status }),
});

export const RESULT = {
  shiftNumber: 173,
  receiptNumber: 425,
  receiptDate: '2026-10-08T13:05:27',
  FNSign: 3449555941,
  addressSiteInspections: 'www.nalog.gov.ru',
  KKTSerialNumber: '0000000005020922',
  FNSerialNumber: '9999078900006211',
};

export const operation = (status: string, receiptResponse: unknown = {}, change: object = {}): object => ({
  operationResponse: {
    operationStatus: status,
    operationId: KEY,
    receiptId: `r-${KEY}`,
    operationStatusDescription: 'описание',
    ...change,
  },
  receiptResponse,
});

export const TOKEN_ANSWER = { accessToken: TOKEN, tokenType: 'Bearer', expiresIn: 1440 };

/** A call as the provider sees it, out of the envelope where there is one. */
export interface InnerCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export const innerCall = (access: Access, { method, path, headers, body }: SeenRequest): InnerCall => {
  const parsed = (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>;
  if (access === 'direct') return { method, path, headers, body: parsed };
  const inner = String(parsed['path']).replace(
    '{receiptId}',
    String((parsed['uriVariables'] as Record<string, unknown>)['receiptId']),
  );
  return {
    method: String(parsed['method']),
    path: inner,
    headers: parsed['requestHeaders'] as Record<string, unknown>,
    body: (parsed['requestBodyJsonObject'] ?? {}) as Record<string, unknown>,
  };
};

export const wrapped = (access: Access, answer: WireAnswer): WireAnswer =>
  access === 'direct'
    ? answer
    : json(200, {
        responseStatus: answer.status,
        responseBodyJsonObject: answer.body === undefined ? null : (JSON.parse(answer.body) as unknown),
      });

/** The provider API as far as a test needs it: every receipt is in progress, the registers are ready. */
export const protocolOf = (access: Access): ServerProtocol => {
  const accepted = ({ method, path, body }: InnerCall): WireAnswer => {
    if (path === '/kkts') return json(200, { kktStatus: 'FISCALIZATION_AVAILABLE' });
    const id =
      method === 'POST'
        ? String((body['operationRequest'] as Record<string, unknown>)['operationId'])
        : path.slice('/kkts/receipts/r-'.length);
    return json(200, operation('IN_PROGRESS', {}, { operationId: id, receiptId: `r-${id}` }));
  };
  return {
    aside: (seen) =>
      innerCall(access, seen).path === '/auth/tokens' ? wrapped(access, json(200, TOKEN_ANSWER)) : undefined,
    accepted: (seen) => wrapped(access, accepted(innerCall(access, seen))),
    unauthorised: () => wrapped(access, problem(401, 'BAD_CREDENTIALS')),
    refused: (_, text) => wrapped(access, problem(400, 'BAD_REQUEST', text)),
  };
};
