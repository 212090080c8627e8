import type { ContactRule, Refusal, RuleDescription, RuleTable } from '@cloud-kassa/core';
import { CONTACT_RULES } from '@cloud-kassa/core';

const ndjson = 'the form of an import file: one JSON object (RFC 8259) on each line, in UTF-8';
const exact = 'money never passes through a floating-point number';
const table = 'the table of fields of the format';
const rehearsal = 'extracts of receipts';

/** Why a line can not be read at all. */
const LINE_RULES = {
  'line-too-long': {
    english: 'The line is longer than the limit.',
    russian: 'Строка длиннее допустимого.',
    source: `${ndjson}; the limit is a setting`,
  },
  'line-not-utf8': {
    english: 'The line is not text in UTF-8.',
    russian: 'Строка не в кодировке UTF-8.',
    source: ndjson,
  },
  'json-syntax': {
    english: 'The line is not JSON.',
    russian: 'Строка — не JSON.',
    source: ndjson,
  },
  'json-key-twice': {
    english: 'A key stands twice in an object: which of the two counts is not guessed.',
    russian: 'Ключ встречается в объекте дважды.',
    source: ndjson,
  },
  'json-too-deep': {
    english: 'Objects and lists lie too deep in each other.',
    russian: 'Слишком глубокая вложенность.',
    source: ndjson,
  },
  'number-not-whole': {
    english: 'A number has a fraction or an exponent. Money is whole kopecks, a quantity is a text.',
    russian: 'Число записано с дробью или порядком: деньги — целые копейки, количество — текст.',
    source: exact,
  },
  'number-too-large': {
    english: 'A number lies beyond ±(2^53 − 1).',
    russian: 'Число больше 2^53 − 1.',
    source: exact,
  },
} as const satisfies Readonly<Record<string, RuleDescription>>;

/** Why a field of a line is not taken. */
const FIELD_RULES = {
  'field-unknown': {
    english: 'The format has no such field. It is refused rather than overlooked.',
    russian: 'Такого поля в формате нет.',
    source: table,
  },
  'field-missing': {
    english: 'A field that the format demands is missing.',
    russian: 'Нет обязательного поля.',
    source: table,
  },
  'field-null': {
    english: 'The field is null; what has no value is left out.',
    russian: 'Значение null: поле без значения не пишут.',
    source: table,
  },
  'not-an-object': {
    english: 'An object with named fields has to stand here.',
    russian: 'Здесь должен быть объект.',
    source: table,
  },
  'not-a-list': {
    english: 'A list has to stand here.',
    russian: 'Здесь должен быть список.',
    source: table,
  },
  'not-a-text': {
    english: 'A text has to stand here.',
    russian: 'Здесь должен быть текст.',
    source: table,
  },
  'not-a-flag': {
    english: 'true or false has to stand here.',
    russian: 'Здесь должно быть true или false.',
    source: table,
  },
  'not-a-number': {
    english: 'A whole number has to stand here.',
    russian: 'Здесь должно быть целое число.',
    source: table,
  },
  'amount-not-kopecks': {
    english: 'An amount is a whole number of kopecks, not negative, that six bytes hold.',
    russian: 'Сумма — целое неотрицательное число копеек.',
    source: 'order ЕД-7-20/662@, sums are VLN of at most six bytes',
  },
  'quantity-not-decimal': {
    english: 'A quantity is a decimal text above zero with at most six places after a point.',
    russian: 'Количество — десятичный текст больше нуля, не более шести знаков после точки.',
    source: 'order ЕД-7-20/662@, tag 1023',
  },
  'code-unknown': {
    english: 'The value is not in the table of its tag.',
    russian: 'Значения нет в таблице реквизита.',
    source: 'order ЕД-7-20/662@, tables of codes',
  },
  'date-invalid': {
    english: 'A date is YYYY-MM-DD and exists.',
    russian: 'Дата — ГГГГ-ММ-ДД и существует.',
    source: 'order ЕД-7-20/662@, tag 1178',
  },
  'moment-invalid': {
    english:
      'A moment is YYYY-MM-DDTHH:mm:ss by local time of the register or YYYY-MM-DDTHH:mm:ss.sssZ, and exists.',
    russian: 'Момент — ГГГГ-ММ-ДДTчч:мм:сс по местному времени кассы или ГГГГ-ММ-ДДTчч:мм:сс.сссZ.',
    source: 'order ЕД-7-20/662@, tag 1012',
  },
  'inn-invalid': {
    english: 'A taxpayer number has ten or twelve digits with right check digits.',
    russian: 'ИНН неверен.',
    source: 'order ЕД-7-20/662@, tag 1018; check digits of taxpayer numbers',
  },
  'identity-malformed': {
    english: 'An id is a text of 1 to 200 characters without control characters.',
    russian: 'Идентификатор — текст от 1 до 200 знаков без управляющих символов.',
    source: 'identity: one settlement is one receipt',
  },
  'document-number-malformed': {
    english: 'A drive has 16 digits; number and sign of a document are whole numbers of four bytes.',
    russian: 'Номер ФН — 16 цифр; номер и признак документа — целые числа до 4 294 967 295.',
    source: 'order ЕД-7-20/662@, tags 1041, 1040, 1077',
  },
  'reference-incomplete': {
    english:
      'Another receipt is named by document and id, or by fn, fd and fp; by all of them and no others.',
    russian: 'Другой чек указывают парой document и id или тройкой fn, fd, fp.',
    source: 'identity: one settlement is one receipt',
  },
} as const satisfies Readonly<Record<string, RuleDescription>>;

/** Why a line that can be read makes no receipt. */
const MEANING_RULES = {
  'no-identity': {
    english: 'Nothing in the line tells this settlement from another one with the same content.',
    russian: 'В строке нет ничего, что отличает этот расчёт от другого с тем же содержанием.',
    source: 'identity: one settlement is one receipt; real receipts hold 35 groups of equal content',
  },
  'organisation-missing': {
    english: 'Neither the line nor the command says whose receipt it is.',
    russian: 'Не указана организация.',
    source: '54-FZ, art. 4.7: the user of the register; tag 1018',
  },
  'kind-not-read': {
    english: 'Only receipts (form 3) are read from extracts.',
    russian: 'Из выгрузок читаются только кассовые чеки (форма 3).',
    source: rehearsal,
  },
  'vat-code-unknown': {
    english: 'The line has no VAT code, and the receipt has not exactly one VAT total to take it from.',
    russian: 'У предмета расчета нет ставки НДС, и по итогам чека она не определяется.',
    source: `order ЕД-7-20/662@, tag 1199; ${rehearsal}`,
  },
  'vat-rate-gone': {
    english: 'The line is taxed at 18 %, which the format has had no code for since 2019.',
    russian: 'НДС 18%: с 2019 года такой ставки в формате нет.',
    source: '303-FZ: 20 % from 2019-01-01; codes 1 and 3 of tag 1199 stood for 18 % before',
  },
  'marking-code-dropped': {
    english:
      'The goods were sold with a marking code, and the extract does not have it (FFD 1.05 and 1.1; in FFD 1.2 the receipt itself is refused).',
    russian: 'Товар продан с кодом маркировки, а в выгрузке кода нет.',
    source: `order ЕД-7-20/662@, tags 1162 and 1163; ${rehearsal}`,
  },
  'supplier-without-agent': {
    english: 'The line names a supplier, and neither line nor receipt says that the seller is an agent.',
    russian: 'Указан поставщик, но нет признака агента.',
    source: 'order ЕД-7-20/662@, tags 1222 and 1226',
  },
} as const satisfies Readonly<Record<string, RuleDescription>>;

const rules = { ...LINE_RULES, ...FIELD_RULES, ...MEANING_RULES };

/** Why a line of an import file is not handed on to registration, by stable name. What registration refuses has rules of its own. */
export type ImportRule = keyof typeof rules | ContactRule;

/** Every rule of the import in English and Russian, with its source. */
export const IMPORT_RULES: RuleTable<ImportRule> = { ...rules, ...CONTACT_RULES };

/** Why a line is not taken, and which field of it is concerned; the empty field is the line as a whole. Never the value. */
export type ImportRefusal = Refusal<ImportRule>;

export const refuse = (rule: ImportRule, field = '', detail?: Refusal['detail']): ImportRefusal =>
  detail === undefined ? { rule, field } : { rule, field, detail };
