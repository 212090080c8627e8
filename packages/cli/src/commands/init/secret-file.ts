import { mkdirSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { KassaError } from '@cloud-kassa/cloud-kassa';
import { makePrivateFile } from '@cloud-kassa/cloud-kassa';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Values } from './form-answers';

const PRIVATE_DIRECTORY = 0o700;

/** What the path of a reference may consist of; a device refuses any other. */
const REFERABLE = /^[A-Za-z0-9._/-]{1,120}$/;

/** A reference to a file: by its full path, or from where the command was called if the full path can be no reference. */
export const referenceTo = (file: string): string => {
  const full = resolve(file);
  return `file:${REFERABLE.test(full) ? full : relative('.', full)}`;
};

/** A single secret stands alone in its file, several as a JSON object by their names. */
const contentOf = (secrets: Values): string => {
  const values = Object.values(secrets);
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : JSON.stringify(secrets);
};

/**
 * Keeps secrets that a person typed in a file beside the store that only its owner may read, and answers with its reference. An existing file
 * is never overwritten.
 */
export const keepSecrets = async (
  store: string,
  deviceId: string,
  secrets: Values,
  runtime: Runtime,
): Promise<E.Either<KassaError, string>> => {
  const folder = join(store, 'secrets');
  const file = join(folder, deviceId);
  const refused = (why: string): E.Either<KassaError, never> =>
    E.left({
      code: 'cannot-open',
      part: file,
      why: 'CannotOpen',
      message: `The secret was not kept in ${file}: ${why}.`,
      russian: `Секрет не сохранён в ${file}: ${why}.`,
    });
  try {
    mkdirSync(folder, { recursive: true, mode: PRIVATE_DIRECTORY });
  } catch (error) {
    return refused(error instanceof Error && 'code' in error ? String(error.code) : 'unknown');
  }
  const made = await makePrivateFile(file, () => `${contentOf(secrets)}\n`, runtime);
  if (!made.ok) return E.left(made.error);
  return made.value.made
    ? E.right(referenceTo(file))
    : refused(`there is such a file already (--secret ${referenceTo(file)})`);
};

/** Takes back what was kept for a device that was refused. */
export const forgetSecrets = (store: string, deviceId: string): void => {
  rmSync(join(store, 'secrets', deviceId), { force: true });
};
