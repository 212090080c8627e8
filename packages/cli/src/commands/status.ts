import type { KassaError } from '@cloud-kassa/cloud-kassa';
import type {
  DisputedDocument,
  ShownDocument,
  ShownDrive,
  ShownRegister,
} from '@cloud-kassa/projection-fiscal-status';
import type { Bilingual } from '@cloud-kassa/provider';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, shown, wrongUse } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import { AVAILABILITY, BUYER_COPY, SETTLEMENT_SIGN, sum } from '../output/labels';
import type { Cell, Column, View } from '../output/view';
import { tableTime } from '../output/table-time';
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

/** By the clock of the register where the document says it; else when it became known, which is UTC. */
const madeAt = ({ madeAt: byRegister, fiscalizedAt }: ShownDocument): string =>
  byRegister === undefined ? `${tableTime(fiscalizedAt)} UTC` : tableTime(byRegister);

interface DocumentColumn {
  readonly column: Column;
  readonly cell: (row: ShownDocument) => Cell;
  /** Belongs to the short table too, which is for a narrow terminal. */
  readonly isShort?: true;
}

const DOCUMENT_COLUMNS: ReadonlyArray<DocumentColumn> = [
  { column: column('Made at (register)', 'Время (по кассе)'), cell: madeAt, isShort: true },
  { column: column('Type', 'Тип'), cell: ({ sign }) => SETTLEMENT_SIGN[sign], isShort: true },
  { column: column('Sum', 'Сумма', { align: 'right' }), cell: ({ total }) => sum(total), isShort: true },
  {
    column: column('Source document', 'Документ-основание', { shrinks: true }),
    cell: ({ sourceDocument }) => sourceDocument,
    isShort: true,
  },
  { column: column('Register', 'Касса'), cell: ({ registerId }) => registerId },
  { column: column('Drive', 'ФН'), cell: ({ fn }) => fn, isShort: true },
  { column: column('No.', 'ФД', { align: 'right' }), cell: ({ fd }) => String(fd ?? '—'), isShort: true },
  { column: column('Sign', 'ФПД', { align: 'right' }), cell: ({ fp }) => String(fp ?? '—') },
  {
    column: column('Shift', 'Смена', { align: 'right' }),
    cell: ({ bookShift }) => String(bookShift ?? '—'),
  },
  {
    column: column("Buyer's copy", 'Покупателю'),
    cell: ({ buyerCopy }) => (buyerCopy === undefined ? '—' : BUYER_COPY[buyerCopy]),
  },
];

const NO_DOCUMENT = { english: 'No document yet.', russian: 'Документов пока нет.' };
const NONE_FITS = { english: 'No document fits what was asked for.', russian: 'Подходящих документов нет.' };

const tableOf = (
  rows: ReadonlyArray<ShownDocument>,
  columns: ReadonlyArray<DocumentColumn>,
  empty: Bilingual,
): View => ({
  kind: 'table',
  columns: columns.map((each) => each.column),
  rows: rows.map((row) => columns.map(({ cell }) => cell(row))),
  empty,
});

/** Fiscal documents, newest first, in a table that fits 80 columns. */
export const shortDocumentsTable = (rows: ReadonlyArray<ShownDocument>): View =>
  tableOf(
    rows,
    DOCUMENT_COLUMNS.filter(({ isShort }) => isShort === true),
    NO_DOCUMENT,
  );

/** Documents that contradict the receipt they were found for. */
const disputedTable = (rows: ReadonlyArray<DisputedDocument>): View => ({
  kind: 'table',
  title: { english: 'Disputed documents', russian: 'Спорные документы' },
  columns: [
    column('Since (UTC)', 'С какого времени (UTC)'),
    column('Receipt', 'Чек'),
    column('Drive', 'ФН'),
    column('No.', 'ФД', { align: 'right' }),
    column('Differs in', 'Расходится в', { shrinks: true }),
  ],
  rows: rows.map((row): ReadonlyArray<Cell> => [
    tableTime(row.foundAt),
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
  const registerId = given.value('register');
  const asked = {
    registerId,
    organisation: given.value('organisation'),
    sourceDocument: given.value('document'),
    fn: given.value('fn'),
  };
  const rows = await kassa.value.status.documents({ limit, ...asked });
  if (!rows.ok) return failure(rows.error);
  const found = rows.value.rows;
  if (registerId !== undefined && found.length === 0) {
    const all = await kassa.value.status.registers({ limit: 1_000 });
    if (!all.ok) return failure(all.error);
    if (!all.value.some((row) => row.registerId === registerId)) return failure(noRegister(registerId));
  }
  const disputed = await kassa.value.status.disputedDocuments();
  if (!disputed.ok) return failure(disputed.error);
  const isAsked = Object.values(asked).some((value) => value !== undefined);
  return shown(
    { documents: found, disputed: disputed.value.rows },
    ...(found.length === 0 && isAsked
      ? [{ kind: 'text', text: NONE_FITS } satisfies View]
      : [tableOf(found, DOCUMENT_COLUMNS, NO_DOCUMENT)]),
    ...(disputed.value.rows.length === 0 ? [] : [disputedTable(disputed.value.rows)]),
  );
};

const noRegister = (registerId: string): KassaError => ({
  code: 'not-found',
  what: 'register',
  message: `There is no register ${registerId}. Those there are: cloud-kassa status registers`,
  russian: `Кассы ${registerId} нет. Какие есть: cloud-kassa status registers`,
});

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
