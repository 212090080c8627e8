import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { InputRefusal } from '../codec/refusal';
import { readFaultScript } from '../faults/fault-script';
import { fileStorage } from '../storage/file-storage';
import type { Durability } from '../storage/storage';
import type { NotCreated } from './emulator';
import { createEmulatorServer } from './emulator-server';
import type { EmulatorServer, EmulatorServerOptions, ListenOptions, NotListening } from './emulator-server';

/** What a command needs to run an emulator. */
export interface StartOptions extends Omit<EmulatorServerOptions, 'storage'>, ListenOptions {
  /** Where its state is kept; when absent it ends with the process. */
  readonly directory?: string;
  /** When answers may leave; `fsync` when absent. */
  readonly durability?: Durability;
  /** A fault script as parsed JSON. It replaces the faults that were stored. */
  readonly faults?: unknown;
}

/** Why an emulator was not started. */
export type NotStarted = NotCreated | NotListening | ({ readonly _tag: 'FaultsRefused' } & InputRefusal);

/** An emulator that listens. */
export interface RunningEmulator extends Pick<EmulatorServer, 'emulator' | 'close'> {
  readonly url: string;
  readonly port: number;
}

/** Creates an emulator with its storage and faults, and listens. `Left` leaves nothing open. */
export const startEmulator =
  ({
    directory,
    durability = 'fsync',
    faults,
    host,
    port,
    ...options
  }: StartOptions): TaskEither<NotStarted, RunningEmulator> =>
  async () => {
    const script = faults === undefined ? undefined : readFaultScript(faults);
    if (script !== undefined && E.isLeft(script)) return E.left({ _tag: 'FaultsRefused', ...script.left });
    const storage = directory === undefined ? {} : { storage: fileStorage(directory, durability) };
    const created = await createEmulatorServer({ ...options, ...storage })();
    if (E.isLeft(created)) return created;
    const server = created.right;
    if (script !== undefined) server.emulator.machine.setFaults(script.right, false);
    const listening = await server.listen({
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port }),
    })();
    if (E.isLeft(listening)) {
      await server.close();
      return listening;
    }
    const { emulator, close } = server;
    return E.right({ emulator, close, ...listening.right });
  };
