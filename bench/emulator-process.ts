import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { EmulatorSays, EmulatorTask } from './emulated-devices';

/** Emulated registers in a process of their own. */
export interface EmulatorProcess {
  readonly url: string;
  /** What was made so far. */
  readonly made: () => Promise<EmulatorSays>;
  readonly end: () => Promise<void>;
}

/** Starts the emulator from the script that lies beside the running one. */
export const startEmulatorProcess = async (task: EmulatorTask): Promise<EmulatorProcess> => {
  const child = spawn(process.execPath, [join(__dirname, 'emulator.js'), JSON.stringify(task)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'close');
  const said = async (): Promise<EmulatorSays> => {
    const [what] = await Promise.race([once(child, 'message'), ended]);
    if (typeof what !== 'object') throw new Error(`the emulator ended: ${String(what)}`);
    return what as EmulatorSays;
  };
  const { url = '' } = await said();
  return {
    url,
    made: () => {
      child.send('made');
      return said();
    },
    end: async () => {
      child.kill();
      await ended;
    },
  };
};
