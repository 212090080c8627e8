/*
 * Runs docs/getting-started.md as a newcomer would, top to bottom, in a folder of its own:
 *
 *   tsx -C @cloud-kassa/source scripts/run-transcripts.ts
 *
 * - A block marked ```json NAME is saved as the file NAME.
 * - In a block marked ```console every line that begins with `$ ` is a call; a `\` at its end goes on with the next line. It has to end
 *   with exit code 0, or with the one that `# exit N` behind it tells. `# keeps running` begins it beside the others; it is ended at
 *   the end, by a signal, in good order.
 * - The other lines of the block have to be printed by the call above them, in that order; others may stand between.
 *
 * `cloud-kassa` is the command as it stands in this repository, bundled so that a call begins at once. The port is a free one.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

interface Call {
  readonly line: number;
  readonly text: string;
  readonly exit: number;
  readonly keepsRunning: boolean;
  readonly shown: ReadonlyArray<string>;
}

type Step = { readonly file: string; readonly content: string } | Call;

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const DOCUMENT = 'docs/getting-started.md';
const PORT_OF_THE_DOCUMENT = '8080';
const LONGEST_MS = 30_000;
const LONGEST_OF_ALL_MS = 180_000;
/** Interrupted, and everything is whole. */
const EXIT_OF_A_STOPPED_ONE = 130;

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cloud-kassa-docs-'));
const program = join(folder, 'cloud-kassa.cjs');

const callsOf = (block: string, firstLine: number): ReadonlyArray<Call> => {
  const calls: Array<Call & { readonly shown: string[] }> = [];
  const lines = block.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const text = lines[index] ?? '';
    if (!text.startsWith('$ ')) {
      if (text !== '') calls.at(-1)?.shown.push(text);
      continue;
    }
    const line = firstLine + index;
    let whole = text.slice(2);
    while (whole.endsWith('\\')) whole = whole.slice(0, -1) + (lines[(index += 1)] ?? '').trim();
    const [command = '', remark = ''] = whole.split('  # ');
    const [, exit = '0'] = /^exit (\d+)$/.exec(remark) ?? [];
    calls.push({
      line,
      text: command.trim(),
      exit: Number(exit),
      keepsRunning: remark === 'keeps running',
      shown: [],
    });
  }
  return calls;
};

const stepsOf = (document: string): ReadonlyArray<Step> =>
  [...document.matchAll(/^```(console|json (\S+))\n([\s\S]*?)^```$/gm)].flatMap(
    (found): ReadonlyArray<Step> => {
      const [, , file, block = ''] = found;
      const firstLine = document.slice(0, found.index).split('\n').length + 1;
      return file === undefined ? callsOf(block, firstLine) : [{ file, content: block }];
    },
  );

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** The words of a call. Nothing in the document needs more of a shell than words. */
const wordsOf = (text: string): ReadonlyArray<string> => text.split(/\s+/);

const begin = ({ text, keepsRunning }: Call): ChildProcess => {
  const [called, ...words] = wordsOf(text);
  if (called !== 'cloud-kassa') throw new Error(`no call of cloud-kassa: ${text}`);
  const { PATH = '', HOME = '' } = process.env;
  // Nothing of whoever runs this may change what is printed.
  const env = { PATH, HOME, LANG: 'C.UTF-8' };
  return spawn(process.execPath, [program, ...words], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: keepsRunning ? LONGEST_OF_ALL_MS : LONGEST_MS,
  });
};

const ended = (child: ChildProcess): Promise<Ended> =>
  new Promise((done, failed) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (text) => (stdout += String(text)));
    child.stderr?.on('data', (text) => (stderr += String(text)));
    child.on('error', failed);
    child.on('close', (status) => done({ status, stdout, stderr }));
  });

/** What a call that keeps running has printed when that is so many lines. */
const announced = (child: ChildProcess, lines: number): Promise<string> =>
  new Promise((done, failed) => {
    let printed = '';
    child.stdout?.on('data', (text) => {
      printed += String(text);
      if (printed.split('\n').length > lines) done(printed);
    });
    child.on('error', failed);
    child.on('close', () => done(printed));
  });

/** The first shown line that was not printed after those before it. */
const missingIn = (printed: string, shown: ReadonlyArray<string>): string | undefined => {
  const lines = printed.split('\n');
  return shown.find((line) => {
    const at = lines.indexOf(line);
    lines.splice(0, at + 1);
    return at < 0;
  });
};

const main = async (): Promise<void> => {
  await build({
    entryPoints: [join(root, 'packages/cli/src/main.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    conditions: ['@cloud-kassa/source'],
    logLevel: 'error',
  });
  const port = String(await freePort());
  const steps = stepsOf(readFileSync(join(root, DOCUMENT), 'utf8').replaceAll(PORT_OF_THE_DOCUMENT, port));
  const running: Array<{ readonly child: ChildProcess; readonly end: Promise<Ended>; readonly call: Call }> =
    [];
  let calls = 0;
  const problems: string[] = [];

  const perform = async (call: Call): Promise<string | undefined> => {
    calls += 1;
    const child = begin(call);
    const end = ended(child);
    if (call.keepsRunning) {
      running.push({ child, end, call });
      const missing = missingIn(await announced(child, call.shown.length), call.shown);
      return missing === undefined ? undefined : `does not print: ${missing}`;
    }
    const { status, stdout, stderr } = await end;
    if (status !== call.exit) return `ends with ${status}, not ${call.exit}\n${stdout}${stderr}`;
    const missing = missingIn(stdout, call.shown);
    return missing === undefined ? undefined : `does not print: ${missing}\nbut\n${stdout}${stderr}`;
  };

  try {
    for (const step of steps) {
      if ('file' in step) {
        writeFileSync(join(folder, step.file), step.content);
        continue;
      }
      const problem = await perform(step);
      if (problem === undefined) continue;
      problems.push(`${DOCUMENT}:${step.line} ${step.text}\n${problem}`);
      // What follows rests on what came before.
      break;
    }
  } finally {
    for (const { child, end, call } of running) {
      child.kill('SIGTERM');
      const { status } = await end;
      if (status !== EXIT_OF_A_STOPPED_ONE)
        problems.push(`${DOCUMENT}:${call.line} ${call.text}\nends with ${status} when it is stopped`);
    }
    rmSync(folder, { recursive: true, force: true });
  }
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 && calls > 0 ? 0 : 1;
  if (problems.length === 0) console.log(`${calls} calls of ${DOCUMENT} end as they should`);
};

await main();
