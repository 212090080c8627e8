import * as E from 'fp-ts/Either';
import type { RuleTable } from '@cloud-kassa/core';
import type { NotExpressible } from '@cloud-kassa/provider';

/** What of a receipt the 1C provider API has no words for. */
export type ExpressionRule =
  | 'format'
  | 'contact-required'
  | 'contact-erased'
  | 'vat-rate'
  | 'taxation-system'
  | 'total-of-items'
  | 'items-required'
  | 'one-agent-sign'
  | 'one-phone'
  | 'one-industry-attribute'
  | 'unit-as-text'
  | 'marking-before-1.2'
  | 'marking-check'
  | 'receipt-attribute'
  | 'user-attribute';

const schema = 'the receipt request of the 1C provider API';

/** The rules in words. What can not be said is refused before anything is sent, never left out. */
export const EXPRESSION_RULES: RuleTable<ExpressionRule> = {
  format: {
    english: 'Receipts of this format version are not sent through this connection.',
    russian: 'Чеки этой версии ФФД через это подключение не отправляются.',
    source: `setting of the adapter; ${schema} names no format version`,
  },
  'contact-required': {
    english: 'The buyer has neither a telephone nor an e-mail address.',
    russian: 'Не указан ни телефон, ни адрес электронной почты покупателя.',
    source: 'requirement S27 of the 1C cloud register; error NO_CONTACT_INFO of the 1C provider API',
  },
  'contact-erased': {
    english: "The buyer's personal data were erased.",
    russian: 'Персональные данные покупателя удалены.',
    source: 'requirement S27 of the 1C cloud register; 152-FZ',
  },
  'vat-rate': {
    english: 'The VAT rate has no code in the protocol on the day of the settlement.',
    russian: 'Для ставки НДС на дату расчёта нет кода в протоколе.',
    source: `${schema}, VATRate; table of the adapter`,
  },
  'taxation-system': {
    english: 'The taxation system has no code in the protocol on the day of the settlement.',
    russian: 'Для системы налогообложения на дату расчёта нет кода в протоколе.',
    source: `${schema}, taxationSystem`,
  },
  'total-of-items': {
    english: 'The total differs from the sum of the lines; the protocol has no total to say so.',
    russian: 'Итог чека не равен сумме строк, а поля для итога в протоколе нет.',
    source: schema,
  },
  'items-required': {
    english: 'A correction without lines can not be written: the protocol has no sums of VAT.',
    russian: 'Чек коррекции без предметов расчёта записать нельзя: в протоколе нет сумм НДС.',
    source: schema,
  },
  'one-agent-sign': {
    english: 'The protocol takes one agent sign.',
    russian: 'Протокол принимает только один признак агента.',
    source: `${schema}, agentType and calculationAgent`,
  },
  'one-phone': {
    english: 'The protocol takes one telephone of each kind.',
    russian: 'Протокол принимает по одному телефону каждого вида.',
    source: `${schema}, agentData and vendorData`,
  },
  'one-industry-attribute': {
    english: 'The protocol takes one industry attribute per line.',
    russian: 'Протокол принимает один отраслевой реквизит на предмет расчёта.',
    source: `${schema}, industryAttribute`,
  },
  'unit-as-text': {
    english: 'The protocol has no place for a unit as text (tag 1197).',
    russian: 'В протоколе нет единицы измерения в виде текста (реквизит 1197).',
    source: `${schema}, measureOfQuantity`,
  },
  'marking-before-1.2': {
    english: 'The protocol carries marking codes as FFD 1.2 has them.',
    russian: 'Протокол передаёт коды маркировки только так, как в ФФД 1.2.',
    source: `${schema}, markingCode and plannedStatus`,
  },
  'marking-check': {
    english:
      "The protocol has no place for the result of a check of the code: the provider's register makes its own.",
    russian: 'В протоколе нет результата проверки кода: её выполняет касса провайдера.',
    source: schema,
  },
  'receipt-attribute': {
    english: 'The protocol has no additional attribute of the receipt (tag 1192).',
    russian: 'В протоколе нет дополнительного реквизита чека (реквизит 1192).',
    source: schema,
  },
  'user-attribute': {
    english: 'The protocol has no additional attribute of the user (tag 1084).',
    russian: 'В протоколе нет дополнительного реквизита пользователя (реквизит 1084).',
    source: schema,
  },
};

export const notExpressible = (rule: ExpressionRule, field: string): E.Either<NotExpressible, never> =>
  E.left({ field, rule });
