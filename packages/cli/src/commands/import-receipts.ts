import { createReadStream } from 'node:fs';
import * as E from 'fp-ts/Either';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { wrongUse } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import type { View } from '../output/view';
import { column, text } from '../output/view';
import type { ImportReport, RefusedLine } from '../receipts-import';
import { sha256Of } from '../receipts-import';
import { importFile, registerThrough } from './import-file';
import { readerOf } from './import-options';

/** So many refused lines are shown to a person; the rest is counted. `--refused FILE` and `--json` tell all of them. */
const MOST_SHOWN = 20;

const reportViews = (report: ImportReport, refused: ReadonlyArray<RefusedLine>): ReadonlyArray<View> => {
  const lines = refused.slice(0, MOST_SHOWN);
  const total = Object.values(report.refused).reduce((sum, count) => sum + count, 0);
  return [
    text(
      `${report.registered} registered, ${report.known} known before, ${total} refused of ${report.lines} lines.`,
      `Зарегистрировано: ${report.registered}, уже было: ${report.known}, отказано: ${total}; строк: ${report.lines}.`,
    ),
    ...(lines.length === 0
      ? []
      : [
          {
            kind: 'table',
            columns: [
              column('Line', 'Строка', { align: 'right' }),
              column('Field', 'Поле', { shrinks: true }),
              column('Rule', 'Правило'),
            ],
            rows: lines.map(({ line, field, rule }) => [String(line), field, rule]),
          } satisfies View,
        ]),
    ...(total > lines.length
      ? [text(`… and ${total - lines.length} more`, `… и ещё ${total - lines.length}`)]
      : []),
  ];
};

const unreadable = (code: string): CommandResult =>
  wrongUse('file', 'not-readable', {
    english: `The file can not be read: ${code}.`,
    russian: `Файл не читается: ${code}.`,
  });

const IDENTITY = 'sha256-of-file:line';

const run = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const file = given.argument('file') ?? '';
  let fileSha256: string | undefined;
  if (given.value('identity') === IDENTITY) {
    try {
      fileSha256 = await sha256Of(createReadStream(file));
    } catch {
      return unreadable('ENOENT');
    }
  }
  const reader = readerOf(given, fileSha256);
  if (E.isLeft(reader)) return reader.left;
  const kassa = await context.kassa();
  if (!kassa.ok)
    return { exit: 5, data: { error: kassa.error }, views: [], problem: bothOf(kassa.error.message) };
  const imported = await importFile(file, reader.right, registerThrough(kassa.value, context.actor), context);
  if (E.isLeft(imported)) {
    const { code, report } = imported.left;
    return report.lines === 0 && code.startsWith('E')
      ? unreadable(code)
      : {
          exit: 5,
          data: { error: { code }, ...report },
          views: reportViews(report, []),
          problem: bothOf(`The import stopped: ${code}. What was registered stays; import the file again.`),
        };
  }
  const { report, refused } = imported.right;
  const [first] = refused;
  return {
    exit: report.interrupted ? 130 : first === undefined ? 0 : 2,
    data: { ...report, refusedLines: refused },
    views: reportViews(report, refused),
    ...(first === undefined
      ? {}
      : {
          problem: {
            english: `Line ${first.line}, ${first.field}: ${first.rule}.`,
            russian: `Строка ${first.line}, ${first.field}: ${first.rule}.`,
          },
        }),
  };
};

const bothOf = (english: string): { readonly english: string; readonly russian: string } => ({
  english,
  russian: english,
});

const code = (name: string, english: string, russian: string) =>
  ({ name, kind: 'value', placeholder: 'CODE', text: { english, russian } }) as const;

export const IMPORT_COMMAND: CommandSpec = {
  path: ['receipts', 'import'],
  text: { english: 'register receipts from a file', russian: 'загрузить чеки из файла' },
  details: {
    english:
      'Reads a file of any size line by line, registers each line as a receipt and puts it into the queue. A bad line is told with its number, field and rule, and the import goes on. Importing a file again registers nothing twice.',
    russian:
      'Читает файл любого размера построчно и ставит чеки в очередь. Плохая строка называется с номером, полем и правилом, загрузка идёт дальше. Повторная загрузка ничего не удваивает.',
  },
  arguments: [
    { name: 'file', text: { english: 'one JSON object a line', russian: 'по объекту JSON в строке' } },
  ],
  options: [
    {
      name: 'format',
      kind: 'value',
      placeholder: 'NAME',
      obligatory: true,
      choices: ['documents', 'fns-extract'],
      text: {
        english:
          'documents: settlement documents of a shop; fns-extract: receipts as the tax service shows them',
        russian: 'documents — документы расчёта; fns-extract — чеки в виде выгрузки ФНС',
      },
    },
    {
      name: 'organisation',
      kind: 'value',
      placeholder: 'INN',
      text: {
        english: 'INN for lines that name none, of an extract for all lines',
        russian: 'ИНН организации',
      },
    },
    {
      name: 'rehearsal',
      kind: 'flag',
      text: {
        english: 'apply dated rules at the date of each receipt itself',
        russian: 'применять правила на дату самого чека',
      },
    },
    {
      name: 'register',
      kind: 'list',
      placeholder: 'RULE=ID',
      text: {
        english: 'register by its way of computing VAT: per-line=ID, per-total=ID',
        russian: 'касса по способу расчёта НДС: per-line=ИМЯ, per-total=ИМЯ',
      },
    },
    {
      name: 'identity',
      kind: 'value',
      placeholder: 'WAY',
      choices: [IDENTITY],
      text: {
        english: 'name lines without an id by the file and their number; an edited file is a new file',
        russian: 'именовать строки без id по файлу и номеру; исправленный файл — новый файл',
      },
    },
    {
      name: 'ffd',
      kind: 'value',
      placeholder: 'VERSION',
      choices: ['1.05', '1.1', '1.2'],
      text: { english: 'version of the format of the registers', russian: 'версия ФФД касс' },
    },
    code(
      'taxation-default',
      'taxation system of receipts that state none',
      'система налогообложения, если не указана',
    ),
    code(
      'method-default',
      'payment method (tag 1214) of lines that state none',
      'признак способа расчёта, если не указан',
    ),
    code(
      'subject-default',
      'subject (tag 1212) of lines that state none',
      'признак предмета расчёта, если не указан',
    ),
    code(
      'vat-default',
      'VAT code of lines without one in receipts without VAT totals',
      'код НДС, если не указан',
    ),
    code(
      'measure-default',
      'measure (tag 2108) of lines that state none',
      'мера количества, если не указана',
    ),
    {
      name: 'supplier-default',
      kind: 'value',
      placeholder: 'INN',
      text: {
        english: 'supplier of agents that name none',
        russian: 'ИНН поставщика агента, если не указан',
      },
    },
    {
      name: 'contact-default',
      kind: 'value',
      placeholder: 'CONTACT',
      text: {
        english: 'telephone or e-mail of buyers that have none',
        russian: 'телефон или почта, если не указаны',
      },
    },
  ],
  examples: ['receipts import orders.ndjson --format documents'],
  run,
};
