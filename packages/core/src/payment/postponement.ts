import * as t from 'io-ts';
import { literalCodec, recordCodec } from '@cloud-kassa/ffd';

/** Why a confirmed payment has no receipt in the queue yet. Each reason goes away by itself when its cause does. */
export type PostponementReason =
  | 'no-device'
  | 'no-register'
  | 'no-contact'
  | 'no-basket'
  | 'amount-differs'
  | 'policy'
  | 'refused'
  | 'undecodable';

/** A reason in words for people, and whose change takes it away. */
export interface PostponementMeaning {
  readonly english: string;
  readonly russian: string;
  readonly endsWith: string;
}

/** The visible reasons (S38; 1C leaves these payments without any trace but the event log). */
export const POSTPONEMENT_REASONS: Readonly<Record<PostponementReason, PostponementMeaning>> = {
  'no-device': {
    english: 'The organisation has no cloud device that can take the receipt.',
    russian: 'У организации нет облачной ККТ, которая может принять чек.',
    endsWith: 'a device is connected, resumed or available again',
  },
  'no-register': {
    english: 'No register card is attached to the device of the organisation.',
    russian: 'К облачной ККТ организации не подключена касса.',
    endsWith: 'a register card is attached',
  },
  'no-contact': {
    english: 'The telephone or e-mail of the buyer is not known.',
    russian: 'Не указан телефон или адрес электронной почты покупателя.',
    endsWith: 'the contact is given',
  },
  'no-basket': {
    english: 'Money came or went back without a document that says what for.',
    russian: 'Деньги получены или возвращены, но неизвестно, за что: нет документа расчёта.',
    endsWith: 'the settlement document is given',
  },
  'amount-differs': {
    english: 'The money received or returned is not the amount of the settlement document.',
    russian: 'Полученная или возвращённая сумма не равна сумме документа расчёта.',
    endsWith: 'a settlement document of that amount is given',
  },
  policy: {
    english: 'The policy of the register does not take this payment.',
    russian: 'Политика кассы не допускает фискализацию этой оплаты.',
    endsWith: 'the policy of the register changes',
  },
  refused: {
    english: 'The receipt was refused by a rule; rule and field stand beside the reason.',
    russian: 'Чек не прошёл проверку; правило и реквизит указаны рядом.',
    endsWith: 'a corrected settlement document is given',
  },
  undecodable: {
    english: 'An event of the payment can not be read by this version of the program.',
    russian: 'Событие оплаты не читается этой версией программы.',
    endsWith: 'a version that reads it is installed',
  },
};

/** The rule that refused the receipt of a settlement and the field it speaks of, never the value. */
export interface ReceiptObjection {
  readonly rule: string;
  readonly field: string;
}

export const ReceiptObjectionCodec: t.Type<ReceiptObjection> = recordCodec('ReceiptObjection', {
  rule: t.string,
  field: t.string,
});

export const PostponementReasonCodec = literalCodec<PostponementReason>(
  [
    'no-device',
    'no-register',
    'no-contact',
    'no-basket',
    'amount-differs',
    'policy',
    'refused',
    'undecodable',
  ],
  'PostponementReason',
);
