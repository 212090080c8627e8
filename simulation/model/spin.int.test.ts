import { readFileSync } from 'node:fs';
import { rowLabels } from './labels';
import { SHORT } from './runs';
import { MODEL_FILE, checkRun, missingTools } from './spin';

const missing = missingTools();
const labels = rowLabels(readFileSync(MODEL_FILE, 'utf8'));

const suite = missing.length === 0 ? describe : describe.skip;
const because = missing.length === 0 ? '' : ` (skipped: this machine has no ${missing.join(' and no ')})`;

suite(`the model of the attempt protocol${because}`, () => {
  const reached = new Set<number>();

  it.each(SHORT.map((run) => [`${run.name}, ${run.shows}: ${run.expected}`, run] as const))(
    '%s',
    async (_name, run) => {
      const result = await checkRun(run, labels);
      for (const { line } of result.reached) reached.add(line);
      expect(result.report.verdict).toBe(run.expected);
    },
  );

  it('comes to every transition in one run or another', () => {
    expect(labels.filter(({ line }) => !reached.has(line))).toEqual([]);
  });
});
