import type { RuleTable } from '@cloud-kassa/core';

/** What can be wrong between the events and the ledger of the registers. */
export type LedgerRule =
  | 'document-without-intent'
  | 'document-missing'
  | 'document-differs'
  | 'document-of-other-receipt'
  | 'document-unaccounted'
  | 'content-differs'
  | 'ledger-hole';

export const LEDGER_RULES: RuleTable<LedgerRule> = {
  'document-without-intent': {
    english: 'The ledger has a receipt that nobody here had authorised.',
    russian: 'В журнале ККТ есть чек, на который не было намерения.',
    source: 'invariant I3: a key in the ledger is an intent in the stream',
  },
  'document-missing': {
    english: 'A receipt is fiscalized here, and the ledger does not have its document.',
    russian: 'Чек считается фискализированным, а документа в журнале ККТ нет.',
    source: 'invariant I9: a recorded document exists',
  },
  'document-differs': {
    english: 'The ledger has another document for the receipt than the one recorded here.',
    russian: 'В журнале ККТ у чека другой документ.',
    source: 'invariant I9: a recorded document exists',
  },
  'document-of-other-receipt': {
    english: 'The document recorded for one receipt was made under the key of another.',
    russian: 'Документ сформирован по ключу другого чека.',
    source: 'invariant I9: a recorded document is that of the receipt',
  },
  'document-unaccounted': {
    english:
      'The ledger has a document under a key whose sends were all recorded as void, or which was recorded as failed.',
    russian: 'Документ сформирован по ключу, все отправки которого признаны несостоявшимися.',
    source: 'assumptions A3 and A5: refusals and failures of the provider are true',
  },
  'content-differs': {
    english: 'The document differs from the receipt in the fields named.',
    russian: 'Содержимое документа расходится с чеком.',
    source: 'invariants I9 and I12: sign, taxation, total, payments, VAT, lines',
  },
  'ledger-hole': {
    english: 'Numbers of documents of a drive are missing or repeated in the ledger.',
    russian: 'В журнале ККТ пропущены или повторяются номера документов.',
    source: 'order ЕД-7-20/662@, tag 1040: documents of a drive are numbered without gaps',
  },
};
