import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ProcessArguments } from './emulator-process.testing';

/** An emulator in a process of its own. */
export interface EmulatorProcess {
  readonly url: string;
  /** Ends it as a power cut would, but for the disk: nothing is cleaned up. */
  readonly kill: () => Promise<void>;
}

export type StartProcess = (
  directory: string,
  durability: 'flush' | 'fsync',
  snapshotAfter: number,
) => Promise<EmulatorProcess>;

/** Makes one script of the process, so that starting it costs little. */
export const emulatorProcesses = (script: string): StartProcess => {
  execFileSync(require.resolve('esbuild/bin/esbuild'), [
    join(__dirname, 'emulator-process.testing.ts'),
    '--bundle',
    '--platform=node',
    '--conditions=@cloud-kassa/source',
    '--log-level=error',
    `--outfile=${script}`,
  ]);
  return async (directory, durability, snapshotAfter) => {
    const given: ProcessArguments = [directory, durability, String(snapshotAfter)];
    const child = spawn(process.execPath, [script, ...given], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'close');
    const lines = createInterface({ input: child.stdout });
    const [url] = await Promise.race([once(lines, 'line'), ended]);
    if (typeof url !== 'string' || !url.startsWith('http://')) throw new Error(`not started: ${url}`);
    return {
      url,
      kill: async () => {
        child.kill('SIGKILL');
        await ended;
      },
    };
  };
};
