import type { Buyer } from '@cloud-kassa/core';
import type { Instant } from '@cloud-kassa/ffd';
import type { DeviceRegistry, Registrar } from '@cloud-kassa/fiscalizer';
import type { SecretSource } from '@cloud-kassa/provider';
import type { Runtime } from '@cloud-kassa/runtime';
import type * as E from 'fp-ts/Either';
import type { Handlers } from './handlers';
import type { KassaError } from './kassa-error';
import type { ProviderAdapter } from './provider-adapter';
import type { ReadModels } from './read-models';
import type { BuyerInput } from './receipt-input';
import type { StorageParts } from './storage/storage';

/** What the parts of the library share. */
export interface Kit {
  readonly runtime: Runtime;
  readonly actor: string;
  readonly storage: StorageParts;
  readonly handlers: Handlers;
  readonly secrets: SecretSource;
  readonly adapters: ReadonlyMap<string, ProviderAdapter>;
  readonly registry: DeviceRegistry;
  readonly registrar: Registrar;
  readonly readModels: ReadModels;
  /** The buyer with the key of the contact; `undefined` where no contact was given. */
  readonly bindBuyer: (contact: BuyerInput) => Promise<E.Either<KassaError, Buyer | undefined>>;
  readonly now: () => Instant;
}
