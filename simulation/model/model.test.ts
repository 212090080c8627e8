import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AttemptRow } from '@cloud-kassa/core';
import { ATTEMPT_TABLE } from '@cloud-kassa/core';
import type { RowLabel } from './labels';
import { rowLabels, switchesOf, unlabelledAssignments } from './labels';
import * as all from './runs';

const model = readFileSync(join(__dirname, 'attempt.pml'), 'utf8');
const labels = rowLabels(model);

const describes = (label: RowLabel, row: AttemptRow): boolean =>
  row.row === label.row &&
  (label.trigger === undefined || label.trigger === row.trigger) &&
  label.from.every((phase) => row.from.some((own) => own === phase)) &&
  row.to === label.to;

describe('the checked model and the table of the code', () => {
  it.each(
    labels.map(
      (label) =>
        [`line ${label.line}: row ${label.row} ${label.from.join('|')} -> ${label.to}`, label] as const,
    ),
  )('%s is a row of the table', (_name, label) => {
    expect(ATTEMPT_TABLE.some((row) => describes(label, row))).toBe(true);
  });

  it.each(labels.map((label) => [`line ${label.line}: row ${label.row}`, label] as const))(
    '%s is what its statement does',
    (_name, label) => {
      expect([...label.statement.from].toSorted()).toEqual([...label.from].toSorted());
      const allowed =
        label.statement.macro === 'MOVE' ? [label.statement.to] : ['same', 'refused', ...label.from];
      expect(allowed).toContain(label.to);
    },
  );

  it('names every row that matters for safety', () => {
    const named = new Set(labels.map(({ row }) => row));
    expect(ATTEMPT_TABLE.filter(({ row, safety }) => safety && !named.has(row))).toEqual([]);
  });

  it('changes the phase nowhere without naming a row, but in planted mistakes', () => {
    expect(unlabelledAssignments(model)).toEqual([]);
  });
});

describe('the runs of the model', () => {
  const runs: ReadonlyArray<all.Run> = Object.values(all).flat();

  it('switch only what the model looks at', () => {
    const known = switchesOf(model);
    const unknown = runs
      .flatMap(({ switches }) => switches.map((each) => each.replace(/=.*/, '')))
      .filter((each) => !known.has(each));
    expect([...new Set(unknown)]).toEqual([]);
  });

  it('plant every mistake that the model holds', () => {
    const planted = new Set(runs.flatMap(({ switches }) => switches));
    const held = [...switchesOf(model)].filter((each) => /^[ML]\d+$/.test(each));
    expect(held.filter((each) => !planted.has(each))).toEqual([]);
  });
});
