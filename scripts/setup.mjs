/*
 * Installs what the lockfile says, with the version of pnpm that package.json names: the one that is installed here already, else one that
 * npx fetches. The shell wrapper of pnpm tells at every start that its build script was skipped, which is on purpose (pnpm-workspace.yaml);
 * its entry for Node.js does not.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const wanted = read('package.json').packageManager;
const local = 'node_modules/pnpm';
const isThere =
  existsSync(`${local}/bin/pnpm.mjs`) && `pnpm@${read(`${local}/package.json`).version}` === wanted;

const [command, ...before] = isThere ? [process.execPath, `${local}/bin/pnpm.mjs`] : ['npx', '--yes', wanted];
const { status, error } = spawnSync(command, [...before, 'install', '--frozen-lockfile'], {
  stdio: 'inherit',
  shell: !isThere && process.platform === 'win32',
});
if (error !== undefined) console.error(error.message);
process.exitCode = status ?? 1;
