import type { RuleTable } from '@cloud-kassa/core';

/** What can be wrong between streams, or with the end of a story. */
export type CrossRule =
  | 'doubled'
  | 'disputed'
  | 'document-after-cancel'
  | 'document-reused'
  | 'documents-out-of-order'
  | 'receipt-missing'
  | 'receipt-linked-twice'
  | 'linked-amount-differs'
  | 'operation-told-for-two-payments'
  | 'receipt-open'
  | 'settlement-open'
  | 'parent-missing'
  | 'parent-not-fiscalized'
  | 'reservation-missing'
  | 'reservation-abandoned'
  | 'reserved-above-sold'
  | 'refund-above-reserved'
  | 'domain-shared'
  | 'domain-differs';

export const CROSS_RULES: RuleTable<CrossRule> = {
  doubled: {
    english: 'Two fiscal documents exist for one receipt.',
    russian: 'По одному чеку сформировано два фискальных документа.',
    source: 'invariant I1: at most one document per receipt',
  },
  disputed: {
    english: 'A document was found whose content differs from the receipt, and nobody has made it good yet.',
    russian: 'Документ расходится с чеком, и это ещё не исправлено.',
    source: 'invariant I9; attempt protocol, rows 20, 38 and 46',
  },
  'document-after-cancel': {
    english: 'A document exists for a cancelled receipt.',
    russian: 'По отменённому чеку сформирован документ.',
    source: 'invariant I8: cancelled means no document',
  },
  'document-reused': {
    english: 'Two receipts claim the same fiscal document.',
    russian: 'Два чека ссылаются на один фискальный документ.',
    source: 'invariant I10: numbers of documents are distinct on one drive (tags 1040, 1041)',
  },
  'documents-out-of-order': {
    english: 'A later document of the drive has an earlier shift, number in the shift or time.',
    russian: 'Номера, смены или время документов накопителя идут не по порядку.',
    source: 'order ЕД-7-20/662@, tags 1012, 1038, 1040 and 1042',
  },
  'receipt-missing': {
    english: 'A settlement is linked to a receipt that is not there.',
    russian: 'Оплата связана с чеком, которого нет.',
    source: 'the promise: one document for every confirmed payment',
  },
  'receipt-linked-twice': {
    english: 'Two settlements are linked to one receipt, so one of them has none.',
    russian: 'Две оплаты связаны с одним чеком.',
    source: 'the promise: one document for every confirmed payment',
  },
  'linked-amount-differs': {
    english: 'The cashless sum of the receipt is not the amount of the payment it is linked to.',
    russian: 'Безналичная сумма чека не равна сумме оплаты.',
    source: 'the receipt of a payment is over its amount (tag 1081)',
  },
  'operation-told-for-two-payments': {
    english:
      'One operation of the bank was told as the money of two payments, so it has two receipts; none of them was returned in full.',
    russian:
      'Одна операция банка учтена как деньги двух оплат, и чеков по ней два; ни одна из оплат не возвращена полностью.',
    source: 'one operation of the bank is one settlement (54-FZ art. 1.1, 1.2 cl. 1)',
  },
  'receipt-open': {
    english: 'The receipt has no final state yet; only a finding where closed books were asked for.',
    russian: 'Чек ещё не завершён.',
    source: 'invariant I2; asked for by requireClosed',
  },
  'settlement-open': {
    english: 'A confirmed settlement has no receipt yet; only a finding where closed books were asked for.',
    russian: 'По подтверждённой оплате ещё нет чека.',
    source: 'invariant I2; asked for by requireClosed',
  },
  'parent-missing': {
    english: 'The receipt names an earlier receipt of this store that is not there.',
    russian: 'Исходного чека нет.',
    source: 'links between receipts',
  },
  'parent-not-fiscalized': {
    english: 'The receipt was sent before the receipt it refunds, corrects or offsets had its document.',
    russian: 'Чек отправлен раньше, чем фискализирован исходный чек.',
    source: 'attempt protocol, row 3: parents before children',
  },
  'reservation-missing': {
    english: 'A refund or offset may become a document, and the earlier receipt holds nothing for it.',
    russian: 'Возврат или зачёт не зарезервирован в исходном чеке.',
    source: 'refunds and offsets: the stream of the sale is the fence',
  },
  'reservation-abandoned': {
    english: 'A part of the receipt is held for a receipt that was never registered.',
    russian: 'Часть чека зарезервирована под чек, который не был создан.',
    source: 'refunds and offsets: a reservation is used or released',
  },
  'reserved-above-sold': {
    english: 'Refunds and offsets together hold more than the receipt sold or took in.',
    russian: 'Зарезервировано больше, чем продано или получено.',
    source: '54-FZ, art. 1.1 and 4.7: a refund speaks of a settlement that took place',
  },
  'refund-above-reserved': {
    english: 'The refund gives back more than was reserved for it.',
    russian: 'Возвращается больше, чем зарезервировано.',
    source: 'refunds and offsets: the stream of the sale is the fence',
  },
  'domain-shared': {
    english: 'Two cloud devices have one dedup domain.',
    russian: 'Две облачные кассы в одной области уникальности ключей.',
    source: 'one cloud device is one dedup domain',
  },
  'domain-differs': {
    english: 'The receipt was routed to a device in a domain that is not the domain of the device.',
    russian: 'Область уникальности ключа не соответствует облачной кассе.',
    source: 'one cloud device is one dedup domain, and it never changes',
  },
};
