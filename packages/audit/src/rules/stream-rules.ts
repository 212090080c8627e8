import type { RuleTable } from '@cloud-kassa/core';

/** What can be wrong with the story that the events of one stream tell. */
export type StreamRule =
  | 'identity'
  | 'transition-forbidden'
  | 'intent-missing'
  | 'attempt-key'
  | 'generation'
  | 'epoch'
  | 'payload-hash'
  | 'sends-unaccounted-for'
  | 'person-unnamed'
  | 'final-state-left'
  | 'refund-above-paid'
  | 'shift-totals';

export const STREAM_RULES: RuleTable<StreamRule> = {
  identity: {
    english: 'The event names another receipt, payment, device or register than its stream does.',
    russian: 'Событие относится не к тому объекту, в чей поток записано.',
    source: 'streams and identities; the receipt id is made of organisation, document and settlement',
  },
  'transition-forbidden': {
    english: 'The aggregate could not have written this event in the state it was in.',
    russian: 'Событие невозможно в том состоянии, в котором был объект.',
    source: 'attempt protocol and the other state machines: what is not in the table is forbidden',
  },
  'intent-missing': {
    english: 'An outcome is recorded, and no send was authorised under the key before it.',
    russian: 'Результат отправки есть, а намерения отправить не было.',
    source: 'invariant I11: no request without a durable intent',
  },
  'attempt-key': {
    english: 'The key is not the one computed from receipt, domain and generation, or not the current one.',
    russian: 'Ключ операции не соответствует чеку, области и поколению.',
    source: 'invariant I4; keys are UUID v5 of receipt, dedup domain and generation',
  },
  generation: {
    english: 'The generation of the key does not begin with nought or does not grow by one.',
    russian: 'Поколение ключа операции нарушает порядок.',
    source: 'invariant I4; attempt protocol, rows 1, 4, 27 and 43',
  },
  epoch: {
    english: 'The epoch does not grow by one, or an outcome speaks of another epoch.',
    russian: 'Номер эпохи нарушает порядок.',
    source: 'invariant I6: epochs strictly grow',
  },
  'payload-hash': {
    english: 'Under one key another content was sent than before, or another than the receipt has.',
    russian: 'С одним ключом отправлено другое содержимое.',
    source: 'attempt protocol: one key, identical content',
  },
  'sends-unaccounted-for': {
    english: 'The key was left, amended or cancelled while a send might still have become a document.',
    russian: 'Ключ оставлен, хотя по нему ещё мог быть сформирован документ.',
    source: 'invariant I7; attempt protocol, rows 4, 6, 30, 42 and 44',
  },
  'person-unnamed': {
    english: 'What persons have to settle was settled without the named persons or the evidence it needs.',
    russian: 'Решение принято без указания ответственных лиц или доказательств.',
    source: 'attempt protocol, rows 31 to 33, 38, 43 and 47',
  },
  'final-state-left': {
    english: 'A fiscalized or cancelled receipt went on as if it were open.',
    russian: 'Завершённый чек снова обрабатывался.',
    source: 'invariant I5: Fiscalized and Cancelled change to Disputed only',
  },
  'refund-above-paid': {
    english: 'More goes back than was paid in the settlement.',
    russian: 'Возвращено больше, чем было оплачено.',
    source: 'payment: refunds of one settlement together never exceed it',
  },
  'shift-totals': {
    english:
      'The totals stated at the closing differ from those of the documents recorded while the shift was open.',
    russian: 'Итоги закрытой смены расходятся с её документами.',
    source: 'a document belongs to the shift that is open when it is recorded',
  },
};
