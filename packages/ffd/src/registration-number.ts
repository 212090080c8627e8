import * as E from 'fp-ts/Either';
import { isInn } from './inn';

/** Why no registration number can be made. The refused value is left out on purpose. */
export interface NotRegistrationNumber {
  readonly _tag: 'NotRegistrationNumber';
  readonly rule: 'sequence-of-ten-digits' | 'inn' | 'serial-of-twenty-characters';
}

const SERIAL = /^[0-9A-Za-z-]{1,20}$/;
const NUMBER = /^\d{16}$/;
const LARGEST_SEQUENCE = 9_999_999_999;

/** CRC-16/CCITT-FALSE (polynomial 0x1021, initial 0xFFFF, not reflected) of an ASCII text, 0 to 65535; of `123456789` it is 0x29B1. */
export const crc16CcittFalse = (ascii: string): number => {
  let crc = 0xff_ff;
  for (let index = 0; index < ascii.length; index += 1) {
    crc ^= (ascii.charCodeAt(index) & 0xff) << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc & 0x80_00) === 0 ? crc << 1 : (crc << 1) ^ 0x10_21;
    }
    crc &= 0xff_ff;
  }
  return crc;
};

const withCheck = (digits: string, inn: string, serial: string): string => {
  const crc = crc16CcittFalse(`${digits}${inn.padStart(12, '0')}${serial.padStart(20, '0')}`);
  return `${digits}${String(crc).padStart(6, '0')}`;
};

/**
 * The registration number (регистрационный номер ККТ, tag 1037) of a register: ten digits of its number in the register of the FNS, then six
 * digits of the CRC over those digits, the user's INN padded to 12 and the register's serial (tag 1013) padded to 20.
 *
 * Refuses a sequence outside 1 to 9999999999, an invalid INN, and a serial that is not 1 to 20 Latin letters, digits or hyphens.
 */
export const registrationNumberFor = (
  sequence: number,
  inn: string,
  serial: string,
): E.Either<NotRegistrationNumber, string> => {
  const refuse = (rule: NotRegistrationNumber['rule']) =>
    E.left({ _tag: 'NotRegistrationNumber' as const, rule });
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > LARGEST_SEQUENCE)
    return refuse('sequence-of-ten-digits');
  if (!isInn(inn)) return refuse('inn');
  if (!SERIAL.test(serial)) return refuse('serial-of-twenty-characters');
  return E.right(withCheck(String(sequence).padStart(10, '0'), inn, serial));
};

/**
 * Does a registration number (16 digits, padding taken off) belong to this user's INN and this register's serial? Proven on real receipts;
 * false as well for an invalid INN or serial.
 */
export const isRegistrationNumber = (registrationNumber: string, inn: string, serial: string): boolean =>
  NUMBER.test(registrationNumber) &&
  isInn(inn) &&
  SERIAL.test(serial) &&
  withCheck(registrationNumber.slice(0, 10), inn, serial) === registrationNumber;
