import type { ReceiptContent, ReceiptDraft } from '@cloud-kassa/core';
import { composeReceipt } from '@cloud-kassa/core';
import type {
  InternetShop,
  LedgerEntry,
  OneCAccess,
  OneCSettings as EmulatedOneC,
  RunningEmulator,
} from '@cloud-kassa/kkt-emulator';
import { oneCGroup, readFaultScript, startEmulator } from '@cloud-kassa/kkt-emulator';
import type { OpenProvider } from '@cloud-kassa/provider';
import type { SteppedRuntime } from '@cloud-kassa/provider/conformance';
import { steppedRuntime } from '@cloud-kassa/provider/conformance';
import type { Access } from './one-c.testing';
import { ALL_SECRETS, PORTAL_PASSWORD, SHOP_SECRET, connectionTo, openSample, sure } from './one-c.testing';
import type { OneCSettings } from './settings';

/** An adapter before an emulated service; both clocks are the test's. */
export interface EmulatedService {
  readonly provider: OpenProvider;
  readonly running: RunningEmulator;
  readonly clientClock: SteppedRuntime;
  readonly serviceClock: SteppedRuntime;
  /** Documents made under a key. */
  readonly made: (key: string) => ReadonlyArray<LedgerEntry>;
  readonly faults: (...faults: ReadonlyArray<object>) => void;
  readonly close: () => Promise<void>;
}

const ACCESS: OneCAccess = { kind: 'sales-register-group', shopId: 'shop-1', shopSecret: SHOP_SECRET };

const SHOP = {
  inn: '7707083893',
  name: 'ООО "Сад"',
  site: 'https://sad.example',
  seed: 'one-c',
  taxation: 1,
};

export interface EmulatedOptions {
  readonly access?: Access;
  readonly settings?: Partial<OneCSettings>;
  readonly dialect?: Partial<EmulatedOneC>;
  readonly shop?: Partial<InternetShop>;
}

export const emulatedService = async (options: EmulatedOptions = {}): Promise<EmulatedService> => {
  const { access = 'direct', settings = {}, dialect = {}, shop = {} } = options;
  const serviceClock = steppedRuntime();
  const clientClock = steppedRuntime();
  const running = sure(
    await startEmulator({
      runtime: serviceClock.runtime,
      settings: {
        groups: [sure(oneCGroup('group-1', { ...SHOP, ...shop }, ACCESS, { dialect }))],
        gateway: {
          providers: [
            {
              id: 'p1',
              name: 'Касса',
              integrationEnabled: true,
              authorizationType: 'SalesRegisterGroup',
              personalPageUrl: 'https://lk.example.ru',
            },
          ],
          users: [{ login: 'its-login', password: PORTAL_PASSWORD }],
        },
      },
    })(),
  );
  const baseUrl = access === 'gateway' ? `${running.url}/public/program-1c` : running.url;
  const provider = openSample(connectionTo(baseUrl, access), clientClock.runtime, settings, ALL_SECRETS);
  const { machine } = running.emulator;
  return {
    provider,
    running,
    clientClock,
    serviceClock,
    made: (key) => machine.group('group-1')?.registers.ledger.byKey(key) ?? [],
    faults: (...faults) => {
      const script = sure(readFaultScript({ faults }));
      machine.setFaults(script, false);
    },
    close: async () => {
      provider.close();
      await running.close();
    },
  };
};

/** A receipt composed by the library for this shop's registers. */
export const composed = (draft: object): ReceiptContent => {
  const whole = {
    kind: 'receipt',
    settlementSign: 1,
    settledAt: '2026-11-24T12:00:00',
    taxation: 1,
    buyer: { keyId: 'k', person: { email: 'buyer@example.ru' } },
    place: { place: 'https://sad.example' },
    internet: false,
    ...draft,
  } as unknown as ReceiptDraft;
  return sure(composeReceipt(whole, { ffd: '1.2', zone: 2, vatRule: 'per-line' }));
};
