// Rules of the house that no linter knows: the clock is read in packages/runtime only, and nothing tracked names a machine.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean);

const rules = [
  {
    name: 'new Date() reads the clock; time comes from the Runtime that is passed in',
    files: (file) => /\.(ts|mts|cts)$/.test(file) && !file.startsWith('packages/runtime/src/'),
    pattern: /\bnew Date\(\s*\)/,
  },
  {
    name: 'a marker left behind',
    files: (file) => /\.(ts|mjs|cjs|md)$/.test(file) && file !== 'scripts/check-house.mjs',
    pattern: /\b(TODO|FIXME|XXX)\b|@ts-(ignore|nocheck)/,
  },
  {
    name: 'a focused test, or one skipped without a reason in its name',
    files: (file) => file.endsWith('.test.ts'),
    pattern: /\b(it|test|describe)\.(only|todo)\b|\bx(it|describe)\(/,
  },
  {
    name: 'a registry address or a path of one machine',
    files: (file) => !/\.(ndjson|png)$/.test(file) && file !== 'scripts/check-house.mjs',
    pattern: /registry=https?:|resolved:? "?https?:|(^|[ "'(])\/(root|home\/[a-z]+)\//m,
  },
];

let broken = 0;
for (const file of tracked) {
  const applying = rules.filter((rule) => rule.files(file));
  if (applying.length === 0) continue;
  const lines = readFileSync(file, 'utf8').split('\n');
  for (const { name, pattern } of applying) {
    lines.forEach((line, index) => {
      if (!pattern.test(line)) return;
      broken += 1;
      console.error(`${file}:${index + 1}: ${name}`);
    });
  }
}
process.exitCode = broken === 0 ? 0 : 1;
