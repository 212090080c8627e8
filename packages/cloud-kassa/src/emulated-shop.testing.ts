import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InternetShop, LedgerEntry, RunningEmulator } from '@cloud-kassa/kkt-emulator';
import { oneCGroup, readFaultScript, startEmulator } from '@cloud-kassa/kkt-emulator';
import { secret } from '@cloud-kassa/provider';
import { systemRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { CloudKassa, CloudKassaOptions } from './cloud-kassa';
import { createCloudKassa } from './cloud-kassa';
import type { Outcome } from './outcome';
import { INN, REGISTRATION, sure } from './shop.testing';
import type { Idle, WorkerOptions } from './worker';

const SECRET = 'secret-of-the-emulated-shop';

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left));
  return either.right;
};

/** An emulated group of registers in this process, and directories that go away with it. */
export interface EmulatedRegisters {
  readonly running: RunningEmulator;
  /** Receipts that were printed, without reports of the registers. */
  readonly printed: () => ReadonlyArray<LedgerEntry>;
  readonly faults: (...faults: ReadonlyArray<object>) => void;
  readonly directory: () => string;
  readonly open: (directory: string, options?: Partial<CloudKassaOptions>) => Promise<Outcome<CloudKassa>>;
  /** A library on files with the device `garden` and its register `site`. */
  readonly shop: (directory?: string, options?: Partial<CloudKassaOptions>) => Promise<CloudKassa>;
  readonly close: () => Promise<void>;
}

export const emulatedRegisters = async (change: Partial<InternetShop> = {}): Promise<EmulatedRegisters> => {
  const group = right(
    oneCGroup(
      'group-1',
      {
        inn: INN,
        name: 'ООО "Сад"',
        site: 'https://sad.example',
        seed: 'facade',
        pace: 0,
        group: { resultDelay: 0 },
        ...change,
      },
      { kind: 'sales-register-group', shopId: 'shop-1', shopSecret: SECRET },
      { dialect: { receiptNumberMeans: 'fiscal-document' } },
    ),
  );
  const runtime = systemRuntime();
  const running = right(await startEmulator({ runtime, settings: { groups: [group] } })());
  const folders: string[] = [];
  const libraries: CloudKassa[] = [];

  const directory = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'cloud-kassa-'));
    folders.push(made);
    return made;
  };

  const open: EmulatedRegisters['open'] = async (folder, options = {}) => {
    const opened = await createCloudKassa({
      storage: { kind: 'sqlite', directory: folder },
      secrets: () => Promise.resolve(E.right(secret(SECRET))),
      runtime,
      ...options,
    });
    if (opened.ok) libraries.push(opened.value);
    return opened;
  };

  return {
    running,
    printed: () =>
      (running.emulator.machine.group('group-1')?.registers.ledger.entries() ?? []).filter(
        ({ key }) => key !== undefined,
      ),
    faults: (...faults) => {
      running.emulator.machine.setFaults(right(readFaultScript({ faults })), false);
    },
    directory,
    open,
    shop: async (folder = directory(), options = {}) => {
      const kassa = sure(await open(folder, options));
      sure(
        await kassa.devices.register({
          deviceId: 'garden',
          title: 'Garden',
          connection: {
            provider: 'one-c',
            environment: 'emulator',
            baseUrl: running.url,
            parameters: {
              access: 'direct',
              authentication: 'register-group',
              shopId: 'shop-1',
              kktsGroupId: 'group-1',
              receiptNumber: 'fiscal-document',
            },
            secretRef: 'env:SHOP_SECRET',
          },
          registration: REGISTRATION,
        }),
      );
      sure(await kassa.registers.attach('garden', { registerId: 'site', name: 'sad.example' }));
      return kassa;
    },
    close: async () => {
      for (const kassa of libraries) await kassa.close();
      await running.close();
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Works until nothing is left, in a worker of its own. */
export const untilIdle = async (kassa: CloudKassa, options: WorkerOptions = {}): Promise<Idle> => {
  const worker = sure(kassa.startWorker(options));
  const idle = sure(await worker.untilIdle());
  await worker.stop();
  return idle;
};

/** Everything that lies in a directory, as one text of bytes. */
export const bytesIn = (directory: string): string =>
  readdirSync(directory, { recursive: true })
    .map((name) => join(directory, String(name)))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file).toString('latin1'))
    .join('\n');
