/*
 * Every ```ts block of README.md, CONTRIBUTING.md and docs/*.md is a complete program that uses public entries only. This takes them
 * out, type-checks them together and runs each in a process of its own:
 *
 *   tsx -C @cloud-kassa/source scripts/run-snippets.ts
 *
 * A block marked ```ts no-run is only type-checked. Where a block says what it prints (`// → text`, one line each), it has to print
 * exactly that. The files keep the line numbers of their document.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Snippet {
  readonly file: string;
  readonly where: string;
  readonly code: string;
  readonly run: boolean;
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const AT_ONCE = 2;
const LONGEST_MS = 60_000;

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules/.cache/snippets');

const documents = (): ReadonlyArray<string> => [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

const snippetsOf = (document: string): ReadonlyArray<Snippet> => {
  const text = readFileSync(join(root, document), 'utf8');
  const snippets = [...text.matchAll(/^```ts( no-run)?\n([\s\S]*?)^```$/gm)].map(
    ([, mark, code = ''], index, all) => {
      const line = text.slice(0, all[index]?.index).split('\n').length;
      return {
        file: join(folder, `${document.replaceAll(/[/.]/g, '-')}-${line}.ts`),
        where: `${document}:${line}`,
        code: '\n'.repeat(line) + code,
        run: mark === undefined,
      };
    },
  );
  const opened = text.match(/^\s*```(?:ts|typescript)\b/gm)?.length ?? 0;
  if (opened !== snippets.length)
    throw new Error(`${document}: a block of TypeScript is indented, marked otherwise or not closed`);
  return snippets;
};

/** A small project that has the packages and their peers installed, as one of a reader has. */
const prepare = (snippets: ReadonlyArray<Snippet>): void => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'node_modules/@cloud-kassa'), { recursive: true });
  for (const name of readdirSync(join(root, 'packages')))
    symlinkSync(join(root, 'packages', name), join(folder, 'node_modules/@cloud-kassa', name), 'dir');
  for (const peer of ['fp-ts', 'io-ts'])
    symlinkSync(join(root, 'packages/core/node_modules', peer), join(folder, 'node_modules', peer), 'dir');
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'commonjs' }));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { rootDir: root, types: ['node'], incremental: false, tsBuildInfoFile: null },
      include: [],
      files: snippets.map(({ file }) => file),
    }),
  );
  for (const { file, code } of snippets) writeFileSync(file, code);
};

const run = (command: string, args: ReadonlyArray<string>): Promise<Ended> =>
  new Promise((done, failed) => {
    const path = [join(root, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter);
    const child = spawn(command, args, {
      cwd: folder,
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LONGEST_MS,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => (stdout += String(text)));
    child.stderr.on('data', (text) => (stderr += String(text)));
    child.on('error', failed);
    child.on('close', (status) => done({ status, stdout, stderr }));
  });

const promised = (code: string): ReadonlyArray<string> =>
  [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, text = '']) => text);

/** What is wrong with a snippet, or `undefined`. */
const problemOf = async ({ file, code }: Snippet): Promise<string | undefined> => {
  const { status, stdout, stderr } = await run('tsx', ['-C', '@cloud-kassa/source', file]);
  if (status !== 0) return `ended with ${status}\n${stdout}${stderr}`;
  const wanted = promised(code).join('\n');
  return wanted === '' || wanted === stdout.trimEnd()
    ? undefined
    : `should print\n${wanted}\nbut prints\n${stdout}`;
};

const main = async (): Promise<void> => {
  const snippets = documents().flatMap(snippetsOf);
  prepare(snippets);
  const types = await run('tsc', ['-p', 'tsconfig.json', '--pretty', 'false']);
  if (types.status !== 0) {
    console.error(types.stdout.replaceAll(resolve(folder), ''), types.stderr);
    process.exitCode = 1;
    return;
  }
  const waiting = snippets.filter((snippet) => snippet.run);
  const total = waiting.length;
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const problem = await problemOf(next);
      if (problem === undefined) continue;
      console.error(`${next.where} ${problem}`);
      process.exitCode = 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  console.log(`${snippets.length} blocks of TypeScript type-checked, ${total} run`);
};

await main();
