import * as E from 'fp-ts/Either';
import type { ImportRefusal, ImportRule } from '../import-rules';
import { refuse } from '../import-rules';

/** A JSON value whose numbers are whole and exact. Objects have no prototype. */
export type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json };

const DEEPEST = 16;

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WHOLE = /^-?\d+$/;
const WORDS: ReadonlyArray<readonly [word: string, value: null | boolean]> = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/** A key may be personal data itself, so only what looks like a field name is ever told. */
const SHOWABLE = /^[A-Za-z_$][\w$-]{0,39}$/;

export const shownKey = (key: string): string => (SHOWABLE.test(key) ? key : '?');

const REFUSED = Symbol('refused');
type Refused = typeof REFUSED;

/** One pass over a text. Every step gives a value or `REFUSED`; the first refusal is kept with the path it happened at. */
const readerOf = (text: string) => {
  const path: Array<string> = [];
  let at = 0;
  let refusal: ImportRefusal | undefined;

  const fail = (rule: ImportRule = 'json-syntax'): Refused => {
    refusal ??= refuse(rule, path.join('.'));
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
    if (text.charAt(at) !== '"') return fail();
    let isEscaped = false;
    for (at += 1; text.charAt(at) !== '"'; at += 1) {
      if (text.charAt(at) === '\\') {
        isEscaped = true;
        at += 1;
      }
      // A control character, or the end of the text, where the code is NaN.
      if (!(text.charCodeAt(at) >= 0x20)) return fail();
    }
    at += 1;
    const raw = text.slice(start, at);
    skipSpace();
    if (!isEscaped) return raw.slice(1, -1);
    try {
      return JSON.parse(raw) as string;
    } catch {
      return fail();
    }
  };

  const number = (): number | Refused => {
    NUMBER.lastIndex = at;
    const literal = NUMBER.exec(text)?.[0];
    if (literal === undefined) return fail();
    at += literal.length;
    skipSpace();
    if (!WHOLE.test(literal) || literal === '-0') return fail('number-not-whole');
    const value = Number(literal);
    return Number.isSafeInteger(value) ? value : fail('number-too-large');
  };

  const within = (step: string, depth: number): Json | Refused => {
    path.push(step);
    const read = value(depth);
    if (read !== REFUSED) path.pop();
    return read;
  };

  const array = (depth: number): Json | Refused => {
    const items: Array<Json> = [];
    if (take(']')) return items;
    do {
      const item = within(String(items.length), depth);
      if (item === REFUSED) return REFUSED;
      items.push(item);
    } while (take(','));
    return take(']') ? items : fail();
  };

  const object = (depth: number): Json | Refused => {
    const members = Object.create(null) as Record<string, Json>;
    if (take('}')) return members;
    do {
      const key = string();
      if (key === REFUSED) return REFUSED;
      if (key in members) {
        path.push(shownKey(key));
        return fail('json-key-twice');
      }
      if (!take(':')) return fail();
      const member = within(shownKey(key), depth);
      if (member === REFUSED) return REFUSED;
      members[key] = member;
    } while (take(','));
    return take('}') ? members : fail();
  };

  const value = (depth: number): Json | Refused => {
    const char = text.charAt(at);
    if (depth >= DEEPEST && (char === '{' || char === '[')) return fail('json-too-deep');
    if (take('{')) return object(depth + 1);
    if (take('[')) return array(depth + 1);
    if (char === '"') return string();
    const word = WORDS.find(([name]) => text.startsWith(name, at));
    if (word === undefined) return number();
    at += word[0].length;
    skipSpace();
    return word[1];
  };

  return (): E.Either<ImportRefusal, Json> => {
    skipSpace();
    const read = value(0);
    if (read !== REFUSED && at < text.length) fail();
    return read === REFUSED || refusal !== undefined
      ? E.left(refusal ?? refuse('json-syntax'))
      : E.right(read);
  };
};

/**
 * Reads the JSON (RFC 8259) of one line. Every number has to be written as a whole number within ±(2^53 − 1): `1.0`, `1e2` and what no
 * double holds exactly are refused, so no amount ever passes through a rounded number. A key that stands twice in an object is refused,
 * as are more than 16 levels. Linear in the length of the text.
 */
export const readJsonLine = (text: string): E.Either<ImportRefusal, Json> => readerOf(text)();
