import type { CloudKassa, Outcome, Storage } from '@cloud-kassa/cloud-kassa';
import { createCloudKassa } from '@cloud-kassa/cloud-kassa';
import { oneCGroup, startEmulator } from '@cloud-kassa/kkt-emulator';
import { systemRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';

/** INN of the shop. */
export const INN = '7707083893';

const SECRET = 'secret-of-the-emulated-shop';

/** An example ends at the first thing that does not go as planned. */
export const sure = <A>(outcome: Outcome<A>): A => {
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
};

/** A library with one device and one register, before an emulated service in the same process. */
export interface EmulatedShop {
  readonly kassa: CloudKassa;
  readonly close: () => Promise<void>;
}

const startRegister = async () => {
  const group = oneCGroup(
    'group-1',
    { inn: INN, name: 'ООО "Сад"', site: 'https://sad.example', seed: 'example', pace: 0 },
    { kind: 'sales-register-group', shopId: 'shop-1', shopSecret: SECRET },
    { dialect: { receiptNumberMeans: 'fiscal-document' } },
  );
  if (E.isLeft(group)) throw new Error(group.left.rule);
  const started = await startEmulator({ runtime: systemRuntime(), settings: { groups: [group.right] } })();
  if (E.isLeft(started)) throw new Error(started.left._tag);
  return started.right;
};

/** Opens the shop. Nothing is kept unless a storage is given. */
export const openEmulatedShop = async (storage: Storage = { kind: 'memory' }): Promise<EmulatedShop> => {
  const emulator = await startRegister();
  // Events and configurations name a secret; the secret itself comes from the environment.
  process.env['SHOP_SECRET'] = SECRET;
  const kassa = sure(await createCloudKassa({ storage }));
  sure(
    await kassa.devices.register({
      deviceId: 'garden',
      title: 'Garden furniture',
      connection: {
        provider: 'one-c',
        environment: 'emulator',
        baseUrl: emulator.url,
        parameters: {
          access: 'direct',
          authentication: 'register-group',
          shopId: 'shop-1',
          kktsGroupId: 'group-1',
          receiptNumber: 'fiscal-document',
        },
        secretRef: 'env:SHOP_SECRET',
      },
      registration: { organisation: INN, taxations: [1], ffd: '1.2', internetOnly: true, zone: 2 },
    }),
  );
  sure(await kassa.registers.attach('garden', { registerId: 'site', name: 'sad.example' }));
  return {
    kassa,
    close: async () => {
      await kassa.close();
      await emulator.close();
    },
  };
};
