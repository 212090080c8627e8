/**
 * Checks the model of the attempt protocol: `tsx -C @cloud-kassa/source simulation/model/check.ts [--long]`.
 *
 * Exit codes: 0 every run ended as expected, or the checks were skipped because a program is missing (then the one line printed begins
 * with "skipped:"); 1 a run ended otherwise, or a labelled row was never reached.
 */
import { readFile } from 'node:fs/promises';
import type { RowLabel } from './labels';
import { rowLabels } from './labels';
import { LONG_RUNS, SHORT } from './runs';
import type { RunResult } from './spin';
import { MODEL_FILE, checkRun, missingTools } from './spin';

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const columns = (...cells: readonly [string, string, string, string, string, string]): string => {
  const [name, result, states, seconds, megabytes, shows] = cells;
  return [
    name.padEnd(24),
    result.padEnd(24),
    states.padStart(11),
    seconds.padStart(8),
    megabytes.padStart(6),
    ` ${shows}`,
  ].join(' ');
};

const rowOf = ({ run, report, asExpected }: RunResult): string => {
  const result = typeof report.verdict === 'string' ? report.verdict : report.verdict.unexpected;
  return columns(
    run.name,
    asExpected ? result : `${result} (!)`,
    report.states.toLocaleString('en'),
    report.seconds.toFixed(1),
    report.megabytes.toFixed(0),
    asExpected ? run.shows : `${run.shows}: expected ${run.expected}`,
  );
};

const describeLabel = ({ line, row, from, to }: RowLabel): string =>
  `row ${row}: ${from.join('|')} -> ${to} (line ${line})`;

const main = async (): Promise<number> => {
  const missing = missingTools();
  if (missing.length > 0) {
    say(`skipped: this machine has no ${missing.join(' and no ')}`);
    return 0;
  }
  const labels = rowLabels(await readFile(MODEL_FILE, 'utf8'));
  const runs = process.argv.includes('--long') ? [...SHORT, ...LONG_RUNS] : SHORT;
  const reached = new Set<number>();
  let surprises = 0;
  say(columns('run', 'result', 'states', 'seconds', 'MB', 'what it shows'));
  for (const run of runs) {
    const result = await checkRun(run, labels);
    for (const label of result.reached) reached.add(labels.indexOf(label));
    if (!result.asExpected) surprises += 1;
    say(rowOf(result));
  }
  const never = labels.filter((_, index) => !reached.has(index));
  for (const label of never) say(`never reached: ${describeLabel(label)}`);
  say(
    surprises + never.length === 0
      ? `${runs.length} runs as expected, ${labels.length} labelled transitions reached`
      : `${surprises} surprises, ${never.length} transitions never reached`,
  );
  return surprises + never.length === 0 ? 0 : 1;
};

void main().then((code) => {
  process.exitCode = code;
});
