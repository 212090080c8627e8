import * as E from 'fp-ts/Either';

/** A JSON value as it was read. Objects have no prototype. */
export type JsonRead =
  | null
  | boolean
  | number
  | string
  | ReadonlyArray<JsonRead>
  | { readonly [key: string]: JsonRead };

/** Why a text is not taken for JSON, and where; what stands there is never told. */
export interface NotJson {
  readonly _tag: 'NotJson';
  readonly rule: 'syntax' | 'too-deep' | 'too-many-keys' | 'duplicate-key' | 'forbidden-key';
  /** Index of the character. */
  readonly at: number;
}

const DEEPEST = 32;
const MOST_KEYS = 10_000;

/** Names through which an object could be turned into something else. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

const SPACE = /[\u0020\n\r\t]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS: ReadonlyArray<readonly [word: string, value: null | boolean]> = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/** So many significant digits every number of JavaScript keeps. */
const EXACT_DIGITS = 15;

const significantDigits = (literal: string): number =>
  literal
    .replace(/[eE].*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+/, '').length;

/** A number that JavaScript would change stays the text it was: no digit of money or of an identifier is ever lost. */
const numberOf = (literal: string): number | string => {
  const value = Number(literal);
  const isKept = Number.isFinite(value) && significantDigits(literal) <= EXACT_DIGITS;
  return isKept || String(value) === literal ? value : literal;
};

const REFUSED = Symbol('refused');
type Refused = typeof REFUSED;

/** One pass over a text. Every step gives a value or `REFUSED`; the first refusal is kept. */
const readerOf = (text: string) => {
  let at = 0;
  let keys = 0;
  let refusal: NotJson | undefined;

  const refuse = (rule: NotJson['rule'] = 'syntax'): Refused => {
    refusal ??= { _tag: 'NotJson', rule, at };
    return REFUSED;
  };

  const skipSpace = (): void => {
    SPACE.lastIndex = at;
    SPACE.test(text);
    at = SPACE.lastIndex;
  };

  /** Takes one character and the space behind it, if it is the one. */
  const take = (char: string): boolean => {
    if (text.charAt(at) !== char) return false;
    at += 1;
    skipSpace();
    return true;
  };

  const string = (): string | Refused => {
    const start = at;
    if (text.charAt(at) !== '"') return refuse();
    let isEscaped = false;
    for (at += 1; text.charAt(at) !== '"'; at += 1) {
      if (text.charAt(at) === '\\') {
        isEscaped = true;
        at += 1;
      }
      // A control character, or the end of the text, where the code is NaN.
      if (!(text.charCodeAt(at) >= 0x20)) return refuse();
    }
    at += 1;
    const raw = text.slice(start, at);
    skipSpace();
    if (!isEscaped) return raw.slice(1, -1);
    try {
      return JSON.parse(raw) as string;
    } catch {
      return refuse();
    }
  };

  const number = (): number | string | Refused => {
    NUMBER.lastIndex = at;
    const literal = NUMBER.exec(text)?.[0];
    if (literal === undefined) return refuse();
    at += literal.length;
    skipSpace();
    return numberOf(literal);
  };

  const array = (depth: number): JsonRead | Refused => {
    const items: JsonRead[] = [];
    if (take(']')) return items;
    do {
      const item = value(depth);
      if (item === REFUSED) return REFUSED;
      items.push(item);
    } while (take(','));
    return take(']') ? items : refuse();
  };

  const newKey = (known: object): string | Refused => {
    const key = string();
    if (key === REFUSED) return REFUSED;
    keys += 1;
    if (keys > MOST_KEYS) return refuse('too-many-keys');
    if (FORBIDDEN.has(key)) return refuse('forbidden-key');
    if (key in known) return refuse('duplicate-key');
    return take(':') ? key : refuse();
  };

  const object = (depth: number): JsonRead | Refused => {
    const members = Object.create(null) as Record<string, JsonRead>;
    if (take('}')) return members;
    do {
      const key = newKey(members);
      if (key === REFUSED) return REFUSED;
      const member = value(depth);
      if (member === REFUSED) return REFUSED;
      members[key] = member;
    } while (take(','));
    return take('}') ? members : refuse();
  };

  const value = (depth: number): JsonRead | Refused => {
    const char = text.charAt(at);
    if (depth >= DEEPEST && (char === '{' || char === '[')) return refuse('too-deep');
    if (take('{')) return object(depth + 1);
    if (take('[')) return array(depth + 1);
    if (char === '"') return string();
    const word = WORDS.find(([name]) => text.startsWith(name, at));
    if (word === undefined) return number();
    at += word[0].length;
    skipSpace();
    return word[1];
  };

  return (): E.Either<NotJson, JsonRead> => {
    skipSpace();
    const read = value(0);
    if (read !== REFUSED && at < text.length) refuse();
    return refusal === undefined ? E.right(read as JsonRead) : E.left(refusal);
  };
};

/**
 * Reads JSON (RFC 8259) that came from outside. Refused beyond the syntax: a key that stands twice in an object, `__proto__`,
 * `constructor` and `prototype` as keys, more than 32 levels, more than 10 000 keys. A number whose digits JavaScript would not keep is
 * given as the text it was. Linear in the length of the text.
 */
export const readJson = (text: string): E.Either<NotJson, JsonRead> => readerOf(text)();
