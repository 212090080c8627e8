import type { Connection, ReceiptContent } from '@cloud-kassa/core';
import type {
  AskAnswer,
  AskBy,
  Availability,
  ConnectionForm,
  FiscalRequest,
  NotExpressible,
  SendAnswer,
} from '@cloud-kassa/provider';
import type { Kernel, SeededRuntime } from '@cloud-kassa/runtime';
import { seededKernel } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { CloudKassa, CloudKassaOptions } from './cloud-kassa';
import { createCloudKassa } from './cloud-kassa';
import type { KassaError } from './kassa-error';
import type { Outcome } from './outcome';
import type { ProviderAdapter } from './provider-adapter';
import type { BasketInput } from './receipt-input';
import type { Idle, Worker, WorkerOptions } from './worker';

/** INN of the shop of the tests, and of a stranger. */
export const INN = '7707083893';
export const OTHER_INN = '7725327863';

/** What came of a call that has to succeed. */
export const sure = <A>(outcome: Outcome<A>): A => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
};

/** The error of a call that has to fail. */
export const errorOf = (outcome: Outcome<unknown>): KassaError => {
  if (outcome.ok) throw new Error('The call succeeded.');
  return outcome.error;
};

/** Rule and field of a call that has to be refused. */
export const ruleOf = (outcome: Outcome<unknown>): string => {
  const error = errorOf(outcome);
  return error.code === 'refused' ? `${error.rule} ${error.field}` : error.code;
};

/** A provider that answers what the test says. Its documents are numbered. */
export interface ScriptedProvider {
  askBy: AskBy;
  send: (request: FiscalRequest) => SendAnswer;
  ask: (key: string) => AskAnswer;
  availability: () => Availability;
  expressible: (content: ReceiptContent) => NotExpressible | undefined;
  readonly sends: FiscalRequest[];
}

const LATENCY_MS = 100;
const DAY_MS = 86_400_000;

/** The next document of a drive. */
export const numbered = (): (() => SendAnswer) => {
  let fd = 0;
  return () => {
    fd += 1;
    return {
      _tag: 'Final',
      answer: { _tag: 'Done', document: { fn: '9999078900000001', fd, fp: 1_000 + fd } },
    };
  };
};

export const scriptedProvider = (): ScriptedProvider => ({
  askBy: 'key',
  send: numbered(),
  ask: () => ({ _tag: 'Waiting' }),
  availability: () => ({ _tag: 'Available', units: [] }),
  expressible: () => undefined,
  sends: [],
});

const both = (text: string) => ({ english: text, russian: text });

const FORM: ConnectionForm = {
  provider: 'scripted',
  title: both('scripted'),
  fields: [],
  cabinet: { label: both('cabinet'), help: both('there') },
};

/** The adapter of scripted providers: one for each group, which is also the dedup domain. */
export const scriptedAdapter = (providers: ReadonlyMap<string, ScriptedProvider>): ProviderAdapter => {
  const scriptOf = ({ parameters }: Connection) => providers.get(parameters['group'] ?? '');
  return {
    name: 'scripted',
    form: FORM,
    connectionOf: (_filled, environment, secretRef) => ({ ...connectionTo('none'), environment, secretRef }),
    dedupDomain: ({ parameters }) => E.right(`scripted|${parameters['group']}`),
    check: () => Promise.resolve({ passed: true, steps: [], refusals: [], units: [], checklist: [] }),
    open: ({ connection, runtime }) => {
      const script = scriptOf(connection);
      if (script === undefined) return E.left([{ field: 'connection.parameters.group', rule: 'unknown' }]);
      return E.right({
        name: 'scripted',
        capabilities: { askBy: script.askBy, horizonMs: DAY_MS, returnsContent: false },
        dedupDomain: `scripted|${connection.parameters['group']}`,
        expressible: (content) => script.expressible(content),
        send: async (request) => {
          script.sends.push(request);
          await runtime.sleep(LATENCY_MS);
          return script.send(request);
        },
        ask: async (key) => {
          await runtime.sleep(LATENCY_MS);
          return script.ask(key);
        },
        availability: async () => script.availability(),
        close: () => undefined,
      });
    },
  };
};

export const connectionTo = (group: string): Connection => ({
  provider: 'scripted',
  environment: 'emulator',
  baseUrl: 'http://127.0.0.1:1',
  parameters: { group },
  secretRef: 'env:NOTHING',
});

/** A library in memory under a simulated clock, with the device `garden` and its register `site` unless the test wants none. */
export interface Shop {
  readonly kassa: CloudKassa;
  readonly kernel: Kernel;
  readonly runtime: SeededRuntime;
  readonly provider: ScriptedProvider;
  /** Another provider, that no device is connected to yet: group `other`. */
  readonly other: ScriptedProvider;
  /** Works until nothing is due within ten minutes. */
  readonly idle: (options?: WorkerOptions) => Promise<Idle>;
  /** Lets so much time pass while a worker works. */
  readonly work: (milliseconds: number, options?: WorkerOptions) => Promise<void>;
}

export interface ShopOptions extends Partial<Omit<CloudKassaOptions, 'runtime' | 'adapters'>> {
  readonly seed?: string;
  /** Default true. */
  readonly device?: boolean;
  /** Default true. */
  readonly register?: boolean;
}

export const REGISTRATION = {
  organisation: INN,
  taxations: [1],
  ffd: '1.2',
  internetOnly: true,
  zone: 2,
} as const;

export const openShop = async (options: ShopOptions = {}): Promise<Shop> => {
  const { seed = 'shop', device = true, register = true, ...rest } = options;
  const kernel = seededKernel(seed, { start: '2026-11-27T06:00:00.000Z' });
  const runtime = kernel.runtime({ label: 'shop' });
  const provider = scriptedProvider();
  const other = scriptedProvider();
  const adapters = [
    scriptedAdapter(
      new Map([
        ['main', provider],
        ['other', other],
      ]),
    ),
  ];
  const kassa = sure(await createCloudKassa({ storage: { kind: 'memory' }, ...rest, runtime, adapters }));
  if (device)
    sure(
      await kassa.devices.register({
        deviceId: 'garden',
        title: 'Garden',
        connection: connectionTo('main'),
        registration: REGISTRATION,
      }),
    );
  if (device && register)
    sure(await kassa.registers.attach('garden', { registerId: 'site', name: 'sad.example' }));

  const working = async <A>(
    how: WorkerOptions | undefined,
    work: (worker: Worker) => Promise<A>,
  ): Promise<A> =>
    kernel.complete(async () => {
      const worker = sure(kassa.startWorker(how));
      const done = await work(worker);
      await worker.stop();
      return done;
    });

  return {
    kassa,
    kernel,
    runtime,
    provider,
    other,
    idle: (how) => working(how, async (worker) => sure(await worker.untilIdle())),
    work: (milliseconds, how) => working(how, () => runtime.sleep(milliseconds)),
  };
};

/** One hammock. */
export const BASKET: BasketInput = {
  taxation: 1,
  items: [{ name: 'Гамак', price: 490_000, quantity: '1', vatCode: 11, measure: 0 }],
  buyer: { email: 'buyer@example.ru' },
  place: { place: 'https://sad.example' },
};

/** The receipt order of one hammock. */
export const order = (number: number, change: Partial<BasketInput> = {}) => ({
  organisation: INN,
  document: `order-${number}`,
  settlementId: `payment-${number}`,
  instrument: 'sbp' as const,
  ...BASKET,
  ...change,
});

/** A basket without the buyer. */
export const anonymous = ({ buyer: _buyer, ...basket }: BasketInput): BasketInput => basket;
