import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { KassaError } from '@cloud-kassa/cloud-kassa';
import * as E from 'fp-ts/Either';
import type { StoreChoice } from './store-choice';

export const noStoreIn = (name: string): KassaError => ({
  code: 'cannot-open',
  part: name,
  why: 'NoStore',
  message: `There is no store in ${name}. A store begins with: cloud-kassa init`,
  russian: `В каталоге ${name} хранилища нет. Хранилище создаёт команда: cloud-kassa init`,
});

/** A store in a folder of this machine. */
export const directoryStore = (directory: string, keyFile: string | undefined): StoreChoice => ({
  name: directory,
  directory,
  options: ['--store', directory, ...(keyFile === undefined ? [] : ['--key-file', keyFile])],
  storage: (isMade) =>
    isMade || existsSync(join(directory, 'events.db'))
      ? E.right({
          kind: 'sqlite',
          directory,
          ...(keyFile === undefined ? {} : { keyEncryptionKey: { file: keyFile } }),
        })
      : E.left(noStoreIn(directory)),
  apart: (name) => directoryStore(join(directory, name), keyFile),
});
