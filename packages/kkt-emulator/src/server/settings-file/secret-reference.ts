import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** The value behind a reference, or the rule it breaks. Neither is ever told together with the other. */
export type SecretOf = (reference: string) => E.Either<string, string>;

const LARGEST = 64 * 1024;
const GROUP_AND_OTHERS = 0o077;

/** Editors and `echo` end a file with a line feed that is no part of the secret. */
const filled = (text: string): E.Either<string, string> => {
  const value = text.replace(/\r?\n$/u, '');
  return value === '' ? E.left('secret-empty') : E.right(value);
};

const inFile = (path: string): E.Either<string, string> => {
  let file: number;
  try {
    // A pipe at the place of the file must not hold up the process.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return E.left('secret-not-readable');
  }
  try {
    const { mode, size } = fstatSync(file);
    if (process.platform !== 'win32' && (mode & GROUP_AND_OTHERS) !== 0)
      return E.left('secret-readable-by-others');
    return size > LARGEST ? E.left('secret-too-large') : filled(readFileSync(file, 'utf8'));
  } catch {
    return E.left('secret-not-readable');
  } finally {
    closeSync(file);
  }
};

/**
 * A secret of the environment (`env:NAME`), of a file that its owner alone may read (`file:PATH`, from the working directory), or, for what
 * is no secret to anybody, the text itself (`plain:TEXT`).
 *
 * Rules: `not-a-secret-reference`, `secret-not-set`, `secret-empty`, `secret-not-readable`, `secret-readable-by-others`, `secret-too-large`.
 */
export const localSecret: SecretOf = (reference) => {
  const [, scheme, rest = ''] = /^(env|file|plain):(.+)$/su.exec(reference) ?? [];
  if (scheme === 'plain') return E.right(rest);
  if (scheme === 'file') return inFile(rest);
  if (scheme !== 'env') return E.left('not-a-secret-reference');
  const value = process.env[rest];
  return value === undefined ? E.left('secret-not-set') : filled(value);
};

/** A reference that is read as the secret it leads to. */
export const secretField = (secretOf: SecretOf): t.Type<string, string> =>
  new t.Type<string, string>(
    'secret',
    t.string.is,
    (input, context) => {
      const found = typeof input === 'string' ? secretOf(input) : E.left('not-a-text');
      return E.isLeft(found) ? t.failure(undefined, context, found.left) : t.success(found.right);
    },
    (value) => value,
  );
