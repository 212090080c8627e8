import * as E from 'fp-ts/Either';
import { internetShopGroup } from '../../group/internet-shop-group';
import type { InternetShop } from '../../group/internet-shop-group';
import type { GroupSettings } from '../../group/settings';
import type { DeviceRefusal } from '../../refusal';
import type { OneCAccess, OneCGroup } from './access';

/**
 * Waiting times of a group behind the 1C provider API: operations wait and are remembered for ever, for the protocol knows no end of
 * either. A document is told a second after it was made.
 */
export const ONE_C_GROUP = {
  queueTimeout: null,
  keyMemory: null,
  resultDelay: 1000,
} as const satisfies Partial<GroupSettings>;

/** A group for an Internet shop behind the 1C provider API. `Left` when the INN is not one. */
export const oneCGroup = (
  id: string,
  shop: InternetShop,
  access: OneCAccess,
  rest: Pick<OneCGroup, 'account' | 'dialect'> = {},
): E.Either<DeviceRefusal, OneCGroup> =>
  E.map((registers: GroupSettings): OneCGroup => ({ id, registers, access, ...rest }))(
    internetShopGroup({ ...shop, group: { ...ONE_C_GROUP, ...shop.group } }),
  );
