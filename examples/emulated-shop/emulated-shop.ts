import type { CloudKassa } from '@cloud-kassa/cloud-kassa';
import { createCloudKassa } from '@cloud-kassa/cloud-kassa';
import type { ChosenStorage } from './chosen-storage';
import { IN_MEMORY } from './chosen-storage';
import type { CloudRegister } from './cloud-register';
import { INN, startCloudRegister } from './cloud-register';
import { sure } from './sure';

/** A library with one device and one register, before an emulated service in the same process. */
export interface EmulatedShop {
  readonly kassa: CloudKassa;
  readonly register: CloudRegister;
  readonly close: () => Promise<void>;
}

/** Opens the shop. Nothing is kept unless a storage is given. */
export const openEmulatedShop = async (chosen: ChosenStorage = IN_MEMORY): Promise<EmulatedShop> => {
  const register = await startCloudRegister();
  const kassa = sure(await createCloudKassa({ storage: chosen.storage }));
  sure(
    await kassa.devices.register({
      deviceId: 'garden',
      title: 'Garden furniture',
      connection: {
        provider: 'one-c',
        environment: 'emulator',
        baseUrl: register.url,
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
    register,
    close: async () => {
      await kassa.close();
      await register.close();
      await chosen.close();
    },
  };
};
