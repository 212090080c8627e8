import * as t from 'io-ts';
import { fieldCodec } from '../../codec/field-codec';
import type { Reader } from '../../codec/object-codec';
import { decimalText, scaledDecimal } from '../../json/exact-decimal';
import { numberText } from '../../json/json-tree';

const KOPECK = 2;
const MILLIONTH = 6;

const safe = (units: bigint | undefined): number | undefined =>
  units === undefined || units < 0n || units > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(units);

/** Leaves of a request: numbers are read from their text, a tolerant reader takes numbers in quotation marks and numbers for texts too. */
export const wireFields = (reader: Reader) => {
  const scaled = (input: unknown, places: number): bigint | undefined => {
    const text =
      numberText(input) ?? (reader === 'tolerant' && typeof input === 'string' ? input : undefined);
    return text === undefined ? undefined : scaledDecimal(text, places);
  };
  return {
    /** Roubles as kopecks. */
    money: fieldCodec('not-roubles-and-kopecks', (input) => safe(scaled(input, KOPECK))),
    /** A quantity as the shortest decimal of at most six places. */
    quantity: fieldCodec('not-a-quantity', (input) => {
      const units = scaled(input, MILLIONTH);
      return units === undefined || units < 0n ? undefined : decimalText(units, MILLIONTH);
    }),
    natural: fieldCodec('not-a-natural', (input) => safe(scaled(input, 0))),
    naturalOrNull: fieldCodec('not-a-natural', (input) => (input === null ? null : safe(scaled(input, 0)))),
    text: fieldCodec('not-a-text', (input) => {
      if (typeof input === 'string') return input;
      return reader === 'tolerant' ? numberText(input) : undefined;
    }),
    flag: fieldCodec('not-a-flag', (input) => (typeof input === 'boolean' ? input : undefined)),
    /** Any object: its members are texts. */
    texts: t.record(t.string, t.string),
  };
};

export type WireFields = ReturnType<typeof wireFields>;
