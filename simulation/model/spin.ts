import { execFile, spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { RowLabel } from './labels';
import type { PanReport } from './pan-report';
import { panReport } from './pan-report';
import type { Run } from './runs';

const execute = promisify(execFile);

export const MODEL_FILE = path.join(__dirname, 'attempt.pml');

/** Megabytes that one search may take before it gives up. */
const MEMORY_LIMIT = 2800;

/** Processes of the model that weak fairness has to serve, as bits: workers, network, provider, person, and the claim. */
const FAIRNESS_WORDS = 5;

/** A run with what came of it. */
export interface RunResult {
  readonly run: Run;
  readonly report: PanReport;
  readonly asExpected: boolean;
  /** Labels that were compiled in and that an exhaustive search came to. */
  readonly reached: ReadonlyArray<RowLabel>;
}

const PROGRAM = '#include <stdio.h>\nint main(void) { return 0; }\n';

/** The programs that the checks need and that this machine does not have, with their Debian packages. */
export const missingTools = (): ReadonlyArray<string> => {
  const hasSpin = spawnSync('spin', ['-V']).status === 0;
  const hasCompiler = spawnSync('cc', ['-x', 'c', '-fsyntax-only', '-'], { input: PROGRAM }).status === 0;
  return [
    ...(hasSpin ? [] : ['spin (Debian: spin)']),
    ...(hasCompiler ? [] : ['C compiler (Debian: gcc libc6-dev)']),
  ];
};

/** Line numbers of the model's statements that were compiled into a checker. */
const compiledLines = (checker: string): ReadonlySet<number> =>
  new Set(
    [...checker.matchAll(/^short src_ln\d+ \[\] = \{([^}]*)\}/gm)].flatMap((match) =>
      (match[1] ?? '').split(',').map(Number),
    ),
  );

const isReached =
  ({ unreached }: PanReport) =>
  ({ line, statement: { to } }: RowLabel): boolean =>
    !unreached.some(
      (left) =>
        left.line === line &&
        (to === undefined ? left.text.startsWith('assert(') : left.text === `st = ${to}`),
    );

/** pan ends with a status of its own where it found an error; what it printed is what counts. */
const outputOf = async (program: string, args: ReadonlyArray<string>, cwd: string): Promise<string> => {
  try {
    return (await execute(program, args, { cwd, maxBuffer: 64 * 1024 * 1024 })).stdout;
  } catch (error) {
    if (
      error instanceof Error &&
      'stdout' in error &&
      typeof error.stdout === 'string' &&
      error.stdout !== ''
    )
      return error.stdout;
    throw error;
  }
};

/** Builds the checker of one run in a folder of its own, searches, and reads the result. */
export const checkRun = async (run: Run, labels: ReadonlyArray<RowLabel>): Promise<RunResult> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'attempt-model-'));
  try {
    await cp(MODEL_FILE, path.join(folder, 'attempt.pml'));
    await execute('spin', [...run.switches.map((name) => `-D${name}`), '-a', 'attempt.pml'], { cwd: folder });
    const kind = run.kind === 'safety' ? '-DSAFETY' : `-DNFAIR=${FAIRNESS_WORDS}`;
    // A planted mistake is found sooner than the optimiser is done.
    const optimise = run.expected === 'clean' ? '-O2' : '-O0';
    await execute(
      'cc',
      [optimise, '-w', '-DCOLLAPSE', `-DMEMLIM=${MEMORY_LIMIT}`, kind, '-o', 'pan', 'pan.c'],
      {
        cwd: folder,
      },
    );
    const search = run.kind === 'safety' ? [] : ['-a', '-f'];
    const output = await outputOf('nice', ['-n', '10', './pan', '-m100000', '-w24', ...search], folder);
    const report = panReport(output);
    const compiled = compiledLines(await readFile(path.join(folder, 'pan.c'), 'utf8'));
    const reached =
      report.verdict === 'clean'
        ? labels.filter(({ line }) => compiled.has(line)).filter(isReached(report))
        : [];
    return { run, report, asExpected: report.verdict === run.expected, reached };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
