// Are the types of every published package right for each way of importing it? Packs each and asks arethetypeswrong.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

let failed = 0;
for (const name of readdirSync('packages')) {
  const folder = `packages/${name}`;
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  if (manifest.private === true) continue;
  const { status, stdout, stderr } = spawnSync(
    'attw',
    ['--pack', folder, '--format', 'table-flipped', '--profile', 'node16'],
    { encoding: 'utf8' },
  );
  if (status === 0) continue;
  failed += 1;
  console.error(`${manifest.name}\n${stdout}${stderr}`);
}
process.exitCode = failed === 0 ? 0 : 1;
