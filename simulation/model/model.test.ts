import { readFileSync } from 'node:fs';
import type { AttemptRow } from '@cloud-kassa/core';
import { ATTEMPT_TABLE } from '@cloud-kassa/core';
import type { RowLabel } from './labels';
import { rowLabels, switchesOf, unlabelledAssignments } from './labels';
import { LONG_RUNS, SHORT } from './runs';
import { MODEL_FILE } from './spin';

const model = readFileSync(MODEL_FILE, 'utf8');
const labels = rowLabels(model);

const rowsNamed = ({ row, trigger }: RowLabel): ReadonlyArray<AttemptRow> =>
  ATTEMPT_TABLE.filter((named) => named.row === row && (trigger === undefined || named.trigger === trigger));

const isLabelOf =
  (row: AttemptRow) =>
  (label: RowLabel): boolean =>
    label.row === row.row && (label.trigger === undefined || label.trigger === row.trigger);

const sorted = (phases: Iterable<string>): ReadonlyArray<string> => [...phases].toSorted();

const nameOf = ({ row, trigger, from, to }: RowLabel): string =>
  `row ${row}${trigger === undefined ? '' : ` ${trigger}`}: ${from.join('|')} -> ${to}`;

describe('the model of the attempt protocol', () => {
  it.each(labels.map((label) => [`${nameOf(label)}, line ${label.line}`, label] as const))(
    '%s',
    (_name, label) => {
      const [row, ...others] = rowsNamed(label);
      expect(others).toEqual([]);
      expect(row?.to).toBe(label.to);
      expect(label.from.filter((phase) => !row?.from.some((named) => named === phase))).toEqual([]);
    },
  );

  it('labels a transition with what the statement beside it does', () => {
    for (const { from, to, statement } of labels) {
      expect(sorted(statement.from)).toEqual(sorted(from));
      expect(to === 'same' || to === 'refused' ? statement.macro : statement.to).toBe(
        to === 'same' || to === 'refused' ? 'STAY' : to,
      );
    }
  });

  it.each(
    ATTEMPT_TABLE.filter(({ safety }) => safety).map(
      (row) => [`row ${row.row}, ${row.trigger}`, row] as const,
    ),
  )('has the safety of %s, from every phase', (_name, row) => {
    const phases = labels.filter(isLabelOf(row)).flatMap(({ from }) => from);
    expect(sorted(new Set(phases))).toEqual(sorted(row.from));
  });

  it('moves the receipt nowhere without a label, planted mistakes apart', () => {
    expect(unlabelledAssignments(model)).toEqual([]);
  });

  it('is run with each of its planted mistakes, and every switch of a run is one of the model', () => {
    const isMistake = (name: string): boolean => /^[MAL]\d+$/.test(name);
    const switches = [...switchesOf(model)];
    const used = [...SHORT, ...LONG_RUNS].flatMap((run) =>
      run.switches.map((name) => name.replace(/=.*/, '')),
    );
    expect(sorted(new Set(used.filter(isMistake)))).toEqual(sorted(switches.filter(isMistake)));
    expect(used.filter((name) => !switches.includes(name))).toEqual([]);
  });
});

describe('the reader of labels', () => {
  it('reads every label there is in the text', () => {
    expect(labels).toHaveLength(model.match(/\/\* row \d/g)?.length ?? 0);
  });

  it('takes an assignment without a label for what it is', () => {
    expect(unlabelledAssignments('  :: atomic { st == Ready -> st = Held }')).toHaveLength(1);
    expect(unlabelledAssignments('  :: atomic { MOVE(st == Ready, Held) }')).toHaveLength(1);
    expect(unlabelledAssignments('  :: st = Held /* mutant M9 */')).toEqual([]);
    expect(
      unlabelledAssignments('  MOVE(st == Ready, Held) /* row 8: Ready -> Held */; st = Ready'),
    ).toHaveLength(1);
  });
});
