import * as E from 'fp-ts/Either';
import type * as t from 'io-ts';
import { guardedCodec } from './guarded-codec';

interface InnBrand {
  readonly Inn: unique symbol;
}

/** Taxpayer number (ИНН): ten digits for an organisation, twelve for a person, with valid check digits. */
export type Inn = t.Branded<string, InnBrand>;

/** Why something is not a taxpayer number. The refused value is left out on purpose. */
export interface NotInn {
  readonly _tag: 'NotInn';
  readonly rule: 'ten-or-twelve-digits' | 'region' | 'check-digits';
}

/** What the format puts where the other side has no Russian taxpayer number (tags 1226, 1228). */
export const INN_PLACEHOLDER = '000000000000';

const SHAPE = /^(?:\d{10}|\d{12})$/;
const WEIGHTS_10 = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const WEIGHTS_11 = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const WEIGHTS_12 = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/** The digit after as many digits as there are weights, modulo 11 and then 10, is the one the number has. */
const checks = (digits: string, weights: ReadonlyArray<number>): boolean =>
  (weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11) % 10 ===
  Number(digits[weights.length]);

const problemOf = (text: string): NotInn['rule'] | undefined => {
  if (!SHAPE.test(text)) return 'ten-or-twelve-digits';
  if (text.startsWith('00')) return 'region';
  const valid =
    text.length === 10 ? checks(text, WEIGHTS_10) : checks(text, WEIGHTS_11) && checks(text, WEIGHTS_12);
  return valid ? undefined : 'check-digits';
};

/** Is it a taxpayer number: ten or twelve digits, region not 00, check digits right? Padding of fixed tags is not part of it. */
export const isInn = (text: string): text is Inn => problemOf(text) === undefined;

/** As {@link isInn}, or the twelve zeros that stand for "no Russian taxpayer number" where the format has them (tags 1226, 1228). */
export const isInnOrPlaceholder = (text: string): boolean => text === INN_PLACEHOLDER || isInn(text);

/** A taxpayer number from text; refuses other shapes, the region 00 (so the placeholder too) and wrong check digits. */
export const inn = (text: string): E.Either<NotInn, Inn> => {
  const rule = problemOf(text);
  return rule === undefined ? E.right(text as Inn) : E.left({ _tag: 'NotInn', rule });
};

/** {@link Inn} in stored and transferred data. */
export const InnCodec: t.Type<Inn, string> = guardedCodec<Inn, string>(
  'Inn',
  (input): input is Inn => typeof input === 'string' && isInn(input),
);
