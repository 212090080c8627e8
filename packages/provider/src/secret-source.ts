import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import * as E from 'fp-ts/Either';
import type { Secret } from './secret';
import { secret } from './secret';

/** Why a secret is not at hand. Neither the value nor more of the reference than its scheme is ever told. */
export interface NoSecret {
  readonly _tag: 'NoSecret';
  readonly rule:
    | 'unknown-scheme'
    | 'not-set'
    | 'not-readable'
    | 'not-a-file'
    | 'readable-by-others'
    | 'too-large'
    | 'empty';
}

/**
 * Where secrets come from, by reference: events and configurations name a secret, they never hold it. Asked whenever a secret is used,
 * so that a changed secret takes effect without a restart. Never rejects.
 */
export type SecretSource = (reference: string) => Promise<E.Either<NoSecret, Secret>>;

export interface SecretSourceOptions {
  /** Where `env:NAME` is looked up. Default: the environment of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /**
   * Who may read the file of `file:PATH`. Default `owner`: a file that its group or others may read is refused. `anybody` is for
   * containers that mount secrets readable for all. Windows has no such mode; there it is not looked at.
   */
  readonly readableBy?: 'owner' | 'anybody';
  /** Any other scheme, such as `vault:…`; answers `undefined` for a scheme it does not know. */
  readonly other?: (reference: string) => Promise<E.Either<NoSecret, Secret> | undefined>;
}

/** A client certificate with its chain and key fits several times. */
const LARGEST = 64 * 1024;

const GROUP_AND_OTHERS = 0o077;

/** A pipe at the place of the file must not hold up the process. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const no = (rule: NoSecret['rule']): E.Either<NoSecret, never> => E.left({ _tag: 'NoSecret', rule });

const isHidden = (mode: number): boolean => process.platform === 'win32' || (mode & GROUP_AND_OTHERS) === 0;

/** Editors and `echo` end a file with a line feed that is no part of the secret. */
const ofText = (text: string): E.Either<NoSecret, Secret> => {
  const value = text.replace(/\r?\n$/, '');
  return value === '' ? no('empty') : E.right(secret(value));
};

const readFile = async (
  path: string,
  readableBy: 'owner' | 'anybody',
): Promise<E.Either<NoSecret, Secret>> => {
  const file = await open(path, READ).catch(() => undefined);
  if (file === undefined) return no('not-readable');
  try {
    // The open file is judged, not its name: nothing can be put in its place between the check and the reading.
    const stat = await file.stat();
    if (!stat.isFile()) return no('not-a-file');
    if (readableBy === 'owner' && !isHidden(stat.mode)) return no('readable-by-others');
    if (stat.size > LARGEST) return no('too-large');
    return ofText(await file.readFile('utf8'));
  } catch {
    return no('not-readable');
  } finally {
    await file.close().catch(() => undefined);
  }
};

/** Secrets of the environment (`env:NAME`) and of files (`file:PATH`, one trailing line feed left out). */
export const secretSource =
  (options: SecretSourceOptions = {}): SecretSource =>
  async (reference) => {
    const colon = reference.indexOf(':');
    const [scheme, name] = [reference.slice(0, colon), reference.slice(colon + 1)];
    if (colon > 0 && scheme === 'env') {
      const value = (options.environment ?? process.env)[name];
      return value === undefined ? no('not-set') : ofText(value);
    }
    if (colon > 0 && scheme === 'file') return readFile(name, options.readableBy ?? 'owner');
    const found = await options.other?.(reference).catch(() => no('not-readable'));
    return found ?? no('unknown-scheme');
  };
