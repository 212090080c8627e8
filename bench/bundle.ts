import { join } from 'node:path';
import { buildSync } from 'esbuild';

/**
 * Makes one script of each program and what it imports, as users run them: without the names that a loader of TypeScript gives to every
 * function at the moment it is made. Answers with the path of a program's script.
 */
export const bundle = (programs: ReadonlyArray<string>, folder: string): ((program: string) => string) => {
  buildSync({
    entryPoints: programs.map((program) => join(__dirname, 'measures', `${program}.ts`)),
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node24',
    conditions: ['@cloud-kassa/source'],
    sourcemap: 'linked',
    logLevel: 'error',
  });
  return (program) => join(folder, `${program}.js`);
};
