import type { CloudKassa, KassaError, RegisterInput } from '@cloud-kassa/cloud-kassa';
import type { Connection } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import { quickNames } from '../emulator';
import type { EmulatorProcess } from './emulator-process';

/** A shop for garden furniture. */
export const GARDEN_SHOP = '7707083893';
/** The organisation under which real receipts of others are rehearsed. */
export const REHEARSAL = '7725327863';

interface DemoDevice {
  readonly deviceId: string;
  readonly title: string;
  readonly organisation: string;
  readonly group: string;
  readonly taxations: ReadonlyArray<number>;
  readonly internetOnly: boolean;
  readonly register: RegisterInput;
}

const ALL_TAXATIONS = [1, 2, 4, 8, 16, 32];

const DEVICES: ReadonlyArray<DemoDevice> = [
  {
    deviceId: 'garden',
    title: 'Садовая мебель',
    organisation: GARDEN_SHOP,
    group: quickNames(GARDEN_SHOP).groupId,
    taxations: [1],
    internetOnly: true,
    register: { registerId: 'garden-till', name: 'Интернет-магазин', vatRule: 'per-line' },
  },
  {
    deviceId: 'rehearsal-per-line',
    title: 'Настоящие чеки, НДС по строкам',
    organisation: REHEARSAL,
    group: quickNames(REHEARSAL).groupId,
    taxations: ALL_TAXATIONS,
    internetOnly: false,
    register: {
      registerId: 'per-line',
      name: 'НДС по строкам',
      vatRule: 'per-line',
      legalGround: 'remote-courier',
    },
  },
  {
    deviceId: 'rehearsal-per-total',
    title: 'Настоящие чеки, НДС по итогу',
    organisation: REHEARSAL,
    group: quickNames(REHEARSAL).perTotalGroupId,
    taxations: ALL_TAXATIONS,
    internetOnly: false,
    register: {
      registerId: 'per-total',
      name: 'НДС по итогу',
      vatRule: 'per-total',
      legalGround: 'remote-courier',
    },
  },
];

const connectionTo = (emulator: EmulatorProcess, { organisation, group }: DemoDevice): Connection => ({
  provider: 'one-c',
  environment: 'emulator',
  baseUrl: emulator.url,
  parameters: {
    access: 'direct',
    authentication: 'register-group',
    // The port may be another one each time; the provider is the same.
    providerName: 'demo-emulator',
    shopId: quickNames(organisation).shopId,
    kktsGroupId: group,
    receiptNumber: 'fiscal-document',
  },
  secretRef: emulator.secret,
});

/** Connects the devices of the demonstration and attaches their registers; what is there already is left, but for the address. */
export const setUpDevices = async (
  kassa: CloudKassa,
  emulator: EmulatorProcess,
): Promise<E.Either<KassaError, void>> => {
  const known = await kassa.devices.list();
  if (!known.ok) return E.left(known.error);
  for (const demo of DEVICES) {
    const { deviceId, title, organisation, taxations, internetOnly, register } = demo;
    const connection = connectionTo(emulator, demo);
    const isKnown = known.value.some(({ device }) => device.deviceId === deviceId);
    const registered = isKnown
      ? await kassa.devices.changeConnection(deviceId, connection)
      : await kassa.devices.register({
          deviceId,
          title,
          connection,
          registration: { organisation, taxations, ffd: '1.2', internetOnly, zone: 2 },
        });
    if (!registered.ok) return E.left(registered.error);
    if (isKnown) continue;
    const attached = await kassa.registers.attach(deviceId, register);
    if (!attached.ok) return E.left(attached.error);
  }
  return E.right(undefined);
};
