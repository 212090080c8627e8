import CliTable from 'cli-table3';
import stringWidth from 'string-width';
import type { Language } from './language';
import { inLanguage } from './language';
import type { Cell, Column, View } from './view';

type TableView = Extract<View, { kind: 'table' }>;

const cellText = (cell: Cell, language: Language): string =>
  typeof cell === 'string' ? cell : inLanguage(cell, language);

/** Characters that would break a line of a piped table. */
const oneLine = (value: string): string => value.replaceAll(/[\t\r\n]+/g, ' ');

/** Control characters of a stored text must not reach a terminal. */
export const harmless = (value: string): string => value.replaceAll(/(?![\t\n\r])\p{Cc}/gu, '�');

const widthOf = (value: string): number => stringWidth(value);

/** A frame and two blanks for every cell. */
const FRAME = 3;
/** A column of sentences narrower than this is hard to read. */
const LEAST = 14;

/** Only blanks end a line within a cell: an id or a path that is broken in two can not be copied. A title may be broken after a hyphen. */
const CELL = / /;
const TITLE = / |(?<=-)/;

const wordsOf = (value: string, ends: RegExp = CELL): ReadonlyArray<string> => value.split(ends);

const longestWord = (texts: ReadonlyArray<string>, ends?: RegExp): number =>
  Math.max(0, ...texts.flatMap((value) => wordsOf(value, ends).map(widthOf)));

/** A text as lines of at most that width, unless a word is longer. Blanks within a line are kept as they are. */
const wrapped = (value: string, width: number, ends?: RegExp): string => {
  if (widthOf(value) <= width) return value;
  const lines: string[] = [];
  for (const word of wordsOf(value, ends)) {
    const last = lines.at(-1);
    const joined =
      last === undefined ? word : `${last}${ends === TITLE && last.endsWith('-') ? '' : ' '}${word}`;
    if (last === undefined || widthOf(joined) > width) lines.push(word);
    else lines[lines.length - 1] = joined;
  }
  return lines.join('\n');
};

/** How wide a column is without any line broken, and how narrow it may become. Numbers are never broken, nor is any word. */
const limitsOf = (
  { align, shrinks }: Column,
  title: string,
  cells: ReadonlyArray<string>,
): { readonly natural: number; readonly least: number } => {
  const natural = Math.max(widthOf(title), ...cells.map(widthOf));
  const words = Math.max(longestWord([title], TITLE), longestWord(cells));
  if (align === 'right')
    return { natural, least: Math.max(longestWord([title], TITLE), ...cells.map(widthOf)) };
  return { natural, least: shrinks === true ? Math.min(natural, Math.max(words, LEAST)) : words };
};

/** Widths that fit the terminal: first the columns of sentences give way, the widest first, then the others. `undefined` where that is not enough. */
const fitted = (
  columns: ReadonlyArray<Column>,
  limits: ReadonlyArray<{ readonly natural: number; readonly least: number }>,
  terminal: number,
): ReadonlyArray<number> | undefined => {
  const widths = limits.map(({ natural }) => natural);
  let over = widths.reduce((sum, width) => sum + width + FRAME, 1) - terminal;
  const giveWay = (mayShrink: (column: Column) => boolean): void => {
    while (over > 0) {
      let widest = -1;
      for (const [index, column] of columns.entries()) {
        const width = widths[index] ?? 0;
        if (mayShrink(column) && width > (limits[index]?.least ?? width) && width > (widths[widest] ?? 0))
          widest = index;
      }
      if (widest < 0) return;
      widths[widest] = (widths[widest] ?? 0) - 1;
      over -= 1;
    }
  };
  giveWay(({ shrinks }) => shrinks === true);
  giveWay(() => true);
  return over > 0 ? undefined : widths;
};

/** A row as lines of title and value, for a terminal that is too narrow for the table: a name that is cut in two can not be copied. */
const asRecords = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const longest = Math.max(0, ...head.map(widthOf));
  return rows
    .map((row) =>
      row
        .map((value, index) => {
          const title = head[index] ?? '';
          return `${title}${' '.repeat(longest - widthOf(title))}  ${value}`.trimEnd();
        })
        .filter((line) => line !== '')
        .join('\n'),
    )
    .join('\n\n');
};

/** Tab-separated lines with a line of titles: what a pipe gets. */
const asLines = (view: TableView, language: Language): string =>
  [
    view.columns.map(({ title }) => inLanguage(title, language)),
    ...view.rows.map((row) => row.map((cell) => oneLine(harmless(cellText(cell, language))))),
  ]
    .map((cells) => cells.join('\t'))
    .join('\n');

/**
 * A table as text: framed and fitted to a terminal of that width, or tab-separated lines without frames where there is none
 * (`terminal` is `undefined`). In a narrow terminal cells go on over several lines, broken between words; nothing is ever cut. Where the
 * longest words do not fit, rows become blocks of lines.
 */
export const renderTable = (view: TableView, language: Language, terminal: number | undefined): string => {
  if (terminal === undefined) return asLines(view, language);
  const title = view.title === undefined ? '' : `${inLanguage(view.title, language)}\n`;
  if (view.rows.length === 0 && view.empty !== undefined)
    return `${title}${inLanguage(view.empty, language)}`;
  const head = view.columns.map((column) => inLanguage(column.title, language));
  const rows = view.rows.map((row) => row.map((cell) => oneLine(harmless(cellText(cell, language)))));
  const limits = view.columns.map((column, index) =>
    limitsOf(
      column,
      head[index] ?? '',
      rows.map((row) => row[index] ?? ''),
    ),
  );
  const widths = fitted(view.columns, limits, terminal);
  if (widths === undefined) return `${title}${asRecords(head, rows)}`;
  const inWidth = (cells: ReadonlyArray<string>, ends?: RegExp): Array<string> =>
    cells.map((cell, index) => wrapped(cell, widths[index] ?? 0, ends));
  const table = new CliTable({
    head: inWidth(head, TITLE),
    colAligns: view.columns.map(({ align }) => align ?? 'left'),
    colWidths: widths.map((width) => width + 2),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(inWidth(row));
  return `${title}${table.toString()}`;
};
