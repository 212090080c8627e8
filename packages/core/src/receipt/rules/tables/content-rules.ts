import type { RuleDescription } from '../../../refusal';

const order = 'order ЕД-7-20/662@';

/** Rules on what a document of its kind and version holds, and on the shape of its texts. */
export const CONTENT_RULES = {
  'field-not-in-format': {
    english:
      'The field has no place in a document of this kind and version; it is refused rather than dropped.',
    russian: 'Такого реквизита в документе этого вида и этой версии ФФД нет.',
    source: `${order}, tables 20, 21, 27 (1.05), 58, 59, 65 (1.1), 96, 97, 120 (1.2)`,
  },
  'items-required': {
    english: 'A receipt has at least one line, as has a correction of FFD 1.1 and 1.2.',
    russian: 'В чеке нет ни одного предмета расчета.',
    source: `${order}, tag 1059`,
  },
  'items-not-in-correction': {
    english: 'A correction of FFD 1.05 states the total and no lines.',
    russian: 'Чек коррекции ФФД 1.05 формируется без предметов расчета.',
    source: `${order}, table 27, tag 1059; FNS guide on corrections`,
  },
  'measure-required': {
    english: 'In FFD 1.2 every line states its measure of quantity.',
    russian: 'В ФФД 1.2 у предмета расчета должна быть мера количества.',
    source: `${order}, table 97, tag 2108`,
  },
  'text-empty': {
    english: 'A text that is given is not empty.',
    russian: 'Значение реквизита пустое.',
    source: `${order}: a requisite that is present has a value`,
  },
  'text-not-cp866': {
    english: 'The text holds a character that code page 866 lacks and that has no documented replacement.',
    russian: 'В тексте есть символ, которого нет в кодировке CP866.',
    source: `${order}: strings of fiscal documents are in CP866`,
  },
  'text-too-long': {
    english: 'The text is longer than its tag allows.',
    russian: 'Текст длиннее, чем допускает реквизит.',
    source: `${order}, lengths of the tags`,
  },
  'text-malformed': {
    english: 'The text does not have the form of its tag.',
    russian: 'Значение не соответствует формату реквизита.',
    source: `${order}, formats of tags 1073 to 1075, 1171, 1230, 1243 to 1245, 1262`,
  },
  'name-code': {
    english: 'For subjects 15 and 16 the name of the line is a code: 1 to 25 and 26 to 31.',
    russian: 'Для признаков предмета расчета 15 и 16 наименование — код: от 1 до 25 и от 26 до 31.',
    source: `${order}, tags 1030 and 1212`,
  },
  'inn-invalid': {
    english: 'A taxpayer number has ten or twelve digits with right check digits.',
    russian: 'ИНН неверен.',
    source: `${order}, tags 1016, 1203, 1226, 1228; check digits of taxpayer numbers`,
  },
  'contact-required': {
    english: 'The buyer gets the receipt electronically only: a phone or an e-mail is needed.',
    russian: 'Нужен телефон или электронная почта покупателя.',
    source:
      'requirement S27 of the 1C cloud register; 54-FZ, art. 1.2 cl. 5; order ЕД-7-20/236@: with tag 1125 = 1 tag 1008 is the contact the buyer gave',
  },
  'contact-malformed': {
    english: 'A phone is + and 7 to 18 digits, an e-mail has the form x@x; both fit 64 bytes.',
    russian: 'Телефон — плюс и от 7 до 18 цифр, почта — вида x@x, не длиннее 64 символов.',
    source: `${order}, table 5 and tag 1008`,
  },
  'sender-email-malformed': {
    english: "The sender's address is an e-mail of at most 64 bytes.",
    russian: 'Адрес отправителя чека должен быть адресом электронной почты.',
    source: `${order}, tag 1117`,
  },
  'site-required': {
    english: 'With the Internet sign the place of settlement is the address of the site.',
    russian: 'При расчёте в Интернете место расчётов — адрес сайта.',
    source: 'order ЕД-7-20/236@, tags 1125 and 1187',
  },
  'internet-sign-not-in-force': {
    english: 'The Internet sign of a settlement exists from 2025-09-01.',
    russian: 'Признак расчёта в Интернете действует с 01.09.2025.',
    source: 'order ЕД-7-20/236@, tag 1125',
  },
  'correction-data-required': {
    english: 'A correction states its ground.',
    russian: 'В чеке коррекции нет основания.',
    source: `${order}, tag 1174`,
  },
  'correction-sign': {
    english: 'A correction of FFD 1.05 is of a sale or a purchase: signs 1 and 3 only.',
    russian: 'Чек коррекции ФФД 1.05 бывает только с признаком расчёта 1 или 3.',
    source: 'FNS guide on corrections; tag 1054',
  },
  'correction-reason': {
    english:
      'FFD 1.05 corrects only settlements without a register; an error is fixed by ordinary receipts with tag 1192.',
    russian: 'В ФФД 1.05 ошибку исправляют обычными чеками (возврат и верный чек) с реквизитом 1192.',
    source: 'FNS guide on corrections',
  },
  'correction-order-number': {
    english: 'The number of the order is given for a correction by order of the authority, and only for it.',
    russian: 'Номер предписания указывают только в коррекции по предписанию.',
    source: `${order}, tags 1173 and 1179`,
  },
  'correction-date': {
    english: 'The corrected settlement is not later than the correction.',
    russian: 'Дата корректируемого расчёта позже даты коррекции.',
    source: `${order}, tag 1178`,
  },
  'correction-fiscal-sign': {
    english: 'A correction of an error states the fiscal sign of the wrong document.',
    russian: 'В коррекции ошибки указывают фискальный признак ошибочного документа.',
    source: 'FNS guide on corrections; tag 1192',
  },
} as const satisfies Readonly<Record<string, RuleDescription>>;
