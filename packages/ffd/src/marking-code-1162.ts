import * as E from 'fp-ts/Either';

/** Why no code of goods can be made. The refused value is left out on purpose. */
export interface NotMarkingCode {
  readonly _tag: 'NotMarkingCode';
  readonly rule: 'gtin-digits' | 'serial-characters' | 'at-most-32-bytes';
}

/** The longest code of goods, in bytes. */
export const MARKING_CODE_1162_LIMIT = 32;

const GTIN = /^(?:\d{8}|\d{12,14})$/;
const PRINTABLE = /^[\x21-\x7e]+$/;
const WITHOUT_SERIAL = [0x49, 0x0e];
const WITH_SERIAL = [0x44, 0x4d];
const GTIN_BYTES = 6;

const bigEndian = (value: number): ReadonlyArray<number> =>
  Array.from(
    { length: GTIN_BYTES },
    (_byte, index) => Math.floor(value / 256 ** (GTIN_BYTES - 1 - index)) % 256,
  );

/**
 * The code of goods of FFD 1.05 (код товара, tag 1162) from a GTIN and, where there is one, the serial of the piece: two bytes of prefix
 * (`49 0E` without, `44 4D` with a serial), the GTIN as six bytes big-endian, the serial in ASCII.
 *
 * `gtin` is 8, 12, 13 or 14 digits; its check digit is not judged, for codes in use have wrong ones. Refuses other shapes, an empty serial or
 * one with characters outside printable ASCII, and a code above 32 bytes.
 */
export const markingCode1162 = (gtin: string, serial?: string): E.Either<NotMarkingCode, Uint8Array> => {
  const refuse = (rule: NotMarkingCode['rule']) => E.left({ _tag: 'NotMarkingCode' as const, rule });
  if (!GTIN.test(gtin)) return refuse('gtin-digits');
  const goods = bigEndian(Number(gtin));
  if (serial === undefined) return E.right(Uint8Array.from([...WITHOUT_SERIAL, ...goods]));
  if (!PRINTABLE.test(serial)) return refuse('serial-characters');
  if (WITH_SERIAL.length + GTIN_BYTES + serial.length > MARKING_CODE_1162_LIMIT)
    return refuse('at-most-32-bytes');
  const ascii = Array.from(serial, (character) => character.charCodeAt(0));
  return E.right(Uint8Array.from([...WITH_SERIAL, ...goods, ...ascii]));
};
