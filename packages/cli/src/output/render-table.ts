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
const LEAST = 6;

/** Widths that fit the terminal: columns that may shrink give way, the widest first. `undefined` where that is not enough. */
const fitted = (
  columns: ReadonlyArray<Column>,
  natural: ReadonlyArray<number>,
  terminal: number,
): ReadonlyArray<number> | undefined => {
  const widths = [...natural];
  let over = widths.reduce((sum, width) => sum + width + FRAME, 1) - terminal;
  while (over > 0) {
    let widest = -1;
    for (const [index, width] of widths.entries())
      if (columns[index]?.shrinks === true && width > LEAST && width > (widths[widest] ?? 0)) widest = index;
    if (widest < 0) return undefined;
    widths[widest] = (widths[widest] ?? 0) - 1;
    over -= 1;
  }
  return widths;
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
 * (`terminal` is `undefined`). Where the terminal is too narrow for the columns that may not shrink, rows become blocks of lines.
 */
export const renderTable = (view: TableView, language: Language, terminal: number | undefined): string => {
  if (terminal === undefined) return asLines(view, language);
  const title = view.title === undefined ? '' : `${inLanguage(view.title, language)}\n`;
  if (view.rows.length === 0 && view.empty !== undefined)
    return `${title}${inLanguage(view.empty, language)}`;
  const head = view.columns.map((column) => inLanguage(column.title, language));
  const rows = view.rows.map((row) => row.map((cell) => oneLine(harmless(cellText(cell, language)))));
  const natural = head.map((name, index) =>
    Math.max(widthOf(name), ...rows.map((row) => widthOf(row[index] ?? ''))),
  );
  const widths = fitted(view.columns, natural, terminal);
  if (widths === undefined) return `${title}${asRecords(head, rows)}`;
  const table = new CliTable({
    head,
    colAligns: view.columns.map(({ align }) => align ?? 'left'),
    colWidths: widths.map((width) => width + 2),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(row);
  return `${title}${table.toString()}`;
};
