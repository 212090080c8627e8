import type { Refusal, RuleTable } from '../refusal';
import type { BasketRule } from './settlement-document';

/** Why a command to a payment is refused. */
export type PaymentRule =
  | BasketRule
  | 'payment-differs'
  | 'payment-unknown'
  | 'organisation-differs'
  | 'link-differs'
  | 'link-lifetime'
  | 'already-paid'
  | 'settlement-differs'
  | 'settlement-id-used'
  | 'settlement-unknown'
  | 'nothing-paid'
  | 'nothing-to-refund'
  | 'refund-above-paid'
  | 'refund-differs'
  | 'basket-missing'
  | 'basket-amount'
  | 'receipt-differs'
  | 'receipt-of-other-settlement';

export type PaymentRefusal = Refusal<PaymentRule>;

export const PAYMENT_RULES: RuleTable<PaymentRule> = {
  'no-lines': {
    english: 'A settlement document has at least one line.',
    russian: 'В документе расчёта нет ни одной строки.',
    source: 'order ЕД-7-20/662@, tag 1059',
  },
  'line-sum': {
    english: 'The sum of a line is price times quantity, rounded half-up to a kopeck.',
    russian: 'Сумма строки не равна цене, умноженной на количество, с округлением до копейки.',
    source: 'order ЕД-7-20/662@, tags 1043, 1079, 1023',
  },
  total: {
    english: 'The total is the sum of the lines, or lower within the same whole rouble.',
    russian: 'Итог не равен сумме строк (допустимо округление вниз в пределах рубля).',
    source: 'note 5 to table 19 of order ММВ-7-20/229@, kept in order ЕД-7-20/662@',
  },
  payments: {
    english: 'The payment sums do not make the total.',
    russian: 'Суммы оплат не равны итогу.',
    source: 'order ЕД-7-20/662@: tags 1031, 1081, 1215, 1216 and 1217 equal 1020',
  },
  cash: {
    english: 'A cloud register takes no cash.',
    russian: 'Облачная касса не принимает наличные.',
    source: '1С-Облачная касса (S7); 54-FZ art. 1.2 cl. 5',
  },
  'nothing-to-pay': {
    english: 'The document leaves nothing to be paid.',
    russian: 'По документу нечего оплачивать.',
    source: 'a payment is of at least one kopeck',
  },
  'payment-differs': {
    english: 'The payment was asked for with other content; the fields that differ are named.',
    russian: 'Оплата уже запрошена с другим содержимым; отличающиеся поля названы.',
    source: 'one payment is one order',
  },
  'payment-unknown': {
    english: 'Nobody has asked for this payment.',
    russian: 'Эта оплата не запрашивалась.',
    source: 'a link belongs to a requested payment',
  },
  'organisation-differs': {
    english: 'The money came to another organisation than the one that asked for it.',
    russian: 'Деньги получены другой организацией, чем запросившая оплату.',
    source: 'a receipt is made by the taxpayer that was paid; tag 1018',
  },
  'link-differs': {
    english: 'The link was issued with other content; the fields that differ are named.',
    russian: 'Ссылка уже выдана с другим содержимым; отличающиеся поля названы.',
    source: 'a link is issued once',
  },
  'link-lifetime': {
    english: 'The link would be over before it is issued.',
    russian: 'Срок действия ссылки истёк до её выдачи.',
    source: 'fast payment system: a dynamic QR code has a lifetime',
  },
  'already-paid': {
    english: 'The payment is paid; another link could only be paid twice.',
    russian: 'Оплата уже получена; новая ссылка привела бы к двойной оплате.',
    source: 'two QR codes of one order can both be paid',
  },
  'settlement-differs': {
    english: 'The bank told of this operation before with another amount.',
    russian: 'Банк уже сообщал об этой операции с другой суммой.',
    source: 'one operation of the bank is one settlement',
  },
  'settlement-id-used': {
    english: 'The id names another settlement of this payment already.',
    russian: 'Идентификатор уже занят другим расчётом этой оплаты.',
    source: 'payments and refunds are named apart: each has its own receipt',
  },
  'settlement-unknown': {
    english: 'There is no confirmed settlement of this id.',
    russian: 'Нет подтверждённого расчёта с таким идентификатором.',
    source: 'only confirmed money is refunded or fiscalised',
  },
  'nothing-paid': {
    english: 'A confirmed payment is of at least one kopeck.',
    russian: 'Подтверждённая оплата не может быть нулевой.',
    source: 'fast payment system: amounts are positive',
  },
  'nothing-to-refund': {
    english: 'A refund is of at least one kopeck.',
    russian: 'Возврат не может быть нулевым.',
    source: 'fast payment system: a refund below one kopeck is refused',
  },
  'refund-above-paid': {
    english: 'The refunds together would be more than was paid.',
    russian: 'Сумма возвратов превысит оплаченную сумму.',
    source: 'fast payment system: the sum of partial refunds does not exceed the operation',
  },
  'refund-differs': {
    english: 'The refund was told of before with other content; the field that differs is named.',
    russian: 'Возврат уже известен с другим содержимым; отличающееся поле названо.',
    source: 'one refund is one settlement',
  },
  'basket-missing': {
    english:
      'It is not known what the money was paid for, or what of it is returned: give the settlement document.',
    russian: 'Неизвестно, за что получены деньги или что возвращается: укажите документ расчёта.',
    source: 'a receipt names what is settled; tag 1059',
  },
  'basket-amount': {
    english: 'The cashless part of the document is not the amount of the settlement.',
    russian: 'Безналичная сумма документа не равна сумме расчёта.',
    source: 'order ЕД-7-20/662@, tag 1081',
  },
  'receipt-differs': {
    english: 'The settlement has another receipt already.',
    russian: 'У расчёта уже есть другой чек.',
    source: 'one settlement is one receipt',
  },
  'receipt-of-other-settlement': {
    english: 'The receipt belongs to another settlement of this payment.',
    russian: 'Чек относится к другому расчёту этой оплаты.',
    source: 'one settlement is one receipt',
  },
};

export const refusal = (
  rule: PaymentRule,
  field: string,
  detail?: PaymentRefusal['detail'],
): PaymentRefusal => (detail === undefined ? { rule, field } : { rule, field, detail });
