// Everything that has to hold, in the order in which a mistake is cheapest to find. Stops at the first step that fails.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { skippedTests } from './skipped-tests.mjs';

const results = 'node_modules/.cache/jest-results.json';
mkdirSync('node_modules/.cache', { recursive: true });
rmSync(results, { force: true });

const steps = [
  ['types', 'npm run --silent typecheck'],
  ['lint, format, imports, dead code', 'npm run --silent lint'],
  ['tests', `jest --json --outputFile=${results} --silent`],
  ['documentation', 'npm run --silent docs:check'],
  ['examples', 'npm run --silent examples'],
  ['packages as they are published', 'npm run --silent packages'],
  ['the checked model of the attempt protocol', 'npm run --silent model'],
  ['simulated histories', 'npm run --silent simulate'],
];

const started = performance.now();
let failed;
for (const [name, command] of steps) {
  const began = performance.now();
  console.log(`\n== ${name}: ${command}`);
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
  console.log(
    `== ${name}: ${status === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - began) / 1000).toFixed(0)} s`,
  );
  if (status !== 0) {
    failed = name;
    break;
  }
}

const counts = () => {
  try {
    return JSON.parse(readFileSync(results, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, testResults: [] };
  }
};
const { numPassedTests, numFailedTests, numPendingTests, testResults } = counts();
for (const line of skippedTests(testResults)) console.log(line);
console.log(
  failed === undefined
    ? `\nall steps passed in ${((performance.now() - started) / 1000).toFixed(0)} s`
    : `\nthe step "${failed}" failed`,
);
console.log(
  `${numPassedTests} passed, ${numFailedTests + (failed !== undefined && numFailedTests === 0 ? 1 : 0)} failed, ${numPendingTests} skipped`,
);
process.exitCode = failed === undefined ? 0 : 1;
