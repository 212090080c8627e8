import type { Storage } from '@cloud-kassa/cloud-kassa';
import { openEsdbStore } from '@cloud-kassa/event-store-esdb';

/** What a machine of the cluster has to know. It comes from the environment: an address may hold a password. */
export interface Place {
  /** `ESDB_URL`: the database that all share. */
  readonly connectionString: string;
  /** `ESDB_NAMESPACE`: the part of that database which is theirs. */
  readonly namespace: string;
  /** `KEY_FILE`: the key that opens the keys of persons; all have the same one. */
  readonly keyFile: string;
  /** `DIRECTORY`: for the read models of this one, shared with nobody. */
  readonly directory: string;
}

/** Events, leases, checkpoints and keys of persons in the database, read models in the directory. */
export const sharedStorage = ({ connectionString, namespace, keyFile, directory }: Place): Storage => ({
  kind: 'database',
  directory,
  keyEncryptionKey: { file: keyFile },
  open: (runtime) => openEsdbStore({ connectionString, runtime, settings: { namespace } }),
});
