/*
 * Runs every example as a reader would and compares what it prints with its README:
 *
 *   tsx scripts/run-examples.ts
 *
 * The README of an example shows the output in a block marked ```text. Nothing of it may depend on the time or on chance.
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
  const { status, stdout, stderr } = spawnSync('tsx', ['-C', '@cloud-kassa/source', 'main.ts'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: LONGEST_MS,
  });
  const isRight = status === 0 && stdout === expected;
  console.log(`${isRight ? 'ok  ' : 'FAIL'} ${name}`);
  if (isRight) continue;
  failed += 1;
  console.error(`${stdout}${stderr}\nexpected:\n${expected ?? 'a block marked text in README.md'}`);
}
process.exitCode = failed === 0 ? 0 : 1;
