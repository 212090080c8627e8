import { join } from 'node:path';
import type { Given } from '../command/command-spec';
import { databaseStore, isDatabaseAddress } from './database-store';
import { directoryStore } from './directory-store';
import type { StoreChoice } from './store-choice';

export const DEFAULT_STORE = '.cloud-kassa';

/** Folder of this machine beside a database, unless another is given. */
export const DEFAULT_READ_MODELS = join(DEFAULT_STORE, 'esdb');

type Environment = Readonly<Record<string, string | undefined>>;

/** What belongs to a store beside its name. */
export interface StoreSurroundings {
  readonly namespace?: string | undefined;
  readonly readModels?: string | undefined;
  readonly keyFile?: string | undefined;
}

/** The store of a name, which is a folder or the address of a database. */
export const storeNamed = (
  name: string,
  { namespace, readModels, keyFile }: StoreSurroundings,
): StoreChoice =>
  isDatabaseAddress(name)
    ? databaseStore({
        connectionString: name,
        namespace,
        directory: readModels ?? DEFAULT_READ_MODELS,
        keyFile,
      })
    : directoryStore(name, keyFile);

/** What options say, else the environment. */
export const surroundingsOf = (given: Given, environment: Environment): StoreSurroundings => ({
  namespace: given.value('namespace') ?? environment['CLOUD_KASSA_NAMESPACE'],
  readModels: given.value('read-models') ?? environment['CLOUD_KASSA_READ_MODELS'],
  keyFile: given.value('key-file') ?? environment['CLOUD_KASSA_KEY_FILE'],
});

/** The store of a call: as an option says, else the environment, else the folder `.cloud-kassa`. */
export const storeOf = (given: Given, environment: Environment): StoreChoice =>
  storeNamed(
    given.value('store') ?? environment['CLOUD_KASSA_STORE'] ?? DEFAULT_STORE,
    surroundingsOf(given, environment),
  );
