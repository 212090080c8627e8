import type { Refusal, RuleTable } from '../../refusal';

/** Why the fence of a receipt refuses a reservation. */
export type FenceRule =
  | 'parent-not-refundable'
  | 'parent-cancelled'
  | 'refund-empty'
  | 'refund-line-unknown'
  | 'refund-quantity-above-sold'
  | 'refund-sum-above-sold'
  | 'refund-of-marked-part'
  | 'refund-sum-without-price'
  | 'refund-total-differs'
  | 'refund-above-paid'
  | 'refund-of-offset-amount'
  | 'refund-leaves-rest'
  | 'refund-differs'
  | 'refund-unknown'
  | 'offset-without-amount'
  | 'offset-without-prepayment'
  | 'offset-above-prepaid'
  | 'offset-differs'
  | 'offset-unknown';

const settlementTookPlace =
  '54-FZ, art. 1.1 and art. 4.7: a refund receipt speaks of a settlement that took place';

/** Every rule of the fence in words. */
export const FENCE_RULES: RuleTable<FenceRule> = {
  'parent-not-refundable': {
    english:
      'Only a sale or a purchase with lines is refunded; a refund or a correction without lines is not.',
    russian: 'Возврат возможен только для прихода или расхода с предметами расчета.',
    source: `${settlementTookPlace}; tag 1054, values 1 to 4`,
  },
  'parent-cancelled': {
    english: 'The receipt was cancelled and will never be a document: nothing can be taken from it.',
    russian: 'Чек отменён: возвращать и зачитывать по нему нечего.',
    source: settlementTookPlace,
  },
  'refund-empty': {
    english: 'A refund names at least one line.',
    russian: 'В возврате нет ни одного предмета расчета.',
    source: 'order ЕД-7-20/662@, tag 1059 is obligatory in a receipt',
  },
  'refund-line-unknown': {
    english: 'The receipt has no such line.',
    russian: 'В чеке нет такого предмета расчета.',
    source: settlementTookPlace,
  },
  'refund-quantity-above-sold': {
    english: 'Of a line no more is returned than was sold and is not yet returned.',
    russian: 'Возвращаемое количество больше проданного и ещё не возвращённого.',
    source: settlementTookPlace,
  },
  'refund-sum-above-sold': {
    english: 'For a line no more is returned than it cost and is not yet returned.',
    russian: 'Возвращаемая сумма больше стоимости предмета расчета за вычетом возвращённого.',
    source: settlementTookPlace,
  },
  'refund-of-marked-part': {
    english: 'A marked piece goes back as a whole.',
    russian: 'Маркированный товар возвращают целиком.',
    source: 'order ЕД-7-20/662@, tags 1023, 1163 and 1291',
  },
  'refund-sum-without-price': {
    english: 'No price in whole kopecks times the quantity gives this sum: the part is to be split in two.',
    russian: 'Ни одна цена в копейках не даёт такую сумму при таком количестве: разделите строку возврата.',
    source: 'order ЕД-7-20/662@, tag 1043 = tag 1079 × tag 1023, rounded half up',
  },
  'refund-total-differs': {
    english: 'What is given back is the sum of the lines, or less within the same rouble.',
    russian: 'Сумма возврата не равна сумме строк (допускается округление вниз в пределах рубля).',
    source: 'note 5 to table 19 of order ММВ-7-20/229@, kept in order ЕД-7-20/662@',
  },
  'refund-above-paid': {
    english: 'Of each kind of payment no more is given back than was paid in it.',
    russian: 'По виду оплаты возвращается больше, чем было оплачено.',
    source: `${settlementTookPlace}; tags 1031, 1081, 1215, 1216, 1217. How the offset part (1215) goes back is unconfirmed and configurable`,
  },
  'refund-of-offset-amount': {
    english: 'An advance or prepayment that a later receipt has offset is not returned as well.',
    russian: 'Аванс или предоплата уже зачтены: вернуть их нельзя.',
    source: '54-FZ, art. 1.1: the offset of an advance is a settlement of its own',
  },
  'refund-leaves-rest': {
    english:
      'The receipt was rounded down; this refund would leave a rest that no lawful receipt could return.',
    russian: 'Чек был округлён: после такого возврата остаток нельзя вернуть законным чеком.',
    source: 'note 5 to table 19 of order ММВ-7-20/229@, kept in order ЕД-7-20/662@',
  },
  'refund-differs': {
    english: 'The refund is reserved already, with other lines or sums.',
    russian: 'Возврат с этим идентификатором уже есть, но с другими строками или суммами.',
    source: 'identity of settlements: the same id with other content is refused',
  },
  'refund-unknown': {
    english: 'No refund of this id was ever reserved.',
    russian: 'Возврата с таким идентификатором не было.',
    source: 'identity of settlements',
  },
  'offset-without-amount': {
    english: 'An offset is above zero.',
    russian: 'Сумма зачёта должна быть больше нуля.',
    source: 'order ЕД-7-20/662@, tag 1215',
  },
  'offset-without-prepayment': {
    english: 'The receipt holds no advance and no prepayment to offset.',
    russian: 'В чеке нет ни аванса, ни предоплаты.',
    source: 'order ЕД-7-20/662@, tag 1215 and values 1, 2, 3 of tag 1214',
  },
  'offset-above-prepaid': {
    english:
      'No more is offset than was advanced or prepaid in the receipt and is neither offset nor returned.',
    russian: 'Зачёт больше аванса (предоплаты) за вычетом зачтённого и возвращённого.',
    source: '54-FZ, art. 1.1; order ЕД-7-20/662@, tag 1215',
  },
  'offset-differs': {
    english: 'The offset is reserved already, with another amount.',
    russian: 'Зачёт с этим идентификатором уже есть, но на другую сумму.',
    source: 'identity of settlements: the same id with other content is refused',
  },
  'offset-unknown': {
    english: 'No offset of this id was ever reserved.',
    russian: 'Зачёта с таким идентификатором не было.',
    source: 'identity of settlements',
  },
};

export type FenceRefusal = Refusal<FenceRule>;

export const refuseFence = (rule: FenceRule, field: string, detail?: Refusal['detail']): FenceRefusal =>
  detail === undefined ? { rule, field } : { rule, field, detail };
