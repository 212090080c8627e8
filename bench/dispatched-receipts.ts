import {
  RECEIPT,
  RECEIPT_EVENTS,
  receiptStream,
  type Receipt,
  type RegisterReceipt,
} from '@cloud-kassa/core';
import {
  createCommandHandler,
  memoryLeaseStore,
  type EventStore,
  type KeyRing,
  type LeaseStore,
} from '@cloud-kassa/event-store';
import { DEFAULT_SETTINGS, dispatcher, type Devices } from '@cloud-kassa/fiscalizer';
import { secret, type OpenProvider } from '@cloud-kassa/provider';
import { openOneC } from '@cloud-kassa/provider-one-c';
import * as E from 'fp-ts/Either';
import { DEVICES, SHOP_SECRET } from './emulated-devices';
import { given } from './given';
import { runtime } from './open-store';

/** The adapters of all devices. */
export const openProviders = (url: string): ReadonlyMap<string, OpenProvider> =>
  new Map(
    DEVICES.map(({ deviceId }) => [
      deviceId,
      given(
        openOneC({
          connection: {
            provider: 'one-c',
            environment: 'emulator',
            baseUrl: url,
            parameters: {
              access: 'direct',
              providerName: 'bench',
              authentication: 'register-group',
              shopId: 'shop-1',
              kktsGroupId: deviceId,
            },
            secretRef: 'env:BENCH',
          },
          secrets: () => Promise.resolve(E.right(secret(JSON.stringify({ shopSecret: SHOP_SECRET })))),
          runtime,
          settings: { receiptNumberMeans: 'fiscal-document' },
        }),
      ),
    ]),
  );

/** Every receipt goes to the device it was registered for. */
const devicesOf = (providers: ReadonlyMap<string, OpenProvider>): Devices => ({
  choose: ({ facts }: Receipt) =>
    Promise.resolve(E.right({ deviceId: facts.register.deviceId, refused: [] })),
  provider: (deviceId) => providers.get(deviceId),
  isSuspended: () => false,
});

/** A store that counts. */
interface Counted {
  readonly store: EventStore;
  readonly events: () => number;
  /** Resolves when so many receipts have their documents. */
  readonly fiscalized: (count: number) => Promise<void>;
}

/** Nobody waits. */
const NOBODY = (): void => undefined;

const counted = (inner: EventStore): Counted => {
  let [events, documents, wanted] = [0, 0, Number.POSITIVE_INFINITY];
  let reached = NOBODY;
  return {
    store: {
      ...inner,
      append: (stream, expected, appended) => async () => {
        const answer = await inner.append(stream, expected, appended)();
        if (E.isLeft(answer) || answer.right._tag === 'Conflict') return answer;
        events += appended.length;
        documents += appended.filter(({ type }) => type === 'receipt.Fiscalized').length;
        if (documents >= wanted) reached();
        return answer;
      },
    },
    events: () => events,
    fiscalized: (count) =>
      new Promise((resolve) => {
        wanted = count;
        reached = resolve;
        if (documents >= wanted) resolve();
      }),
  };
};

/** Commands, a dispatcher and what they write to. */
export interface DispatchedReceipts {
  /** Registers and enqueues all of them, so many at the same time. */
  readonly register: (sales: ReadonlyArray<RegisterReceipt['data']>, together: number) => Promise<void>;
  /** Runs the dispatcher until so many receipts have their documents, and lets it come to an end. */
  readonly dispatch: (documents: number) => Promise<void>;
  /** Runs the dispatcher until it is told to stop. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  /** Events written so far. */
  readonly events: () => number;
}

/** How several share the work. Default: there is one. */
export interface Sharing {
  readonly leases?: LeaseStore;
  readonly workerName?: string;
}

export const dispatchedReceipts = (
  inner: EventStore,
  keyRing: KeyRing,
  providers: ReadonlyMap<string, OpenProvider>,
  { leases = memoryLeaseStore(), workerName = 'bench' }: Sharing = {},
): DispatchedReceipts => {
  const { store, events, fiscalized } = counted(inner);
  const receipts = createCommandHandler({
    store,
    decider: RECEIPT,
    family: RECEIPT_EVENTS,
    streamOf: receiptStream,
    keyRing,
    runtime,
    knownCommands: 'all',
  });
  const worker = dispatcher({
    store,
    keyRing,
    receipts,
    devices: devicesOf(providers),
    leases,
    runtime,
    settings: DEFAULT_SETTINGS,
    workerName,
  });
  const register = async (data: RegisterReceipt['data']): Promise<void> => {
    const { receiptId, organisation, now } = data;
    const context = () => ({ commandId: runtime.ids.next(), actor: 'bench', organisation });
    given(await receipts.handle(receiptId, { type: 'RegisterReceipt', data }, context())());
    given(await receipts.handle(receiptId, { type: 'EnqueueReceipt', data: { now } }, context())());
  };
  return {
    register: async (sales, together) => {
      const rest = sales.values();
      await Promise.all(
        Array.from({ length: together }, async () => {
          for (const data of rest) await register(data);
        }),
      );
    },
    dispatch: async (documents) => {
      const stop = new AbortController();
      const running = worker.run(stop.signal);
      await fiscalized(documents);
      stop.abort('enough');
      await running;
    },
    run: worker.run,
    events,
  };
};
