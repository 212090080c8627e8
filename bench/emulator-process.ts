import type { EmulatorSays, EmulatorTask } from './emulated-devices';
import { startTalkingProcess } from './talking-process';

/** Emulated registers in a process of their own. */
export interface EmulatorProcess {
  readonly url: string;
  /** What was made so far. */
  readonly made: () => Promise<EmulatorSays>;
  readonly end: () => Promise<void>;
}

/** Starts the emulator from the script that lies beside the running one. */
export const startEmulatorProcess = async (task: EmulatorTask): Promise<EmulatorProcess> => {
  const { first, ask, end } = await startTalkingProcess<{ readonly do: 'tell' }, EmulatorSays>(
    'emulator',
    task,
  );
  return { url: first.url, made: () => ask({ do: 'tell' }), end };
};
