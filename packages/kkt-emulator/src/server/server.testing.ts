import { request } from 'node:http';
import type { Agent, IncomingHttpHeaders } from 'node:http';
import type { Runtime } from '@cloud-kassa/runtime';
import { seededKernel, systemRuntime } from '@cloud-kassa/runtime';
import type { GatewaySettings } from '../dialects/one-c/gateway-settings';
import { oneCGroup } from '../dialects/one-c/one-c-group';
import type { OneCAccess, OneCGroup } from '../dialects/one-c/access';
import type { InternetShop } from '../group/internet-shop-group';
import { right, shop } from '../kkt/kkt.testing';
import { startEmulator } from './start-emulator';
import type { RunningEmulator, StartOptions } from './start-emulator';

export const ADMIN_TOKEN = 'administration-of-tests';

export const SHOP_ACCESS: OneCAccess = { kind: 'sales-register-group', shopId: 'shop', shopSecret: 'secret' };

/** A group whose registers need no time, so that an answer holds the result. */
export const quickGroup = (change: Partial<InternetShop> = {}, rest: Partial<OneCGroup> = {}): OneCGroup => ({
  ...right(
    oneCGroup(
      'group',
      { ...shop, pace: 0, ...change, group: { resultDelay: 0, ...change.group } },
      SHOP_ACCESS,
    ),
  ),
  ...rest,
});

export const GATEWAY: GatewaySettings = {
  providers: [
    {
      id: 'emulator',
      name: 'Эмулятор',
      integrationEnabled: true,
      authorizationType: 'SalesRegisterGroup',
      personalPageUrl: 'https://cabinet.example',
    },
  ],
  users: [{ login: 'its', password: 'portal', ticket: 'ticket' }],
};

/** The system's runtime with a wall clock that stands still at a day of 2026. */
export const fixedRuntime = (): Runtime => ({ ...systemRuntime(), wall: () => '2026-03-01T09:00:00.000Z' });

/** A fixed runtime whose sleepers wake when the test says so, and not before. */
export const drowsyRuntime = () => {
  let sleepers: Array<{ readonly milliseconds: number; readonly wake: () => void }> = [];
  let arrived: () => void = () => undefined;
  const asleep = (milliseconds: number): boolean =>
    sleepers.some((each) => each.milliseconds === milliseconds);
  const runtime: Runtime = {
    ...fixedRuntime(),
    monotonic: () => 0,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        const sleeper = { milliseconds, wake: resolve };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers = sleepers.filter((each) => each !== sleeper);
          resolve();
        });
        arrived();
      }),
  };
  return {
    runtime,
    /** Resolves when somebody sleeps for so long. */
    sleeping: async (milliseconds: number): Promise<void> => {
      while (!asleep(milliseconds)) {
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
    },
    /** Wakes those who sleep for so long. */
    wake: (milliseconds: number): void => {
      const woken = sleepers.filter((each) => each.milliseconds === milliseconds);
      sleepers = sleepers.filter((each) => each.milliseconds !== milliseconds);
      for (const each of woken) each.wake();
    },
  };
};

/** A runtime whose time passes only when its kernel is told to. */
export const virtualRuntime = () =>
  seededKernel('emulator', { start: '2026-03-01T09:00:00.000Z' }).runtime({ label: 'emulator' });

export const started = async (change: Partial<StartOptions> = {}): Promise<RunningEmulator> =>
  right(
    await startEmulator({
      runtime: fixedRuntime(),
      settings: { groups: [quickGroup()], admin: { token: ADMIN_TOKEN } },
      ...change,
    })(),
  );

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: unknown;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly agent?: Agent | false;
  readonly signal?: AbortSignal;
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** One request over a connection of its own; rejects with the socket's error code. */
export const ask = (
  url: string,
  { method, headers = {}, body, agent = false, signal }: Asked = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const outgoing = request(
      url,
      {
        method: method ?? (text === undefined ? 'GET' : 'POST'),
        headers: { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        agent,
        ...(signal === undefined ? {} : { signal }),
      },
      (incoming) => {
        const chunks: Array<Buffer> = [];
        incoming
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => {
            const all = Buffer.concat(chunks).toString('utf8');
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              text: all,
              json: jsonOf(all),
            });
          })
          .on('error', reject);
      },
    );
    outgoing.on('error', reject).end(text);
  });

/** The code of the socket's error with which a request fails, or the status it got after all. */
export const failure = (url: string, asked: Asked = {}): Promise<string> =>
  ask(url, asked).then(
    ({ status }) => `answered ${status}`,
    (error: NodeJS.ErrnoException) => error.code ?? error.name,
  );

export const item = {
  name: 'Чайник',
  quantity: 3,
  priceWithDiscount: 269.1,
  amountWithDiscount: 807.3,
  VATRate: 22,
  VATAmount: 20,
  paymentMethod: 4,
  calculationSubject: 1,
  measureOfQuantity: 0,
};

/** The body of POST /kkts/receipts of a sale of 807.30. */
export const saleBody = (operationId: string, header: object = {}, receipt: object = {}): object => ({
  operationRequest: { operationId },
  receiptRequest: {
    documentHeader: {
      cashierName: 'Иванова',
      operationType: 1,
      isCorrection: false,
      taxationSystem: 1,
      customerEmail: 'buyer@example.ru',
      customerPhone: '',
      senderEmail: '',
      saleAddress: '',
      saleLocation: '',
      automatNumber: '',
      ...header,
    },
    items: [item],
    payments: { cash: 0, electronic: 807.3, barter: 0, postPayment: 0, prePayment: 0 },
    ...receipt,
  },
});

/** The n-th operation id of a test. */
export const operation = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const tokenBody = { shopId: 'shop', shopSecret: 'secret', kktsGroupId: 'group' };

/** Calls to an emulator as 1C's program would make them, without the gateway. */
export const clientOf = async (url: string) => {
  const { json } = await ask(`${url}/auth/tokens`, { body: tokenBody });
  const token = (json as { accessToken?: string }).accessToken ?? '';
  const headers = { authorization: `Bearer ${token}` };
  return {
    token,
    headers,
    submit: (operationId: string, body: unknown = saleBody(operationId)) =>
      ask(`${url}/kkts/receipts`, { body, headers }),
    status: (receiptId: string) => ask(`${url}/kkts/receipts/${receiptId}`, { headers }),
    kkts: () => ask(`${url}/kkts`, { headers }),
  };
};

/** Calls to the administration. */
export const adminOf = (url: string) => {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const call = (method: string) => (path: string, body?: unknown) =>
    ask(`${url}/admin${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  return { get: call('GET'), post: call('POST'), put: call('PUT'), remove: call('DELETE') };
};

interface OperationBody {
  readonly operationResponse?: { readonly operationStatus?: string; readonly receiptId?: string };
}

/** operationStatus and receiptId of an answer. */
export const operationOf = ({ json }: Answer): { readonly status: string; readonly receiptId: string } => {
  const { operationResponse } = (json ?? {}) as OperationBody;
  return {
    status: operationResponse?.operationStatus ?? '',
    receiptId: operationResponse?.receiptId ?? '',
  };
};
