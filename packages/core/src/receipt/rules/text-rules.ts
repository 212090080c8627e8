import type { LocalDate } from '@cloud-kassa/ffd';
import {
  LocalDateCodec,
  PAYMENT_SUBJECTS,
  cp866Length,
  fitsCp866,
  isInn,
  isInnOrPlaceholder,
  tagByNumber,
} from '@cloud-kassa/ffd';
import type { CompositionRule, ContentRule, ReceiptRefusal } from './admission';
import { firstRefusalOf, refuse, unless } from './admission';
import type { ReceiptField } from './receipt-fields';

const checkText = ({ path, tag: number, value }: ReceiptField): ReceiptRefusal | undefined => {
  const tag = tagByNumber(number);
  if (typeof value !== 'string' || tag?.type !== 'string') return undefined;
  if (value === '') return refuse('text-empty', path, { tag: number });
  if (!fitsCp866(value)) return refuse('text-not-cp866', path, { tag: number });
  return cp866Length(value) > tag.maxLength
    ? refuse('text-too-long', path, { tag: number, maxLength: tag.maxLength })
    : undefined;
};

/** Texts are not empty, fit code page 866 and the length of their tag in bytes (order ЕД-7-20/662@). */
export const textsFit: CompositionRule = ({ fields }) => firstRefusalOf(fields, checkText);

/** Identity documents of tag 1245 (order ЕД-7-20/662@). */
const IDENTITY_DOCUMENTS = /^(?:21|22|26|27|28|31|32|33|34|35|36|37|38|40)$/;
const PHONE = /^\+\d{1,18}$/;
const THREE_DIGITS = /^\d{3}$/;

const isDate = (text: string): text is LocalDate => LocalDateCodec.is(text);

/** The forms of tags beyond their length. Dates are kept as YYYY-MM-DD and written as DD.MM.YYYY. */
const FORMS: ReadonlyMap<number, (text: string) => boolean> = new Map([
  ...[1073, 1074, 1075, 1171].map((tag) => [tag, (text: string) => PHONE.test(text)] as const),
  ...[1230, 1244, 1262].map((tag) => [tag, (text: string) => THREE_DIGITS.test(text)] as const),
  ...[1243, 1263].map((tag) => [tag, isDate] as const),
  [1245, (text) => IDENTITY_DOCUMENTS.test(text)],
]);

/** Phones of agents, countries, dates, authorities and identity documents have the form of their tags (order ЕД-7-20/662@). */
export const textsWellFormed: CompositionRule = ({ fields }) => {
  const wrong = fields.find(
    ({ tag, value }) => typeof value === 'string' && FORMS.get(tag)?.(value) === false,
  );
  return wrong === undefined ? undefined : refuse('text-malformed', wrong.path, { tag: wrong.tag });
};

/** Taxpayer numbers; the twelve zeros stand for a supplier (1226) or a buyer (1228) without one. */
const NUMBERS: ReadonlyMap<number, (text: string) => boolean> = new Map([
  [1016, isInn],
  [1203, isInn],
  [1226, isInnOrPlaceholder],
  [1228, isInnOrPlaceholder],
]);

/** Taxpayer numbers of cashier, supplier, buyer and transfer operator have right check digits. */
export const taxpayerNumbersValid: CompositionRule = ({ fields }) => {
  const wrong = fields.find(
    ({ tag, value }) => typeof value === 'string' && NUMBERS.get(tag)?.(value) === false,
  );
  return wrong === undefined ? undefined : refuse('inn-invalid', wrong.path, { tag: wrong.tag });
};

const CODE = /^[1-9]\d?$/;

/** For subjects 15 and 16 the name (tag 1030) is a code of the subject's range (order ЕД-7-20/662@). */
export const namesHoldCodes: ContentRule = ({ items }) =>
  firstRefusalOf(items, ({ name, subject }, index) => {
    const range = PAYMENT_SUBJECTS[subject].nameHoldsCode;
    const holds =
      range === undefined || (CODE.test(name) && Number(name) >= range.from && Number(name) <= range.to);
    return unless(holds, 'name-code', `items.${index}.name`);
  });
