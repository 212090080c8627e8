import type { HoldReason } from '@cloud-kassa/core';
import { POSTPONEMENT_REASONS } from '@cloud-kassa/core';
import type { PaymentWithoutReceipt, QueuedReceipt } from '@cloud-kassa/projection-receipt-queue';
import { HOLD_REASONS, PROVIDER_STATE, QUEUE_STATUS, SETTLEMENT_SIGN, sum } from '../output/labels';
import type { Cell, View } from '../output/view';
import { tableTime } from '../output/table-time';
import { column } from '../output/view';

const isHoldReason = (reason: string): reason is HoldReason => Object.hasOwn(HOLD_REASONS, reason);

const reasonText = ({ reasonKind, reason, reasonCode, open }: QueuedReceipt): Cell => {
  if (reasonKind === undefined) return '';
  const code = reasonCode === undefined ? '' : ` (${reasonCode})`;
  const sends =
    open > 0
      ? { english: `; sends without outcome: ${open}`, russian: `; отправок без исхода: ${open}` }
      : { english: '', russian: '' };
  const words =
    reason !== undefined && isHoldReason(reason)
      ? HOLD_REASONS[reason]
      : { english: reason ?? reasonKind, russian: reason ?? reasonKind };
  return {
    english: `${words.english}${code}${sends.english}`,
    russian: `${words.russian}${code}${sends.russian}`,
  };
};

/** The receipts of the queue for people, as the list of 1C shows them. */
export const queueTable = (rows: ReadonlyArray<QueuedReceipt>): View => ({
  kind: 'table',
  columns: [
    column('Status', 'Статус'),
    column('Provider', 'У провайдера'),
    column('Source document', 'Документ-основание', { shrinks: true }),
    column('Type', 'Тип'),
    column('Sum', 'Сумма', { align: 'right' }),
    column('Register', 'Касса'),
    column('Sends', 'Отпр.', { align: 'right' }),
    column('Deadline (UTC)', 'Срок (UTC)'),
    column('Next try, reason', 'След. попытка, причина', { shrinks: true }),
    column('Receipt', 'Чек'),
  ],
  rows: rows.map((row): ReadonlyArray<Cell> => {
    const reason = reasonText(row);
    const next = row.nextTryAt ?? '';
    const joined = (words: string): string => [next, words].filter((part) => part !== '').join(' ');
    return [
      QUEUE_STATUS[row.status],
      row.providerState === undefined ? '—' : (PROVIDER_STATE[row.providerState] ?? row.providerState),
      row.sourceDocument,
      SETTLEMENT_SIGN[row.sign],
      sum(row.total),
      row.registerId,
      String(row.sends),
      tableTime(row.legalDeadline).slice(0, 16),
      typeof reason === 'string'
        ? joined(reason)
        : { english: joined(reason.english), russian: joined(reason.russian) },
      row.receiptId,
    ];
  }),
  empty: { english: 'Nothing in the queue.', russian: 'Очередь пуста.' },
});

/** Payments whose money came and that have no receipt yet. */
export const waitingTable = (rows: ReadonlyArray<PaymentWithoutReceipt>): View => ({
  kind: 'table',
  title: { english: 'Payments without a receipt', russian: 'Оплаты без чека' },
  columns: [
    column('Payment', 'Оплата'),
    column('Confirmed (UTC)', 'Подтверждена (UTC)'),
    column('Amount', 'Сумма', { align: 'right' }),
    column('Why', 'Почему нет чека', { shrinks: true }),
    column('Since (UTC)', 'С какого времени (UTC)'),
  ],
  rows: rows.map((row): ReadonlyArray<Cell> => [
    row.paymentId,
    tableTime(row.confirmedAt),
    sum(row.amount),
    row.reason === undefined
      ? { english: 'is being made', russian: 'делается' }
      : {
          english: `${POSTPONEMENT_REASONS[row.reason].english}${row.objectionRule === undefined ? '' : ` [${row.objectionRule}, ${row.objectionField ?? ''}]`}`,
          russian: `${POSTPONEMENT_REASONS[row.reason].russian}${row.objectionRule === undefined ? '' : ` [${row.objectionRule}, ${row.objectionField ?? ''}]`}`,
        },
    row.since === undefined ? '' : tableTime(row.since),
  ]),
  empty: {
    english: 'Every confirmed payment has its receipt.',
    russian: 'У каждой подтверждённой оплаты есть чек.',
  },
});
