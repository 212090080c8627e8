import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readKeyEncryptionKey } from '@cloud-kassa/event-store-sqlite';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { KassaError } from '../kassa-error';
import type { NotOpened } from './opening';
import { cannotOpen } from './opening';
import { makePrivateFile } from './private-file';

/** What opens the keys of persons: 32 bytes, or a file with them in hexadecimal digits that only its owner may read. */
export type KeyEncryptionKey = Uint8Array | { readonly file: string };

const KEY_BYTES = 32;

/** Where the key lies unless another place is given. */
export const keyFileIn = (directory: string): string => join(directory, 'keys', 'key-encryption-key');

const makeKeyFile =
  (file: string, runtime: Runtime): TaskEither<KassaError, void> =>
  async () => {
    const content = (): string => `${Buffer.from(runtime.entropy(KEY_BYTES)).toString('hex')}\n`;
    const made = await makePrivateFile(file, content, runtime);
    return made.ok ? E.right(undefined) : E.left(made.error);
  };

const keyMissing = (file: string): KassaError => ({
  code: 'cannot-open',
  part: file,
  why: 'KeyMissing',
  message: `There are keys of persons already, and the file that opens them is missing: ${file}. Put it back, copy it from the machine that made them, or name it.`,
  russian: `Ключи персональных данных уже есть, а файла, который их открывает, нет: ${file}. Верните его, скопируйте с машины, где он создан, или укажите.`,
});

/**
 * The key that was given, else that of the file in the directory, which is made unless there are keys already: a new key could open none
 * of them.
 */
export const keyEncryptionKeyOf = (
  directory: string,
  given: KeyEncryptionKey | undefined,
  hasKeys: TaskEither<KassaError, boolean>,
  runtime: Runtime,
): TaskEither<KassaError, Uint8Array> => {
  if (given instanceof Uint8Array) return TE.right(given);
  const file = given?.file ?? keyFileIn(directory);
  const isMissing = given === undefined && !existsSync(file);
  return pipe(
    isMissing ? hasKeys : TE.right(true),
    TE.chain((hasThem) => {
      if (!hasThem) return makeKeyFile(file, runtime);
      return isMissing ? TE.left(keyMissing(file)) : TE.right(undefined);
    }),
    TE.chain(() =>
      pipe(
        readKeyEncryptionKey(file),
        TE.mapLeft((error: NotOpened) => cannotOpen(file, error)),
      ),
    ),
  );
};
