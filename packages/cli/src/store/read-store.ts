import { join } from 'node:path';
import type { Given } from '../command/command-spec';
import { databaseStore, isDatabaseAddress } from './database-store';
import { directoryStore } from './directory-store';
import type { StoreChoice } from './store-choice';

export const DEFAULT_STORE = '.cloud-kassa';

/** Folder of this machine beside a database, unless another is given. */
export const DEFAULT_READ_MODELS = join(DEFAULT_STORE, 'esdb');

type Environment = Readonly<Record<string, string | undefined>>;

/** The store of a name, which is a folder or the address of a database. */
export const storeNamed = (name: string, given: Given, environment: Environment): StoreChoice => {
  const keyFile = given.value('key-file') ?? environment['CLOUD_KASSA_KEY_FILE'];
  if (!isDatabaseAddress(name)) return directoryStore(name, keyFile);
  const namespace = given.value('namespace') ?? environment['CLOUD_KASSA_NAMESPACE'];
  return databaseStore({
    connectionString: name,
    namespace,
    directory: given.value('read-models') ?? environment['CLOUD_KASSA_READ_MODELS'] ?? DEFAULT_READ_MODELS,
    keyFile,
  });
};

/** The store of a call: as an option says, else the environment, else the folder `.cloud-kassa`. */
export const storeOf = (given: Given, environment: Environment): StoreChoice =>
  storeNamed(given.value('store') ?? environment['CLOUD_KASSA_STORE'] ?? DEFAULT_STORE, given, environment);
