import type { RuleDescription } from '../../../refusal';

const order = 'order ЕД-7-20/662@';

/** Rules on the money of a receipt. */
export const AMOUNT_RULES = {
  'amount-too-large': {
    english: 'A sum exceeds what six bytes hold.',
    russian: 'Сумма не помещается в реквизит.',
    source: `${order}, sums are VLN of at most six bytes`,
  },
  'line-sum-differs': {
    english: 'The sum of a line is price times quantity, rounded half up to a kopeck.',
    russian: 'Стоимость предмета расчета не равна цене, умноженной на количество.',
    source: `${order}, tags 1023, 1043, 1079; half up: all 804 lines of published real receipts`,
  },
  'line-vat-differs': {
    english:
      'The VAT of a line is sum × n / (100 + n), rounded half up; a refund may carry what the earlier refunds of the line left over.',
    russian: 'НДС предмета расчета посчитан неверно.',
    source: `${order}, tags 1043, 1199, 1200; half up: all lines with VAT of published real receipts`,
  },
  'line-vat-not-carried': {
    english: 'A line at 0 % or without VAT states no VAT.',
    russian: 'У предмета расчета без НДС или по ставке 0% сумма НДС не указывается.',
    source: `${order}, tag 1200 and values 5 and 6 of tag 1199`,
  },
  'total-outside-rouble': {
    english: 'The total is the sum of the lines, or less within the same rouble.',
    russian: 'Итог чека не равен сумме строк (допускается округление вниз в пределах рубля).',
    source: 'note 5 to table 19 of order ММВ-7-20/229@, kept in order ЕД-7-20/662@',
  },
  'vat-totals-differ': {
    english: 'VAT totals are those of the lines by the rule of the register.',
    russian: 'Итоги НДС не соответствуют строкам чека.',
    source: `${order}, tags 1102 to 1107 and 1115; two ways of computing are observed, one per register`,
  },
  'non-cash-above-total': {
    english: 'What is not cash does not exceed the total.',
    russian: 'Безналичные оплаты больше итога чека.',
    source: `${order}, tags 1020, 1081, 1215, 1216, 1217; register driver error 52`,
  },
  'payments-differ-from-total': {
    english: 'The five payment sums equal the total.',
    russian: 'Сумма оплат не равна итогу чека.',
    source: `${order}, tags 1020, 1031, 1081, 1215, 1216, 1217; register driver error 66`,
  },
  'no-cash-on-cloud-register': {
    english: 'A cloud register takes no cash.',
    russian: 'Облачная касса не принимает наличные.',
    source:
      'requirement S7 of the 1C cloud register; 54-FZ, art. 1.2 cl. 5 for registers for Internet settlements only',
  },
  'cash-in-internet-settlement': {
    english: 'A settlement with the Internet sign is cashless.',
    russian: 'Расчёт в Интернете не может быть наличным.',
    source: 'order ЕД-7-20/236@, tag 1125',
  },
  'credit-differs-from-methods': {
    english: 'The credit part (tag 1216) is what the payment methods of the lines leave unpaid.',
    russian: 'Сумма постоплатой не соответствует признакам способа расчета строк.',
    source: `${order}, tag 1216 and values 4 to 6 of tag 1214; by the meaning of the values, configurable`,
  },
  'prepayment-rate': {
    english: 'An advance or prepayment carries a calculated rate, a transfer a plain one.',
    russian: 'Аванс и предоплата облагаются по расчётной ставке, передача — по прямой.',
    source: 'FNS letter АБ-4-20/11248@ of 15.12.2025; not kept in practice, configurable',
  },
  'advance-subject': {
    english: 'The line of an advance is a payment (subject 10) of quantity 1.',
    russian: 'Предмет расчета аванса — платёж в количестве 1.',
    source: `${order}, value 10 of tag 1212 and value 3 of tag 1214; not kept in practice, configurable`,
  },
} as const satisfies Readonly<Record<string, RuleDescription>>;
