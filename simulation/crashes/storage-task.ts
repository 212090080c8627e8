import type { Storage } from '@cloud-kassa/cloud-kassa';
import type { EsdbSettings } from '@cloud-kassa/event-store-esdb';
import { openEsdbStore } from '@cloud-kassa/event-store-esdb';

/** Where a process keeps things, in words that another process can be given. */
export type StorageTask =
  | { readonly kind: 'sqlite'; readonly directory: string }
  | {
      readonly kind: 'esdb';
      readonly connectionString: string;
      /** Of this host, for its read models. */
      readonly directory: string;
      /** Of all hosts. */
      readonly keyFile: string;
    };

/** A client in a hurry: it gives up in so short a time that unknown outcomes reach those who asked. */
export const ESDB_SETTINGS: Partial<EsdbSettings> = {
  opening: 2_000,
  attempt: 400,
  deadline: 1_500,
  silence: 800,
  look: 100,
  liveness: 1_500,
};

export const storageOf = (task: StorageTask): Storage => {
  switch (task.kind) {
    case 'sqlite':
      return { kind: 'sqlite', directory: task.directory };
    case 'esdb': {
      const { directory, keyFile, connectionString } = task;
      return {
        kind: 'database',
        directory,
        keyEncryptionKey: { file: keyFile },
        open: (runtime) => openEsdbStore({ connectionString, runtime, settings: ESDB_SETTINGS }),
      };
    }
  }
};
