import type { OneCConnection } from './one-c-connection';

const part = encodeURIComponent;

const providerOf = ({ access, origin, basePath }: OneCConnection): string => {
  if (access.by === 'gateway') return `gateway:${part(access.providerId)}`;
  return access.providerName === undefined
    ? `at:${part(origin + basePath)}`
    : `provider:${part(access.providerName)}`;
};

const accountOf = ({ account }: OneCConnection): string => {
  switch (account.by) {
    case 'basic':
      return `login:${part(account.login)}`;
    case 'bearer':
      return `account:${part(account.account)}`;
    case 'register-group':
      return `shop:${part(account.shopId)}/group:${part(account.kktsGroupId)}`;
  }
};

/**
 * The scope in which operation ids are unique: environment, provider and account. The provider is its id at the gateway, the lasting name
 * given to it, or its address where it has neither. The protocol does not say how far its uniqueness reaches, so the narrowest scope is
 * taken: a narrower one than the provider's is harmless, a wider one would send a key to somebody who does not remember it.
 */
export const oneCDedupDomain = (connection: OneCConnection): string =>
  ['one-c', connection.environment, providerOf(connection), accountOf(connection)].join('/');

/** What has changed between two connections of one device, for the eyes of whoever changes it. */
export type ConnectionChange = 'environment' | 'provider' | 'account';

/**
 * What of the dedup domain differs. Such a change makes another cloud register: receipts under way with the old one would be sent to
 * somebody who does not know them. Empty where only secrets, or the address of the same provider, have changed.
 */
export const changedParts = (
  before: OneCConnection,
  after: OneCConnection,
): ReadonlyArray<ConnectionChange> => [
  ...(before.environment === after.environment ? [] : (['environment'] as const)),
  ...(providerOf(before) === providerOf(after) ? [] : (['provider'] as const)),
  ...(accountOf(before) === accountOf(after) ? [] : (['account'] as const)),
];
