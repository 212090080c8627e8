import * as E from 'fp-ts/Either';

/** Not a fiscal sign: not six bytes, not an unsigned 32-bit number, not two service bytes, or not at most ten digits. */
export type NotFiscalSign = {
  readonly _tag: 'NotFiscalSign';
  readonly rule: 'six-bytes' | 'unsigned-32-bit' | 'two-service-bytes' | 'ten-digits';
};

/**
 * Fiscal sign of a document (ФПД, tag 1077): `number` is unsigned 32-bit, as in the exchange format; `printed` has ten digits, zeros
 * on the left; `serviceBytes` are the two bytes before it, whose meaning is unconfirmed.
 */
export type FiscalSign = {
  readonly number: number;
  readonly printed: string;
  readonly serviceBytes: Uint8Array;
};

const MAX_UINT32 = 0xffff_ffff;
const PRINTED_LENGTH = 10;

const refuse = (rule: NotFiscalSign['rule']): E.Either<NotFiscalSign, never> =>
  E.left({ _tag: 'NotFiscalSign', rule });

const isUint32 = (number: number): boolean => Number.isInteger(number) && number >= 0 && number <= MAX_UINT32;

/** The number as receipts print it: ten digits, zeros on the left. Refuses what is not an unsigned 32-bit number. */
export const printFiscalSign = (number: number): E.Either<NotFiscalSign, string> =>
  isUint32(number) ? E.right(String(number).padStart(PRINTED_LENGTH, '0')) : refuse('unsigned-32-bit');

/** A printed fiscal sign, at most ten digits with or without the zeros on the left, to its number. */
export const parseFiscalSign = (printed: string): E.Either<NotFiscalSign, number> => {
  if (!/^\d{1,10}$/.test(printed)) return refuse('ten-digits');
  const number = Number(printed);
  return isUint32(number) ? E.right(number) : refuse('unsigned-32-bit');
};

/** The six bytes of tag 1077: two service bytes, then the number, most significant byte first. */
export const readFiscalSign = (bytes: Uint8Array): E.Either<NotFiscalSign, FiscalSign> => {
  if (bytes.length !== 6) return refuse('six-bytes');
  const number = bytes.slice(2).reduce((value, byte) => value * 256 + byte, 0);
  return E.map((printed: string) => ({ number, printed, serviceBytes: bytes.slice(0, 2) }))(
    printFiscalSign(number),
  );
};

/** Number and service bytes to the six bytes of tag 1077. */
export const writeFiscalSign = (
  number: number,
  serviceBytes: Uint8Array,
): E.Either<NotFiscalSign, Uint8Array> => {
  if (!isUint32(number)) return refuse('unsigned-32-bit');
  if (serviceBytes.length !== 2) return refuse('two-service-bytes');
  const octets = [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff);
  return E.right(Uint8Array.of(...serviceBytes, ...octets));
};
