import { mkdtempSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import { runCampaign } from './campaign';
import type { Options } from './options';
import { USAGE, readOptions } from './options';
import { isPassed, reportData, table } from './table';

/*
 * Kills processes with `kill -9` a hundred times and judges what is left:
 *
 *   npm run crashes -- --kills 100 --seed monday
 *
 * Exit code 0: nothing lost, nothing doubled, everything whole; with a broken assumption: every double is named. 1: something was found.
 */

const WRONG_USE = 2;
const INTERRUPTED = 130;
const PROGRESS_EVERY = 10;

const [OUT, ERROR] = [1, 2];

const run = async ({ json, keep, kills, store, assumption, ...rest }: Options): Promise<void> => {
  const seed = rest.seed ?? systemRuntime().ids.next();
  const folder = mkdtempSync(join(tmpdir(), 'cloud-kassa-crashes-'));
  const clean = (): void => {
    if (keep) writeSync(ERROR, `kept in ${folder}\n`);
    else rmSync(folder, { recursive: true, force: true });
  };
  // The processes of the campaign end by themselves when this one is gone.
  const interrupted = (): void => {
    clean();
    process.exit(INTERRUPTED);
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  writeSync(ERROR, `seed ${seed}\n`);
  try {
    const report = await runCampaign({
      seed,
      kills,
      store,
      folder,
      ...(assumption === undefined ? {} : { assumption }),
      progress: (done, all) => {
        if (done % PROGRESS_EVERY === 0) writeSync(ERROR, `${done} of ${all} kills\n`);
      },
    });
    writeSync(json ? ERROR : OUT, `${table(report)}\n`);
    if (json) writeSync(OUT, `${JSON.stringify(reportData(report))}\n`);
    process.exitCode = isPassed(report) ? 0 : 1;
  } finally {
    clean();
  }
};

const options = readOptions(process.argv.slice(2));
if (E.isLeft(options)) {
  writeSync(ERROR, `${options.left}\n\n${USAGE}`);
  process.exitCode = WRONG_USE;
} else if (options.right.help) writeSync(OUT, USAGE);
else void run(options.right);
