import { esdbUnderCampaign } from './esdb-under-campaign';
import { sqliteUnderCampaign } from './sqlite-under-campaign';
import type { StoreKind, StoreOptions, StoreUnderCampaign } from './store-under-campaign';

/** Makes ready the store of a campaign. Nothing runs yet. */
export const storeUnderCampaign = (kind: StoreKind, options: StoreOptions): StoreUnderCampaign => {
  switch (kind) {
    case 'sqlite':
      return sqliteUnderCampaign(options);
    case 'esdb':
      return esdbUnderCampaign(options);
  }
};
