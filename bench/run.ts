import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import * as E from 'fp-ts/Either';
import { bundle } from './bundle';
import { tell, type Task } from './measure-process';
import { MEASURES, USAGE, readOptions, type Measure, type Options } from './options';
import type { Line, Report } from './report';
import { table } from './table';

/** Programs of processes that stand beside one that measures. */
const BESIDE = ['emulator', 'event-server', 'worker'];

const WRONG_USE = 2;
const INTERRUPTED = 130;

/** What is under way, to be ended when the whole is interrupted. */
const underWay = new Set<ChildProcess>();

/** Each measure has a process and a folder of its own: neither compiled code nor garbage of one is another's. */
const inProcessOfItsOwn = async (
  measure: Measure,
  script: string,
  { sizes, seed, profile }: Options,
  folder: string,
): Promise<Report> => {
  mkdirSync(folder);
  const task: Task = { sizes, seed, folder };
  const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(profile)}`];
  const child = spawn(process.execPath, [...profiling, script, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  underWay.add(child);
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  underWay.delete(child);
  rmSync(folder, { recursive: true, force: true });
  if (code !== 0) throw new Error(`the process of the measure ${measure} ended with ${String(code)}`);
  return JSON.parse(said) as Report;
};

const run = async (options: Options, folder: string): Promise<void> => {
  const scripts = join(folder, 'scripts');
  const scriptOf = bundle([...MEASURES, ...BESIDE], scripts);
  const lines: Line[] = [];
  let figures: Report['figures'] = {};
  for (const measure of options.measures) {
    const report = await inProcessOfItsOwn(measure, scriptOf(measure), options, join(folder, measure));
    lines.push(...report.lines);
    figures = { ...figures, ...report.figures };
  }
  const shown = `${table(lines)}\n`;
  writeSync(options.json ? 2 : 1, shown);
  if (options.json) writeSync(1, `${JSON.stringify(figures)}\n`);
};

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2));
  if (E.isLeft(options)) {
    tell(`${options.left}\n\n${USAGE}`);
    process.exitCode = WRONG_USE;
    return;
  }
  if (options.right.help) {
    writeSync(1, USAGE);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'cloud-kassa-bench-'));
  const clean = (): void => rmSync(folder, { recursive: true, force: true });
  const interrupted = (): void => {
    for (const child of underWay) child.kill();
    clean();
    process.exit(INTERRUPTED);
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    await run(options.right, folder);
  } finally {
    clean();
  }
};

void main();
