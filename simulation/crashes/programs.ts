import { join } from 'node:path';
import { buildSync } from 'esbuild';

const PROGRAMS = ['emulator-process', 'esdb-process', 'worker-process'] as const;

/** Makes one script of each program and all it imports, so that starting it a hundred times costs little. */
export const bundlePrograms = (folder: string): Readonly<Record<(typeof PROGRAMS)[number], string>> => {
  buildSync({
    entryPoints: PROGRAMS.map((program) => join(__dirname, `${program}.ts`)),
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node24',
    conditions: ['@cloud-kassa/source'],
    logLevel: 'error',
  });
  return {
    'emulator-process': join(folder, 'emulator-process.js'),
    'esdb-process': join(folder, 'esdb-process.js'),
    'worker-process': join(folder, 'worker-process.js'),
  };
};
