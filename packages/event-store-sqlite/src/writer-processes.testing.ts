import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Acknowledged } from './writer-process.testing';

export interface WriterEnd {
  readonly acknowledged: ReadonlyArray<Acknowledged>;
  readonly signal: string | null;
  readonly code: number | null;
  readonly errors: string;
}

export type StartWriter = (writer: {
  readonly file: string;
  readonly name: string;
  readonly appends: number;
  /** It kills itself at this point. */
  readonly killAt?: number;
  /** It is killed when it has printed so many appends, wherever it is then. */
  readonly killAfter?: number;
}) => Promise<WriterEnd>;

/** Makes one script of the writing process, so that starting it costs little. */
export const writerProcesses = (script: string): StartWriter => {
  execFileSync(require.resolve('esbuild/bin/esbuild'), [
    join(__dirname, 'writer-process.testing.ts'),
    '--bundle',
    '--platform=node',
    '--conditions=@cloud-kassa/source',
    '--log-level=error',
    `--outfile=${script}`,
  ]);
  return async ({ file, name, appends, killAt = 0, killAfter }) => {
    // What a process says of itself on its error output would look like a failure.
    const flags = ['--no-warnings', script, file, name, String(appends), String(killAt)];
    const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'pipe'] });
    const [printed, errors]: [string[], string[]] = [[], []];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      printed.push(chunk);
      if (killAfter !== undefined && linesOf(printed.join('')).length >= killAfter) child.kill('SIGKILL');
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => errors.push(chunk));
    const end = await new Promise<Pick<WriterEnd, 'signal' | 'code'>>((resolve) => {
      child.on('close', (code, signal) => resolve({ code, signal }));
    });
    const acknowledged = linesOf(printed.join('')).map(acknowledgedOf);
    return { ...end, errors: errors.join(''), acknowledged };
  };
};

// A line that the kill cut off was acknowledged to nobody.
const linesOf = (printed: string): ReadonlyArray<string> => printed.split('\n').slice(0, -1);

const acknowledgedOf = (line: string): Acknowledged => {
  const [stream = '', revision = '', hash = '', size = ''] = line.split(' ');
  return { stream, revision: Number(revision), hash, size: Number(size) };
};
