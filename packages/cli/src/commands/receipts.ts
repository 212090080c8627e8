import type { Receipt } from '@cloud-kassa/core';
import { isErased } from '@cloud-kassa/core';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, shown } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import { PHASES, SETTLEMENT_SIGN, sum } from '../output/labels';
import { plainData } from '../output/plain-data';
import type { Cell, View } from '../output/view';
import { column } from '../output/view';
import { IMPORT_COMMAND } from './import-receipts';
import { timelineView } from './replay';

const fact = (english: string, russian: string, value: Cell): ReadonlyArray<Cell> => [
  { english, russian },
  value,
];

/** The buyer's contact is shown where it was asked for, and nowhere else. */
const contactOf = ({ content: { buyer } }: Receipt): Cell => {
  if (buyer === undefined) return { english: 'none', russian: 'нет' };
  if (isErased(buyer.person)) return { english: 'erased', russian: 'удалены' };
  return [buyer.person.email, buyer.person.phone].filter((part) => part !== undefined).join(', ');
};

const documentRows = ({
  attempt: { document, contentChecked },
}: Receipt): ReadonlyArray<ReadonlyArray<Cell>> =>
  document === undefined
    ? []
    : [
        fact('drive (1041)', 'ФН', document.fn),
        fact('document (1040)', 'ФД', String(document.fd ?? '—')),
        fact('fiscal sign (1077)', 'ФПД', String(document.fp ?? '—')),
        fact(
          'content compared',
          'содержание сверено',
          contentChecked === true
            ? { english: 'yes', russian: 'да' }
            : { english: 'not yet', russian: 'ещё нет' },
        ),
      ];

const facts = (receipt: Receipt): View => ({
  kind: 'table',
  columns: [column('Receipt', 'Чек'), column(receipt.receiptId, receipt.receiptId, { shrinks: true })],
  rows: [
    fact('organisation', 'организация', receipt.organisation),
    fact(
      'source document',
      'документ-основание',
      `${receipt.source.document} / ${receipt.source.settlementId}`,
    ),
    fact('type', 'тип', SETTLEMENT_SIGN[receipt.content.settlementSign]),
    fact('sum', 'сумма', sum(receipt.content.total)),
    fact('state', 'состояние', PHASES[receipt.attempt.phase]),
    fact('register', 'касса', receipt.facts.register.registerId),
    fact('device', 'облачная ККТ', receipt.attempt.route?.deviceId ?? receipt.facts.device.deviceId),
    fact('legal deadline', 'срок по закону', receipt.legalDeadline),
    fact("buyer's contact", 'контакт покупателя', contactOf(receipt)),
    fact('key of the buyer', 'ключ покупателя', receipt.content.buyer?.keyId ?? '—'),
    ...(receipt.assumed.length === 0
      ? []
      : [fact('filled with a default', 'заполнено по умолчанию', receipt.assumed.join(', '))]),
    ...documentRows(receipt),
  ],
});

const items = ({ content }: Receipt): View => ({
  kind: 'table',
  columns: [
    column('Line', 'Предмет расчёта', { shrinks: true }),
    column('Price', 'Цена', { align: 'right' }),
    column('Quantity', 'Количество', { align: 'right' }),
    column('Sum', 'Сумма', { align: 'right' }),
    column('VAT', 'НДС', { align: 'right' }),
  ],
  rows: content.items.map(({ name, price, quantity, sum: amount, vatSum }) => [
    name,
    sum(price),
    quantity,
    sum(amount),
    vatSum === undefined ? '—' : sum(vatSum),
  ]),
});

const show = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const receiptId = given.argument('receipt') ?? '';
  const receipt = await kassa.value.receipts.get(receiptId);
  if (!receipt.ok) return failure(receipt.error);
  const replayed = await kassa.value.audit.replay(`receipt-${receiptId}`);
  if (!replayed.ok) return failure(replayed.error);
  const { timeline } = replayed.value;
  return shown(
    { receipt: plainData(receipt.value), timeline },
    facts(receipt.value),
    items(receipt.value),
    timelineView(timeline),
  );
};

export const RECEIPTS_COMMANDS: ReadonlyArray<CommandSpec> = [
  IMPORT_COMMAND,
  {
    path: ['receipts', 'show'],
    text: {
      english: 'a receipt with its lines, its document and all that happened to it',
      russian: 'чек целиком',
    },
    arguments: [{ name: 'receipt', text: { english: 'id of the receipt', russian: 'имя чека' } }],
    run: show,
  },
];
