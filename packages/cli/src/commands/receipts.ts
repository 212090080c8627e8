import type { Receipt } from '@cloud-kassa/core';
import { isErased } from '@cloud-kassa/core';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, shown } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import { PHASES, SETTLEMENT_SIGN, sum } from '../output/labels';
import { plainData } from '../output/plain-data';
import type { Cell, View } from '../output/view';
import { column, plain, text } from '../output/view';
import { writeFileOf } from './file-output';
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

/** As people are shown: of an erased buyer nothing but the key is left. */
const buyerData = ({ content: { buyer } }: Receipt): Readonly<Record<string, unknown>> | null => {
  if (buyer === undefined) return null;
  const { keyId, person } = buyer;
  return isErased(person) ? { keyId, erased: true } : { keyId, ...person };
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
    { receipt: plainData(receipt.value), buyer: buyerData(receipt.value), timeline },
    facts(receipt.value),
    items(receipt.value),
    timelineView(timeline),
  );
};

const proof = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const receiptId = given.argument('receipt') ?? '';
  const proved = await kassa.value.audit.proofOf(receiptId);
  if (!proved.ok) return failure(proved.error);
  const file = given.value('to');
  if (file === undefined)
    return shown({ receiptId, proof: proved.value }, plain(proved.value.replace(/\n$/, '')));
  return (
    writeFileOf('to', file, proved.value) ??
    shown(
      { receiptId, file },
      text(
        `The proof stands in ${file}. Anybody may check it: cloud-kassa proof verify ${file}`,
        `Доказательство записано в ${file}. Проверить может любой: cloud-kassa proof verify ${file}`,
      ),
    )
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
  {
    path: ['receipts', 'proof'],
    text: {
      english: 'the proof of a receipt, to be checked without the store',
      russian: 'доказательство чека, проверяемое без хранилища',
    },
    details: {
      english:
        'Writes the events of a receipt as they are stored, with their chain of hashes. Persons stay sealed. `proof verify` checks it with nothing else at hand.',
      russian:
        'Записывает события чека как они хранятся, с цепочкой хешей. Персональные данные остаются запечатанными. `proof verify` проверяет его без чего-либо ещё.',
    },
    arguments: [{ name: 'receipt', text: { english: 'id of the receipt', russian: 'имя чека' } }],
    options: [
      {
        name: 'to',
        kind: 'value',
        placeholder: 'FILE',
        text: { english: 'write it to a file (default: the standard output)', russian: 'записать в файл' },
      },
    ],
    run: proof,
  },
];
