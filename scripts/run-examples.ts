/*
 * Runs every example as a reader would and compares what it prints with its README:
 *
 *   tsx scripts/run-examples.ts
 *
 * The README of an example has the calls in its blocks, `npm start` or `npm start -- --store esdb`, and shows the output, which is the same for all of
 * them, in a block marked ```text. Nothing of it may depend on the time or on chance.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const LONGEST_MS = 120_000;

let failed = 0;
for (const name of readdirSync(join(root, 'examples'))) {
  const folder = join(root, 'examples', name);
  if (!existsSync(join(folder, 'main.ts'))) continue;
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const [, expected] = /```text\n([\s\S]*?)```/.exec(readme) ?? [];
  const calls = [...readme.matchAll(/^(?:cd \S+ && )?npm start(?: -- (.+))?$/gm)].map(([, words]) => words);
  if (calls.length === 0) throw new Error(`${name}: its README has no call`);
  for (const words of calls) {
    const { status, stdout, stderr } = spawnSync(
      'tsx',
      ['-C', '@cloud-kassa/source', 'main.ts', ...(words?.split(' ') ?? [])],
      { cwd: folder, encoding: 'utf8', timeout: LONGEST_MS },
    );
    const isRight = status === 0 && stdout === expected;
    console.log(`${isRight ? 'ok  ' : 'FAIL'} ${name}${words === undefined ? '' : ` ${words}`}`);
    if (isRight) continue;
    failed += 1;
    console.error(`${stdout}${stderr}\nexpected:\n${expected ?? 'a block marked text in README.md'}`);
  }
}
process.exitCode = failed === 0 ? 0 : 1;
