import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { isDeepStrictEqual } from 'node:util';
import type { Runtime } from '@cloud-kassa/runtime';
import type { InputRefusal } from '../codec/refusal';
import { USUAL_ONE_C } from '../dialects/one-c/settings';
import { machineOn } from '../emulator/machine';
import type { Machine } from '../emulator/machine';
import { restore } from '../emulator/restore';
import type { NotSetUp } from '../group/kkt-group';
import { noStorage } from '../storage/no-storage';
import type { EmulatorStorage, StorageFailure } from '../storage/storage';
import { advanceLoop } from './advance-loop';
import type { AdvanceLoop } from './advance-loop';
import { exchangeOn } from './exchange';
import type { Exchange } from './exchange';
import { settingsProblem } from './settings';
import type { EmulatorSettings } from './settings';

/** Why an emulator was not created. */
export type NotCreated =
  | StorageFailure
  | NotSetUp
  | ({ readonly _tag: 'SettingsRefused' } & InputRefusal)
  /** The storage holds this group with other registers: they cannot be exchanged under it. */
  | { readonly _tag: 'GroupDiffers'; readonly group: string };

/** Emulated services without a socket: what a simulated network calls. */
export interface Emulator {
  readonly exchange: Exchange;
  readonly machine: Machine;
  /** Stops the background and closes the storage. */
  readonly close: () => Promise<void>;
}

export interface EmulatorOptions {
  readonly runtime: Runtime;
  readonly settings: EmulatorSettings;
  /** When absent its state ends with it. */
  readonly storage?: EmulatorStorage;
  /** After how many stored calls a snapshot is taken at the earliest; 5000 when absent. */
  readonly snapshotAfter?: number;
}

const SNAPSHOT_AFTER = 5000;

/** Groups that are new are created; those that are stored must be what the settings say. */
const settle = (machine: Machine, { groups }: EmulatorSettings): E.Either<NotCreated, void> => {
  for (const { id, registers } of groups) {
    const room = machine.groups().find((each) => each.id === id);
    if (room === undefined) {
      const created = machine.createGroup(id, registers);
      if (E.isLeft(created)) return created;
    } else {
      const asStored: unknown = JSON.parse(JSON.stringify(registers));
      const stored: unknown = JSON.parse(JSON.stringify(room.registers.settings));
      if (!isDeepStrictEqual(stored, asStored)) return E.left({ _tag: 'GroupDiffers', group: id });
    }
  }
  return E.right(undefined);
};

/**
 * Services as they were when the storage was last used, or new ones. Registers are created by their settings once; credentials and
 * the dialect's settings are read anew at each start. Time comes from the runtime: a simulated clock drives everything.
 *
 * `Left` when settings contradict themselves, a register is refused, or the storage cannot be read.
 */
export const createEmulator =
  ({
    runtime,
    settings,
    storage = noStorage(),
    snapshotAfter = SNAPSHOT_AFTER,
  }: EmulatorOptions): TaskEither<NotCreated, Emulator> =>
  async () => {
    const wrong = settingsProblem(settings);
    if (wrong !== undefined) return E.left({ _tag: 'SettingsRefused', ...wrong });
    const state = await restore(storage);
    if (E.isLeft(state)) return state;
    let loop: AdvanceLoop | undefined;
    const machine = machineOn(state.right, {
      wall: () => Date.parse(runtime.wall()),
      newId: () => runtime.ids.next(),
      storage,
      snapshotAfter,
      scheduled: () => loop?.wake(),
    });
    const settled = settle(machine, settings);
    const safe = E.isLeft(settled) ? settled : await machine.settled();
    if (E.isLeft(safe)) {
      await storage.close();
      return safe;
    }
    const background = advanceLoop(machine, runtime);
    loop = background;
    const served = settings.groups.map((group) => ({
      group,
      settings: { ...USUAL_ONE_C, ...group.dialect },
    }));
    return E.right({
      machine,
      exchange: exchangeOn(machine, served, settings, runtime),
      close: async () => {
        background.stop();
        await storage.close();
      },
    });
  };
