import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';

export interface ProcessEnd {
  /** What it printed, without a line that a kill cut off. */
  readonly lines: ReadonlyArray<string>;
  readonly signal: string | null;
  readonly code: number | null;
  readonly errors: string;
}

/** Starts a process with arguments. @param killAfter it is killed when it has printed so many lines, wherever it is then. */
export type StartProcess = (args: ReadonlyArray<string>, killAfter?: number) => Promise<ProcessEnd>;

/** Makes one script of a file beside this one, so that starting it costs little. */
export const bundledProcess = (source: string, script: string): StartProcess => {
  execFileSync(require.resolve('esbuild/bin/esbuild'), [
    join(__dirname, source),
    '--bundle',
    '--platform=node',
    '--conditions=@cloud-kassa/source',
    '--log-level=error',
    `--outfile=${script}`,
  ]);
  return async (args, killAfter) => {
    // What a process says of itself on its error output would look like a failure.
    const child = spawn(process.execPath, ['--no-warnings', script, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [printed, errors]: [string[], string[]] = [[], []];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      printed.push(chunk);
      if (killAfter !== undefined && linesOf(printed.join('')).length >= killAfter) child.kill('SIGKILL');
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => errors.push(chunk));
    const end = await new Promise<Pick<ProcessEnd, 'signal' | 'code'>>((resolve) => {
      child.on('close', (code, signal) => resolve({ code, signal }));
    });
    return { ...end, errors: errors.join(''), lines: linesOf(printed.join('')) };
  };
};

const linesOf = (printed: string): ReadonlyArray<string> => printed.split('\n').slice(0, -1);
