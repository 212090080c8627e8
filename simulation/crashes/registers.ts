import type { DeviceOrder, RegisterInput } from '@cloud-kassa/cloud-kassa';
import type { EmulatorSettings, OneCAccess } from '@cloud-kassa/kkt-emulator';
import { oneCGroup } from '@cloud-kassa/kkt-emulator';
import { sure } from './sure';

/** A shop with two cloud devices: where one is away, new receipts go to the other. */
export const GARDEN = '7707083893';
/** A shop with one device behind the gateway of 1C. */
export const BOOKS = '7725327863';

export const ADMIN_TOKEN = 'administration-of-the-campaign';

/** All secrets of the campaign in one text, as one secret of several fields. They open an emulator of this machine only. */
export const SECRETS = {
  shopSecret: 'secret-of-the-garden',
  token: 'standing-token-of-the-garden',
  password: 'password-of-the-books',
  portalPassword: 'password-of-the-portal',
} as const;

const PORTAL_LOGIN = 'its';
const GATEWAY_PROVIDER = 'emulator';
const UNITS = 2;

interface CampaignDevice {
  readonly deviceId: string;
  readonly organisation: string;
  readonly access: OneCAccess;
  /** What the connection says besides access and authentication. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly path: string;
}

/** The three kinds of authentication, two of them straight and one through the gateway. */
export const DEVICES: ReadonlyArray<CampaignDevice> = [
  {
    deviceId: 'garden-1',
    organisation: GARDEN,
    access: { kind: 'sales-register-group', shopId: 'garden', shopSecret: SECRETS.shopSecret },
    parameters: {
      access: 'direct',
      authentication: 'register-group',
      shopId: 'garden',
      kktsGroupId: 'garden-1',
    },
    path: '',
  },
  {
    deviceId: 'garden-2',
    organisation: GARDEN,
    access: { kind: 'bearer', token: SECRETS.token },
    parameters: { access: 'direct', authentication: 'bearer', account: 'garden-2' },
    path: '',
  },
  {
    deviceId: 'books',
    organisation: BOOKS,
    access: { kind: 'basic', login: 'books', password: SECRETS.password },
    parameters: {
      access: 'gateway',
      authentication: 'basic',
      login: 'books',
      providerId: GATEWAY_PROVIDER,
      portalLogin: PORTAL_LOGIN,
    },
    path: '/public/program-1c',
  },
];

/** The settings of the emulated service: registers without pace, results at once. */
export const emulatorSettings = (): EmulatorSettings => ({
  groups: DEVICES.map(({ deviceId, organisation, access }, index) =>
    sure(
      oneCGroup(
        deviceId,
        {
          inn: organisation,
          name: 'ООО "Сад"',
          site: 'https://sad.example',
          seed: deviceId,
          units: UNITS,
          pace: 0,
          firstNumber: 1 + index * UNITS,
          group: { resultDelay: 0 },
        },
        access,
        { dialect: { receiptNumberMeans: 'fiscal-document' } },
      ),
    ),
  ),
  gateway: {
    providers: [
      {
        id: GATEWAY_PROVIDER,
        name: 'Эмулятор',
        integrationEnabled: true,
        authorizationType: 'Basic',
        personalPageUrl: 'https://cabinet.example',
      },
    ],
    users: [{ login: PORTAL_LOGIN, password: SECRETS.portalPassword }],
  },
  admin: { token: ADMIN_TOKEN },
});

/** A device of the campaign and its register card as the library is told of them. */
export const deviceOrders = (
  url: string,
  secretRef: string,
): ReadonlyArray<{ readonly device: DeviceOrder; readonly register: RegisterInput }> =>
  DEVICES.map(({ deviceId, organisation, parameters, path }) => ({
    device: {
      deviceId,
      title: deviceId,
      connection: {
        provider: 'one-c',
        environment: 'emulator',
        baseUrl: `${url}${path}`,
        parameters: { ...parameters, receiptNumber: 'fiscal-document' },
        secretRef,
      },
      registration: { organisation, taxations: [1], ffd: '1.2', internetOnly: true, zone: 2 },
    },
    register: { registerId: `till-${deviceId}`, name: deviceId },
  }));
