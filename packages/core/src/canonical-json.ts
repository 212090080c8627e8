import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';

/** A value that has exactly one canonical text. Money, numbers of documents and tags are integers; fractions are strings. */
export type Json = string | number | boolean | ReadonlyArray<Json> | { readonly [key: string]: Json };

/** Why a value has no canonical text, and where: `path` is dotted, without the value itself. */
export interface NotCanonical {
  readonly _tag: 'NotCanonical';
  readonly path: string;
  readonly rule:
    | 'integer-range'
    | 'no-null'
    | 'no-such-type'
    | 'no-prototype-key'
    | 'lone-surrogate'
    | 'too-deep'
    | 'no-json'
    | 'other-text';
}

/** Arrays and objects may lie in each other so deep; a cycle is refused by the same rule. */
export const CANONICAL_DEPTH = 32;

/**
 * The canonical text of a value: the JSON canonicalization scheme (RFC 8785) narrowed to what has one reading everywhere.
 *
 * - Keys are sorted by UTF-16 code units; a key whose value is `undefined` is absent.
 * - Numbers are integers within ±(2^53 − 1); minus zero is written as zero.
 * - Refused with the path: fractions and larger numbers (`integer-range`), `null` (`no-null`), anything that is not text, number,
 *   boolean, array or plain object (`no-such-type`), the key `__proto__` (`no-prototype-key`), text or keys that are not well-formed
 *   Unicode (`lone-surrogate`), and nesting deeper than {@link CANONICAL_DEPTH} (`too-deep`).
 */
export const canonicalJson = (value: unknown): Either<NotCanonical, string> => {
  const text = textOf(value, 0);
  return typeof text === 'string' ? E.right(text) : E.left(text);
};

/**
 * The value of a canonical text. Refuses what is no JSON (`no-json`) and what is not the one canonical text of its value
 * (`other-text`: spaces, unsorted or repeated keys, `1.0`, `1e3`), beside the rules of {@link canonicalJson}.
 */
export const parseCanonical = (text: string): Either<NotCanonical, Json> => {
  const value = E.tryCatch(
    () => JSON.parse(text) as Json,
    () => refusal('no-json'),
  );
  if (E.isLeft(value)) return value;
  const canonical = textOf(value.right, 0);
  if (typeof canonical !== 'string') return E.left(canonical);
  return canonical === text ? value : E.left(refusal('other-text'));
};

const refusal = (rule: NotCanonical['rule']): NotCanonical => ({ _tag: 'NotCanonical', path: '', rule });

const under = (key: string | number, inner: NotCanonical): NotCanonical => ({
  ...inner,
  path: inner.path === '' ? String(key) : `${key}.${inner.path}`,
});

const textOf = (value: unknown, depth: number): string | NotCanonical => {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? String(value) : refusal('integer-range');
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null) return refusal('no-null');
  if (typeof value !== 'object') return refusal('no-such-type');
  if (depth === CANONICAL_DEPTH) return refusal('too-deep');
  if (Array.isArray(value)) return arrayText(value, depth + 1);
  return isPlain(value) ? objectText(value, depth + 1) : refusal('no-such-type');
};

const arrayText = (values: ReadonlyArray<unknown>, depth: number): string | NotCanonical => {
  let text = '[';
  for (let index = 0; index < values.length; index += 1) {
    const part = textOf(values[index], depth);
    if (typeof part !== 'string') return under(index, part);
    text += index === 0 ? part : `,${part}`;
  }
  return `${text}]`;
};

const objectText = (value: Readonly<Record<string, unknown>>, depth: number): string | NotCanonical => {
  let text = '{';
  for (const key of sortedKeys(value)) {
    const inner = value[key];
    if (inner === undefined) continue;
    if (key === '__proto__') return refusal('no-prototype-key');
    const name = quoted(key);
    if (typeof name !== 'string') return name;
    const part = textOf(inner, depth);
    if (typeof part !== 'string') return under(key, part);
    text += text.length === 1 ? `${name}:${part}` : `,${name}:${part}`;
  }
  return `${text}}`;
};

// Events that were read back come with sorted keys; checking costs less than sorting.
const sortedKeys = (value: object): ReadonlyArray<string> => {
  const keys = Object.keys(value);
  for (let index = 1; index < keys.length; index += 1) {
    if ((keys[index - 1] ?? '') > (keys[index] ?? '')) return keys.toSorted();
  }
  return keys;
};

// The prototype of a plain object has no prototype itself, also where the object comes from another realm.
const isPlain = (value: object): value is Readonly<Record<string, unknown>> => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

const NEEDS_CARE = /[^ !#-[\]-~]/;
const LONE_SURROGATE = /[\ud800-\udfff]/u;

const quoted = (text: string): string | NotCanonical => {
  if (!NEEDS_CARE.test(text)) return `"${text}"`;
  return LONE_SURROGATE.test(text) ? refusal('lone-surrogate') : JSON.stringify(text);
};
