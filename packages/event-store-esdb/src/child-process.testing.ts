import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';

export interface ProcessEnd {
  readonly lines: ReadonlyArray<string>;
  readonly signal: string | null;
  readonly code: number | null;
  readonly errors: string;
}

export interface StartedProcess {
  readonly end: Promise<ProcessEnd>;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Resolves when it has printed this line. */
  readonly printed: (line: string) => Promise<void>;
}

/** Makes one script of a file of this package, and starts processes of it. */
export const childProcess = (
  source: string,
  script: string,
): ((...args: ReadonlyArray<string>) => StartedProcess) => {
  execFileSync(require.resolve('esbuild/bin/esbuild'), [
    join(__dirname, source),
    '--bundle',
    '--platform=node',
    '--conditions=@cloud-kassa/source',
    '--log-level=error',
    `--outfile=${script}`,
  ]);
  return (...args) => {
    const child = spawn(process.execPath, ['--no-warnings', script, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [printed, errors]: [string[], string[]] = [[], []];
    const watchers = new Set<() => void>();
    const lines = (): ReadonlyArray<string> => printed.join('').split('\n').slice(0, -1);
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      printed.push(chunk);
      for (const watcher of watchers) watcher();
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => errors.push(chunk));
    return {
      end: new Promise((resolve) => {
        child.on('close', (code, signal) =>
          resolve({ code, signal, errors: errors.join(''), lines: lines() }),
        );
      }),
      kill: (signal) => void child.kill(signal),
      printed: (line) =>
        new Promise((resolve) => {
          const look = (): void => {
            if (!lines().includes(line)) return;
            watchers.delete(look);
            resolve();
          };
          watchers.add(look);
          look();
        }),
    };
  };
};
