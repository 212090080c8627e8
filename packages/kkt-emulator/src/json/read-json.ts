import * as E from 'fp-ts/Either';
import { jsonNumber } from './json-tree';
import type { JsonTree } from './json-tree';

/** Why a text was not read, and where: the index of the character. */
export interface NotJson {
  readonly _tag: 'NotJson';
  readonly rule: 'syntax' | 'too-deep' | 'too-many-values' | 'name-twice';
  readonly at: number;
}

export interface JsonLimits {
  /** Arrays and objects inside each other. */
  readonly depth: number;
  /** Values of all kinds in the whole text. */
  readonly values: number;
}

export const USUAL_JSON_LIMITS: JsonLimits = { depth: 32, values: 10_000 };

interface Cursor {
  readonly text: string;
  readonly limits: JsonLimits;
  at: number;
  values: number;
  failure: NotJson | undefined;
}

const SPACE = /[ \t\n\r]*/uy;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/uy;
// oxlint-disable-next-line no-control-regex -- JSON forbids control characters in strings.
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;

const take = (cursor: Cursor, pattern: RegExp): string | undefined => {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  cursor.at += found?.length ?? 0;
  return found;
};

const fail = (cursor: Cursor, rule: NotJson['rule']): undefined => {
  cursor.failure ??= { _tag: 'NotJson', rule, at: cursor.at };
  return undefined;
};

/** Skips white space and takes the character if it is the next one. */
const next = (cursor: Cursor, character: string): boolean => {
  take(cursor, SPACE);
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at += 1;
  return true;
};

const string = (cursor: Cursor): string | undefined => {
  const literal = take(cursor, STRING);
  if (literal === undefined) return fail(cursor, 'syntax');
  return literal.includes('\\') ? String(JSON.parse(literal)) : literal.slice(1, -1);
};

const array = (cursor: Cursor, depth: number): JsonTree | undefined => {
  const elements: Array<JsonTree> = [];
  if (next(cursor, ']')) return elements;
  for (;;) {
    const element = value(cursor, depth);
    if (element === undefined) return undefined;
    elements.push(element);
    if (next(cursor, ']')) return elements;
    if (!next(cursor, ',')) return fail(cursor, 'syntax');
  }
};

const object = (cursor: Cursor, depth: number): JsonTree | undefined => {
  const members: Record<string, JsonTree> = Object.create(null);
  if (next(cursor, '}')) return members;
  for (;;) {
    take(cursor, SPACE);
    const name = string(cursor);
    if (name === undefined) return undefined;
    if (name in members) return fail(cursor, 'name-twice');
    if (!next(cursor, ':')) return fail(cursor, 'syntax');
    const member = value(cursor, depth);
    if (member === undefined) return undefined;
    members[name] = member;
    if (next(cursor, '}')) return members;
    if (!next(cursor, ',')) return fail(cursor, 'syntax');
  }
};

const WORDS: ReadonlyArray<readonly [string, JsonTree]> = [
  ['true', true],
  ['false', false],
  ['null', null],
];

const scalar = (cursor: Cursor): JsonTree | undefined => {
  if (cursor.text[cursor.at] === '"') return string(cursor);
  const word = WORDS.find(([text]) => cursor.text.startsWith(text, cursor.at));
  if (word !== undefined) {
    cursor.at += word[0].length;
    return word[1];
  }
  const number = take(cursor, NUMBER);
  return number === undefined ? fail(cursor, 'syntax') : jsonNumber(number);
};

const value = (cursor: Cursor, depth: number): JsonTree | undefined => {
  cursor.values += 1;
  if (cursor.values > cursor.limits.values) return fail(cursor, 'too-many-values');
  const isArray = next(cursor, '[');
  if (!isArray && !next(cursor, '{')) return scalar(cursor);
  if (depth === cursor.limits.depth) return fail(cursor, 'too-deep');
  return isArray ? array(cursor, depth + 1) : object(cursor, depth + 1);
};

/**
 * Reads a JSON text (RFC 8259) without loss. `JSON.parse` would turn money into floats and let the last of two members of one
 * name win; here numbers keep their text, and a name that occurs twice in an object is refused, as is what exceeds the limits.
 */
export const readJson = (
  text: string,
  limits: JsonLimits = USUAL_JSON_LIMITS,
): E.Either<NotJson, JsonTree> => {
  const cursor: Cursor = { text, limits, at: 0, values: 0, failure: undefined };
  const tree = value(cursor, 0);
  take(cursor, SPACE);
  if (tree !== undefined && cursor.at < text.length) fail(cursor, 'syntax');
  return tree === undefined || cursor.failure !== undefined
    ? E.left(cursor.failure ?? { _tag: 'NotJson', rule: 'syntax', at: cursor.at })
    : E.right(tree);
};
