import * as E from 'fp-ts/Either';
import { readJson } from './http/read-json';
import type { Secret } from './secret';
import { secret } from './secret';
import type { NoSecret, SecretSource } from './secret-source';

/** Why the secrets of a connection are not at hand; `missing` names the field, never a value. */
export type NoSecretBundle = NoSecret | { readonly _tag: 'NoSecretField'; readonly missing: string };

const textField = (text: string, key: string): string | undefined => {
  const read = readJson(text);
  if (E.isLeft(read) || read.right === null || typeof read.right !== 'object' || Array.isArray(read.right))
    return undefined;
  const found = Object.entries(read.right).find(([name]) => name === key)?.[1];
  return typeof found === 'string' && found !== '' ? found : undefined;
};

/**
 * The secrets of one connection by the names of their fields. A connection has one reference: where it needs one secret the reference
 * leads to the secret itself, where it needs several to a JSON object with a text for each. A JSON object serves for one secret too.
 */
export const secretBundle = async <Name extends string>(
  source: SecretSource,
  reference: string,
  names: ReadonlyArray<Name>,
): Promise<E.Either<NoSecretBundle, Readonly<Record<Name, Secret>>>> => {
  const whole = await source(reference).catch((): E.Either<NoSecret, Secret> =>
    E.left({ _tag: 'NoSecret', rule: 'not-readable' }),
  );
  if (E.isLeft(whole)) return whole;
  const text = whole.right.reveal();
  const found = new Map<Name, Secret>();
  for (const name of names) {
    const value = textField(text, name) ?? (names.length === 1 ? text : undefined);
    if (value === undefined) return E.left({ _tag: 'NoSecretField', missing: name });
    found.set(name, secret(value));
  }
  return E.right(Object.fromEntries(found) as Record<Name, Secret>);
};
