import type { Line } from './report';

const COLUMNS = ['what', 'ours', 'against', 'ratio', 'goal'] as const satisfies ReadonlyArray<keyof Line>;

const HEADER: Line = {
  what: 'measured',
  ours: 'ours',
  against: 'against, in the same run',
  ratio: 'ratio',
  goal: 'goal',
};

/** Lines as a table for people. */
export const table = (lines: ReadonlyArray<Line>): string => {
  const rows = [HEADER, ...lines];
  const widths = COLUMNS.map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      COLUMNS.map((column, index) => (row[column] ?? '').padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
