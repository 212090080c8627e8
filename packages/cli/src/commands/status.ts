import type {
  DisputedDocument,
  ShownDocument,
  ShownDrive,
  ShownRegister,
} from '@cloud-kassa/projection-fiscal-status';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, shown, wrongUse } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import { AVAILABILITY, BUYER_COPY, SETTLEMENT_SIGN, sum } from '../output/labels';
import type { Cell, View } from '../output/view';
import { column } from '../output/view';
import { numberIn } from './values';

/** The registers with what stands behind them. */
export const registersTable = (rows: ReadonlyArray<ShownRegister>): View => ({
  kind: 'table',
  columns: [
    column('Register', 'Касса'),
    column('Organisation', 'Организация'),
    column('Device', 'Облачная ККТ', { shrinks: true }),
    column('Provider says', 'Провайдер'),
    column('Shift', 'Смена'),
    column('Open receipts', 'Незаверш. чеков', { align: 'right' }),
  ],
  rows: rows.map((row): ReadonlyArray<Cell> => [
    row.registerId,
    row.organisation,
    row.deviceId,
    row.availability === undefined
      ? { english: 'not asked yet', russian: 'ещё не опрошен' }
      : AVAILABILITY[row.availability],
    row.openShift === undefined
      ? { english: 'closed', russian: 'закрыта' }
      : { english: `open, no. ${row.openShift.number}`, russian: `открыта, № ${row.openShift.number}` },
    String(row.openReceipts),
  ]),
  empty: { english: 'No register is attached yet.', russian: 'Кассы пока не подключены.' },
});

/** The drives with their life and fill. */
export const drivesTable = (rows: ReadonlyArray<ShownDrive>): View => ({
  kind: 'table',
  columns: [
    column('Device', 'Облачная ККТ', { shrinks: true }),
    column('Registration number', 'РН ККТ'),
    column('Drive', 'ФН'),
    column('Key until', 'Ключ до'),
    column('Documents', 'Документов', { align: 'right' }),
    column('Filled', 'Заполнен', { align: 'right' }),
    column('Unsent', 'Не передано', { align: 'right' }),
    column('KKT shift', 'Смена ККТ', { align: 'right' }),
  ],
  rows: rows.map((row): ReadonlyArray<Cell> => [
    row.deviceId,
    row.registrationNumber,
    row.fn ?? '—',
    row.keyExpiresOn ?? '—',
    String(row.documents ?? '—'),
    row.fillPercent === undefined ? '—' : `${row.fillPercent} %`,
    String(row.unsentDocuments ?? '—'),
    String(row.kktShift ?? '—'),
  ]),
  empty: {
    english: 'Nothing is known of the drives yet.',
    russian: 'О накопителях пока ничего не известно.',
  },
});

/** Fiscal documents, newest first. */
export const documentsTable = (rows: ReadonlyArray<ShownDocument>): View => ({
  kind: 'table',
  columns: [
    column('Made at', 'Время'),
    column('Type', 'Тип'),
    column('Sum', 'Сумма', { align: 'right' }),
    column('Source document', 'Документ-основание', { shrinks: true }),
    column('Register', 'Касса'),
    column('Drive', 'ФН'),
    column('No.', 'ФД', { align: 'right' }),
    column('Sign', 'ФПД', { align: 'right' }),
    column('Shift', 'Смена', { align: 'right' }),
    column("Buyer's copy", 'Покупателю'),
  ],
  rows: rows.map((row): ReadonlyArray<Cell> => [
    row.madeAt ?? row.fiscalizedAt,
    SETTLEMENT_SIGN[row.sign],
    sum(row.total),
    row.sourceDocument,
    row.registerId,
    row.fn,
    String(row.fd ?? '—'),
    String(row.fp ?? '—'),
    String(row.bookShift ?? '—'),
    row.buyerCopy === undefined ? '—' : BUYER_COPY[row.buyerCopy],
  ]),
  empty: { english: 'No document yet.', russian: 'Документов пока нет.' },
});

/** Documents that contradict the receipt they were found for. */
const disputedTable = (rows: ReadonlyArray<DisputedDocument>): View => ({
  kind: 'table',
  title: { english: 'Disputed documents', russian: 'Спорные документы' },
  columns: [
    column('Since', 'С какого времени'),
    column('Receipt', 'Чек'),
    column('Drive', 'ФН'),
    column('No.', 'ФД', { align: 'right' }),
    column('Differs in', 'Расходится в', { shrinks: true }),
  ],
  rows: rows.map((row): ReadonlyArray<Cell> => [
    row.foundAt,
    row.receiptId,
    row.fn,
    String(row.fd ?? '—'),
    row.differences.join(', '),
  ]),
});

const registers = async (_given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.reading();
  if (!kassa.ok) return failure(kassa.error);
  const rows = await kassa.value.status.registers({ limit: 1_000 });
  if (!rows.ok) return failure(rows.error);
  const drives = await kassa.value.status.drives({ limit: 1_000 });
  if (!drives.ok) return failure(drives.error);
  return shown(
    { registers: rows.value, drives: drives.value },
    registersTable(rows.value),
    drivesTable(drives.value),
  );
};

const documents = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const limit = numberIn(given.value('limit'), 100, 1, 1_000);
  if (limit === undefined)
    return wrongUse('limit', 'whole-number', {
      english: 'From 1 to 1000 rows at once.',
      russian: 'За раз — от 1 до 1000 строк.',
    });
  const kassa = await context.reading();
  if (!kassa.ok) return failure(kassa.error);
  const rows = await kassa.value.status.documents({
    limit,
    registerId: given.value('register'),
    organisation: given.value('organisation'),
    sourceDocument: given.value('document'),
    fn: given.value('fn'),
  });
  if (!rows.ok) return failure(rows.error);
  const disputed = await kassa.value.status.disputedDocuments();
  if (!disputed.ok) return failure(disputed.error);
  return shown(
    { documents: rows.value.rows, disputed: disputed.value.rows },
    documentsTable(rows.value.rows),
    ...(disputed.value.rows.length === 0 ? [] : [disputedTable(disputed.value.rows)]),
  );
};

export const STATUS_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['status', 'registers'],
    text: { english: 'registers, shifts and drives', russian: 'кассы, смены и накопители' },
    run: registers,
  },
  {
    path: ['status', 'documents'],
    text: { english: 'fiscal documents, newest first', russian: 'фискальные документы, сначала новые' },
    options: [
      {
        name: 'register',
        kind: 'value',
        placeholder: 'REGISTER',
        text: { english: 'of this register', russian: 'этой кассы' },
      },
      {
        name: 'organisation',
        kind: 'value',
        placeholder: 'INN',
        text: { english: 'of this organisation', russian: 'этой организации' },
      },
      {
        name: 'document',
        kind: 'value',
        placeholder: 'TEXT',
        text: { english: 'of this source document', russian: 'этого документа-основания' },
      },
      {
        name: 'fn',
        kind: 'value',
        placeholder: 'NUMBER',
        text: { english: 'of this drive', russian: 'этого ФН' },
      },
      {
        name: 'limit',
        kind: 'value',
        placeholder: 'N',
        preset: '100',
        text: { english: 'at most so many', russian: 'не больше' },
      },
    ],
    run: documents,
  },
];
