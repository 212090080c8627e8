import type { Line } from './report';

const COLUMNS = ['what', 'ours', 'against', 'ratio', 'goal'] as const satisfies ReadonlyArray<keyof Line>;

const HEADER: Line = {
  what: 'measured',
  ours: 'ours',
  against: 'against, in the same run',
  ratio: 'ratio',
  goal: 'goal',
};

/** Lines as a table in Markdown, with columns that stand below each other. */
export const table = (lines: ReadonlyArray<Line>): string => {
  const rows = [HEADER, ...lines];
  const widths = COLUMNS.map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const texts = rows.map((row) =>
    COLUMNS.map((column, index) => (row[column] ?? '').padEnd(widths[index] ?? 0)),
  );
  const rule = widths.map((width) => '-'.repeat(width));
  return texts
    .toSpliced(1, 0, rule)
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
};
