import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { POSTPONEMENT_REASONS } from '@cloud-kassa/core';
import { ruleText } from '@cloud-kassa/cloud-kassa';
import type { Bilingual } from '@cloud-kassa/provider';
import * as E from 'fp-ts/Either';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { EXIT_OF, failure, interrupted, wrongUse } from '../command/command-result';
import type { ExitCode } from '../command/exit-code';
import type { CommandSpec, Given } from '../command/command-spec';
import type { View } from '../output/view';
import { column, text } from '../output/view';
import type { ImportFailure, ImportReport, RefusedLine } from '../receipts-import';
import { DOCUMENT_EXAMPLE, IMPORT_RULES, sha256Of } from '../receipts-import';
import { notWritable } from './file-output';
import { importFile, registerThrough } from './import-file';
import { readerOf } from './import-options';

/** So many refused lines are shown to a person; the rest is counted. `--refused FILE` tells all of them. */
const MOST_SHOWN = 20;

const reportViews = (report: ImportReport, refused: ReadonlyArray<RefusedLine>): ReadonlyArray<View> => {
  const lines = refused.slice(0, MOST_SHOWN);
  const total = countOf(report);
  return [
    text(
      `${report.registered} registered, ${report.known} known before, ${total} refused of ${report.lines} lines.`,
      `Зарегистрировано: ${report.registered}, уже было: ${report.known}, отказано: ${total}; строк: ${report.lines}.`,
    ),
    // One refused line is told as the problem of the call, with all that a table could say.
    ...(total < 2
      ? []
      : [
          {
            kind: 'table',
            columns: [
              column('Line', 'Строка', { align: 'right' }),
              column('Field', 'Поле', { shrinks: true }),
              column('Rule', 'Правило'),
              column('What it says', 'Смысл', { shrinks: true }),
            ],
            rows: lines.map((line) => [String(line.line), line.field, line.rule, wordsOf(line)]),
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

/** A line that could not be read as its format wants it, not one that a rule of the domain refused. */
const isUnread = ({ rule }: RefusedLine): boolean => Object.hasOwn(IMPORT_RULES, rule);

/** A bad line is wrong use; lines that were read and refused by a rule are refusals. */
const exitOf = (report: ImportReport, worst: RefusedLine | undefined): ExitCode => {
  if (report.interrupted) return 130;
  if (worst === undefined) return 0;
  return isUnread(worst) ? 2 : 3;
};

/** The line that the exit code speaks of: the first that could not be read, else the first that was refused. */
const worstOf = (refused: ReadonlyArray<RefusedLine>): RefusedLine | undefined =>
  refused.find(isUnread) ?? refused[0];

const ruleWords = (rule: string): Bilingual => {
  const known = rulesOfImport[rule] ?? noRoutes[rule];
  if (known !== undefined) return known;
  const { message, russian } = ruleText(rule);
  return { english: message, russian };
};

const wordsOf = ({ rule, detail }: RefusedLine): Bilingual => {
  const { english, russian } = ruleWords(rule);
  const meant = rule === 'field-unknown' ? detail?.['meant'] : undefined;
  return meant === undefined
    ? { english, russian }
    : both(`${english} Did you mean ${meant}?`, `${russian} Может быть, ${meant}?`);
};

const rulesOfImport: Readonly<Record<string, Bilingual>> = IMPORT_RULES;
/** What is told as a rule where no device or register takes the receipt. */
const noRoutes: Readonly<Record<string, Bilingual>> = POSTPONEMENT_REASONS;

/** A line that is wrong as a whole has no field. Where its JSON breaks off, the field is the place and not what is wrong. */
const fieldOf = ({ field, rule }: RefusedLine): Bilingual => {
  if (field === '') return both('', '');
  return rule === 'json-syntax'
    ? both(`, near ${field}`, `, возле ${field}`)
    : both(`, ${field}`, `, ${field}`);
};

/** Where the command was stopped by something else than a line. */
const stopped = ({ _tag, code, report }: ImportFailure): CommandResult => {
  if (_tag === 'FileUnreadable' && report.lines === 0) return unreadable(code);
  const english = `The import stopped: ${code}. What was registered stays; import the file again.`;
  const russian = `Загрузка остановлена: ${code}. Зарегистрированное сохранено; загрузите файл ещё раз.`;
  return {
    exit: _tag === 'FileUnreadable' ? 2 : (exits[code] ?? 5),
    data: { error: { code }, ...report },
    views: reportViews(report, []),
    problem: { english, russian },
  };
};

const exits: Readonly<Record<string, ExitCode>> = EXIT_OF;

const run = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const file = given.argument('file') ?? '';
  let fileSha256: string | undefined;
  if (given.value('identity') === IDENTITY) {
    try {
      fileSha256 = await sha256Of(createReadStream(file));
    } catch (error) {
      return unreadable(codeOf(error));
    }
  }
  const reader = readerOf(given, fileSha256);
  if (E.isLeft(reader)) return reader.left;
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const list = refusedList(given.value('refused'));
  if (E.isLeft(list)) return list.left;
  const imported = await importFile(
    file,
    reader.right,
    registerThrough(kassa.value, context.actor),
    context,
    list.right.add,
  );
  list.right.close();
  if (E.isLeft(imported)) return stopped(imported.left);
  const { report, refused } = imported.right;
  const worst = worstOf(refused);
  return {
    exit: exitOf(report, worst),
    data: { ...report, refusedLines: refused, ...leftOut(report, refused) },
    views: reportViews(report, refused),
    ...(report.interrupted ? { problem: interrupted().problem ?? both('', '') } : {}),
    ...(worst === undefined || report.interrupted
      ? {}
      : { problem: problemOf(report, worst, context.isJson) }),
  };
};

const countOf = ({ refused }: ImportReport): number =>
  Object.values(refused).reduce((sum, count) => sum + count, 0);

/** What a person reads first. Several lines stand in a table of their own, which says what the rules mean. */
const problemOf = (report: ImportReport, worst: RefusedLine, isAlone: boolean): Bilingual => {
  const { line, rule } = worst;
  const total = countOf(report);
  return isAlone || total < 2
    ? both(
        `Line ${line}${fieldOf(worst).english}: ${rule}. ${wordsOf(worst).english}`,
        `Строка ${line}${fieldOf(worst).russian}: ${rule}. ${wordsOf(worst).russian}`,
      )
    : both(
        `${total} of ${report.lines} lines were refused. See line ${line} first: ${rule}.`,
        `Отказано строк: ${total} из ${report.lines}. Сначала посмотрите строку ${line}: ${rule}.`,
      );
};

/** How many refused lines are counted only: a file of nothing but bad lines must not fill the memory. */
const leftOut = (
  report: ImportReport,
  refused: ReadonlyArray<RefusedLine>,
): { readonly refusedLinesLeftOut?: number } => {
  const count = countOf(report) - refused.length;
  return count === 0 ? {} : { refusedLinesLeftOut: count };
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown';

/** The file of `--refused`: every refused line as a line of JSON. */
const refusedList = (
  file: string | undefined,
): E.Either<CommandResult, { readonly add: (line: RefusedLine) => void; readonly close: () => void }> => {
  if (file === undefined) return E.right({ add: () => undefined, close: () => undefined });
  try {
    const descriptor = openSync(file, 'w');
    return E.right({
      add: (line) => void writeSync(descriptor, `${JSON.stringify(line)}\n`),
      close: () => closeSync(descriptor),
    });
  } catch (error) {
    return E.left(notWritable('refused', error));
  }
};

const both = (english: string, russian: string): Bilingual => ({ english, russian });

const code = (name: string, english: string, russian: string) =>
  ({ name, kind: 'value', placeholder: 'CODE', text: { english, russian } }) as const;

export const IMPORT_COMMAND: CommandSpec = {
  path: ['receipts', 'import'],
  endsItself: true,
  text: { english: 'register receipts from a file', russian: 'загрузить чеки из файла' },
  details: {
    english:
      'Reads a file of any size line by line, registers each line as a receipt and puts it into the queue. A bad line is told with its number, field and rule, and the import goes on. Importing a file again registers nothing twice. Exit code 2: a line could not be read; 3: all lines were read, and at least one was refused by a rule.',
    russian:
      'Читает файл любого размера построчно и ставит чеки в очередь. Плохая строка называется с номером, полем и правилом, загрузка идёт дальше. Повторная загрузка ничего не удваивает. Код 2: строка не прочитана; 3: все строки прочитаны, но хотя бы одной отказано правилом.',
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
      name: 'refused',
      kind: 'value',
      placeholder: 'FILE',
      text: {
        english: 'write every refused line as JSON: its number, field and rule',
        russian: 'записать все отказы в JSON: номер строки, поле, правило',
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
  more: both(
    `A line of the format documents (all fields of both formats: docs/command.md, Files that are imported):\n  ${DOCUMENT_EXAMPLE.replace('Гамак', 'Hammock')}`,
    `Строка формата documents (все поля обоих форматов: docs/command.md, Files that are imported):\n  ${DOCUMENT_EXAMPLE}`,
  ),
  run,
};
