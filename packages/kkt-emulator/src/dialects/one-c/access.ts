import type { GroupSettings } from '../../group/settings';
import type { OneCSettings } from './settings';

/** How a group of registers is called: the three kinds of authentication of 1C's cloud registers. */
export type OneCAccess =
  /** SALESREGISTERGROUP: a short-lived token for shop, secret and the group's id (kktsGroupId). */
  | { readonly kind: 'sales-register-group'; readonly shopId: string; readonly shopSecret: string }
  /** BASIC. */
  | { readonly kind: 'basic'; readonly login: string; readonly password: string }
  /** BEARER. */
  | { readonly kind: 'bearer'; readonly token: string };

/** A group of registers served over the 1C provider API. */
export interface OneCGroup {
  /** Id of the group: kktsGroupId, and its name in the ledger and in fault scripts. */
  readonly id: string;
  readonly registers: GroupSettings;
  readonly access: OneCAccess;
  /** `no-tariff` is answered by 402, `closed` by 403. */
  readonly account?: 'active' | 'no-tariff' | 'closed';
  readonly dialect?: Partial<OneCSettings>;
}
