import * as E from 'fp-ts/Either';
import type { FiscalDocument } from '@cloud-kassa/core';
import type { LocalDateTime, ZoneCode } from '@cloud-kassa/ffd';
import { instant, instantToLocal, localDateTime, parseFiscalSign } from '@cloud-kassa/ffd';
import type { JsonRead } from '@cloud-kassa/provider';
import type { OneCSettings } from '../settings';
import { at, isJsonObject } from './wire-answer';

/** What of the settings decides how a result is read. */
export type ResultSettings = Pick<OneCSettings, 'receiptNumberMeans' | 'kktSerialNumberMeans' | 'zone'>;

/** A result lacks what a fiscal document must have, or has something else in its place; the field is named. */
export interface NotAResult {
  readonly _tag: 'NotAResult';
  readonly field: string;
}

const DRIVE_NUMBER = /^\d{16}$/;
const REGISTRATION_NUMBER = /^\d{16}$/;
const LARGEST_NUMBER = 0xff_ff_ff_ff;

/** Digits, written as a number or as a text. */
const digitsOf = (value: JsonRead | undefined): string | undefined => {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^\d+$/.test(text.trim()) ? text.trim() : undefined;
};

/** Documents, receipts and shifts are counted from 1. */
const numberOf = (value: JsonRead | undefined): number | undefined => {
  const number = Number(digitsOf(value) ?? Number.NaN);
  return Number.isSafeInteger(number) && number >= 1 && number <= LARGEST_NUMBER ? number : undefined;
};

const filledText = (value: JsonRead | undefined): string | undefined => {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
};

const DATE = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/;

const withOffset = (text: string, zone: ZoneCode): LocalDateTime | undefined => {
  const milliseconds = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(milliseconds)) return undefined;
  const moment = instant(new Date(milliseconds).toISOString());
  return E.isRight(moment) ? instantToLocal(moment.right, zone) : undefined;
};

/**
 * `receiptDate` as the register's own time (tag 1012): without an offset it is that already, with one it is converted to the zone of the
 * register. `undefined` for what is no date: a document is not lost for it.
 */
export const madeAtOf = (value: JsonRead | undefined, zone: ZoneCode): LocalDateTime | undefined => {
  const [whole, local = '', , offset] = DATE.exec(typeof value === 'string' ? value.trim() : '') ?? [];
  if (whole === undefined) return undefined;
  if (offset !== undefined) return withOffset(whole, zone);
  const made = localDateTime(local);
  return E.isRight(made) ? made.right : undefined;
};

const kktOf = (
  value: JsonRead | undefined,
  { kktSerialNumberMeans }: ResultSettings,
): Pick<FiscalDocument, 'registrationNumber' | 'kktSerial'> => {
  const text = filledText(value);
  if (text === undefined) return {};
  return kktSerialNumberMeans === 'registration-number' && REGISTRATION_NUMBER.test(text)
    ? { registrationNumber: text }
    : { kktSerial: text };
};

const signOf = (value: JsonRead | undefined): number | undefined => {
  const sign = parseFiscalSign(digitsOf(value) ?? '');
  return E.isRight(sign) ? sign.right : undefined;
};

const missing = (field: string): E.Either<NotAResult, never> => E.left({ _tag: 'NotAResult', field });

/** What of a result names the document, or the field that is missing. */
const namesOf = (
  result: JsonRead,
  { receiptNumberMeans }: ResultSettings,
): E.Either<NotAResult, Pick<FiscalDocument, 'fn' | 'fd' | 'fp' | 'numberInShift' | 'shiftNumber'>> => {
  const fn = digitsOf(at(result, 'FNSerialNumber')) ?? '';
  const fp = signOf(at(result, 'FNSign'));
  const number = numberOf(at(result, 'receiptNumber'));
  const shiftNumber = numberOf(at(result, 'shiftNumber'));
  if (!DRIVE_NUMBER.test(fn)) return missing('FNSerialNumber');
  if (fp === undefined) return missing('FNSign');
  if (number === undefined) return missing('receiptNumber');
  const shift = shiftNumber === undefined ? {} : { shiftNumber };
  if (receiptNumberMeans === 'fiscal-document') return E.right({ fn, fd: number, fp, ...shift });
  return shiftNumber === undefined
    ? missing('shiftNumber')
    : E.right({ fn, fp, numberInShift: number, shiftNumber });
};

/**
 * The `receiptResponse` of a receipt that was fiscalised. Drive, fiscal sign and number must be there (and the shift, where the number is
 * one within the shift); an empty result is none. The rest is taken where it can be read.
 */
export const fiscalResult = (
  result: JsonRead | undefined,
  settings: ResultSettings,
): E.Either<NotAResult, FiscalDocument> => {
  if (!isJsonObject(result)) return missing('receiptResponse');
  const madeAt = madeAtOf(at(result, 'receiptDate'), settings.zone);
  const fnsSite = filledText(at(result, 'addressSiteInspections'));
  return E.map((names: Pick<FiscalDocument, 'fn'>): FiscalDocument => ({
    ...names,
    ...kktOf(at(result, 'KKTSerialNumber'), settings),
    ...(madeAt === undefined ? {} : { madeAt }),
    ...(fnsSite === undefined ? {} : { fnsSite }),
  }))(namesOf(result, settings));
};
