import type { Told } from './kassa-error';

const told = (message: string, russian: string): Told => ({ message, russian });

/** What a codec expects, in words: by the name of the codec, or of the rule of a number. */
const EXPECTED: Readonly<Record<string, Told>> = {
  Kopecks: told('a whole number of kopecks, not negative', 'целое неотрицательное число копеек'),
  'whole-kopecks': told('a whole number of kopecks', 'целое число копеек'),
  'not-negative': told('a number that is not negative', 'неотрицательное число'),
  'at-most-six-bytes': told('an amount that six bytes hold', 'сумма не больше 2 814 749 767 106,55 рубля'),
  Quantity: told('a quantity as decimal text: 1 or 0.255', 'количество десятичным текстом: 1 или 0.255'),
  'decimal-text': told(
    'a quantity as decimal text with a point and at most six places',
    'количество десятичным текстом с точкой, не более шести знаков',
  ),
  'above-zero': told('a quantity above zero', 'количество больше нуля'),
  'at-most-eight-bytes': told('a quantity that eight bytes hold', 'количество не больше 281474976.710655'),
  Instant: told('a moment in UTC: 2026-11-27T09:00:00.000Z', 'момент по UTC: 2026-11-27T09:00:00.000Z'),
  LocalDateTime: told(
    'a moment: 2026-11-27T09:00:00.000Z, or local time of the register: 2026-11-27T12:00:00',
    'момент: 2026-11-27T09:00:00.000Z или местное время кассы: 2026-11-27T12:00:00',
  ),
  LocalDate: told('a date: 2026-11-27', 'дата: 2026-11-27'),
  Inn: told(
    'an INN: ten or twelve digits with right check digits',
    'ИНН: десять или двенадцать цифр с верными контрольными',
  ),
  Taxation: told(
    'a taxation system of tag 1055: 1, 2, 4, 8, 16 or 32',
    'система налогообложения (тег 1055): 1, 2, 4, 8, 16 или 32',
  ),
  VatCode: told('a code of tag 1199: 1 to 12', 'ставка НДС (тег 1199): код от 1 до 12'),
  PaymentMethod: told('a code of tag 1214: 1 to 7', 'признак способа расчёта (тег 1214): от 1 до 7'),
  PaymentSubject: told('a code of tag 1212', 'признак предмета расчёта (тег 1212)'),
  Measure: told('a code of tag 2108', 'мера количества (тег 2108)'),
  SettlementSign: told('a sign of tag 1054: 1 to 4', 'признак расчёта (тег 1054): от 1 до 4'),
  ZoneCode: told('a code of tag 1011: 1 to 11', 'часовая зона (тег 1011): от 1 до 11'),
  FfdVersion: told('a version of the format: 1.05, 1.1 or 1.2', 'версия ФФД: 1.05, 1.1 или 1.2'),
  VatRule: told('per-line or per-total', 'per-line или per-total'),
  RegisterPolicy: told('3.0.8 or 3.0.9', '3.0.8 или 3.0.9'),
  LegalGround: told('a legal ground of remote registers', 'основание применения удалённой кассы'),
  PaymentInstrument: told('sbp, card, bank-transfer or other', 'sbp, card, bank-transfer или other'),
  LinkKind: told('single-use or reusable', 'single-use или reusable'),
  Environment: told('production, test or emulator', 'production, test или emulator'),
  string: told('a text', 'текст'),
  number: told('a number', 'число'),
  boolean: told('true or false', 'true или false'),
  object: told('an object', 'объект'),
  UnknownRecord: told('an object', 'объект'),
  list: told('a list', 'список'),
  Place: told('an object with address or place', 'объект с полем address или place'),
  'text of 1 to 200 characters': told(
    'a text of 1 to 200 characters without control characters',
    'текст от 1 до 200 знаков без управляющих символов',
  ),
  'text of 1 to 1000 characters': told('a text of 1 to 1000 characters', 'текст от 1 до 1000 знаков'),
  'Latin letters, digits, points, hyphens and underscores, at most 190': told(
    'a name of Latin letters, digits, points, hyphens and underscores, at most 190 of them',
    'имя из латинских букв, цифр, точек, дефисов и подчёркиваний, не более 190',
  ),
  'number of a drive, 16 digits': told('the number of a drive: 16 digits', 'номер ФН: 16 цифр'),
  'whole number of four bytes': told('a whole number of four bytes', 'целое число до 4294967295'),
  'whole number from 0': told('a whole number from 0', 'целое число от 0'),
};

/** What was expected in the place of what was given; where a codec has no words of its own, by its name. */
export const expectedWords = (expected: string): Told => {
  const words = Object.hasOwn(EXPECTED, expected) ? EXPECTED[expected] : undefined;
  const { message, russian } = words ?? told(expected, expected);
  return { message: `Expected here: ${message}.`, russian: `Здесь ожидается: ${russian}.` };
};
