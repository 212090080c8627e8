import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ProcessCommand, ProcessOptions, ProcessReport } from './process-command';

/** A server in a process of its own. */
export interface ServerProcess {
  readonly connectionString: string;
  readonly tell: (command: ProcessCommand) => Promise<void>;
  /** Ends it as `kill -9` does. */
  readonly kill: () => Promise<void>;
  /** Stops it as a suspended machine does, and lets it go on. */
  readonly suspend: () => void;
  readonly resume: () => void;
  /** Ends its input and waits for its end. The answer is its exit code. */
  readonly close: () => Promise<number | null>;
}

/** Makes one script of the process, so that starting it costs little. */
export const serverProcesses = (script: string): ((options: ProcessOptions) => Promise<ServerProcess>) => {
  execFileSync(require.resolve('esbuild/bin/esbuild'), [
    join(__dirname, 'server-process.testing.ts'),
    '--bundle',
    '--platform=node',
    '--conditions=@cloud-kassa/source',
    '--log-level=error',
    `--outfile=${script}`,
  ]);
  return async (options) => {
    const child = spawn(process.execPath, [script, JSON.stringify(options)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = once(child, 'close');
    const reports: Array<ProcessReport> = [];
    const watchers = new Set<() => void>();
    createInterface({ input: child.stdout }).on('line', (line) => {
      reports.push(JSON.parse(line) as ProcessReport);
      for (const look of watchers) look();
    });
    const report = (wanted: (report: ProcessReport) => boolean): Promise<ProcessReport> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = reports.find(wanted);
          if (found === undefined) return;
          watchers.delete(look);
          reports.splice(reports.indexOf(found), 1);
          resolve(found);
        };
        watchers.add(look);
        look();
        ended.then(() => reject(new Error('The process has ended.')), reject);
      });
    const first = await report(({ is }) => is === 'listening' || is === 'not-started');
    if (first.is !== 'listening') throw new Error(JSON.stringify(first));
    return {
      connectionString: first.connectionString,
      tell: async (command) => {
        const done = report((line) => line.is === 'done' && line.command === command.do);
        child.stdin.write(`${JSON.stringify(command)}\n`);
        await done;
      },
      kill: async () => {
        child.kill('SIGKILL');
        await ended;
      },
      suspend: () => void child.kill('SIGSTOP'),
      resume: () => void child.kill('SIGCONT'),
      close: async () => {
        child.stdin.end();
        await ended;
        return child.exitCode;
      },
    };
  };
};
