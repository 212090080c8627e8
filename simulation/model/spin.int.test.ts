import { readFileSync } from 'node:fs';
import { rowLabels } from './labels';
import type { Run } from './runs';
import { SHORT } from './runs';
import { MODEL_FILE, checkRun, missingTools } from './spin';

const missing = missingTools();
const labels = rowLabels(readFileSync(MODEL_FILE, 'utf8'));

const suite = missing.length === 0 ? describe : describe.skip;
const because = missing.length === 0 ? '' : ` (skipped: this machine has no ${missing.join(' and no ')})`;

const named = (name: string): Run => {
  const run = SHORT.find((each) => each.name === name);
  if (run === undefined) throw new Error(`no run ${name}`);
  return run;
};

// All runs, and that every label is reached, are the step `npm run model`. Here are the smallest of each kind: they try the checker's code.
suite(`a run of the model${because}`, () => {
  it.each(['M4', 'M10', 'M12', 'M15', 'L1'].map((name) => [name, named(name)] as const))(
    'refutes the planted mistake %s as expected, and claims no label reached',
    async (_name, run) => {
      const { report, asExpected, reached } = await checkRun(run, labels);
      expect([report.verdict, asExpected, reached]).toEqual([run.expected, true, []]);
    },
  );

  it('that is clean tells which labels it reached, and those that were not compiled in are not among them', async () => {
    const { report, asExpected, reached } = await checkRun(named('liveness D'), labels);
    expect([report.verdict, asExpected]).toEqual(['clean', true]);
    expect(reached.length).toBeGreaterThan(10);
    expect(reached.length).toBeLessThan(labels.length);
    expect(reached.filter(({ row }) => row === 42)).toEqual([]);
  });

  it('that ends otherwise than expected is a surprise', async () => {
    const { report, asExpected } = await checkRun({ ...named('M15'), expected: 'clean' }, labels);
    expect([report.verdict, asExpected]).toEqual(['double', false]);
  });
});
