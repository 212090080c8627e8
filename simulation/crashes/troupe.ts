import type { Runtime } from '@cloud-kassa/runtime';
import type { Child } from './child';
import { startChild } from './child';
import type { LogWatch } from './log-watch';
import type { Moment, Round, Victim } from './plan';
import type { bundlePrograms } from './programs';

/** How a kill went. */
export interface Killed {
  /** How many processes died. */
  readonly processes: number;
  /** The moment came; otherwise they were killed when patience was at an end. */
  readonly inTime: boolean;
}

/** All processes of a campaign that can be killed. */
export interface Troupe {
  /** Starts whoever is not there and waits until all of them work. */
  readonly start: () => Promise<void>;
  /** Kills the victims of a round at its moment and starts them again. */
  readonly kill: (round: Round) => Promise<Killed>;
  readonly worker: () => Child;
  readonly end: () => Promise<void>;
}

export interface TroupeOptions {
  readonly scripts: ReturnType<typeof bundlePrograms>;
  readonly store: string;
  readonly emulatorDirectory: string;
  readonly port: number;
  readonly runtime: Runtime;
  readonly watch: LogWatch;
}

const ALL: ReadonlyArray<Victim> = ['emulator', 'worker-1', 'worker-2'];

/** A moment that does not come is not waited for any longer. */
const PATIENCE_MS = 2_500;

/** The port of a process that was killed may be held for a moment; a file may be locked by others. */
const START_TRIES = 20;
const START_PAUSE_MS = 200;

export const troupe = (options: TroupeOptions): Troupe => {
  const { scripts, store, emulatorDirectory, port, runtime, watch } = options;
  const children = new Map<Victim, Child>();

  const begin = (name: Victim): Child => {
    const child =
      name === 'emulator'
        ? startChild(scripts['emulator-process'], { directory: emulatorDirectory, port })
        : startChild(scripts['worker-process'], { directory: store, name });
    children.set(name, child);
    return child;
  };

  const bring = async (name: Victim): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      const child = children.get(name) ?? begin(name);
      const told = await child.ready;
      if (told.told === 'ready') return;
      await child.kill();
      children.delete(name);
      if (tries === START_TRIES) throw new Error(`${name} does not start: ${JSON.stringify(told)}`);
      await runtime.sleep(START_PAUSE_MS);
    }
  };

  const start = async (): Promise<void> => {
    await Promise.all(ALL.map(bring));
  };

  const killNow = async (names: ReadonlyArray<Victim>): Promise<number> => {
    const dying = names.flatMap((name) => children.get(name) ?? []);
    for (const name of names) children.delete(name);
    await Promise.all(dying.map((child) => child.kill()));
    return dying.length;
  };

  /** Resolves when the moment has come, which is `true`, or patience is at an end. */
  const waitFor = async (moment: Moment): Promise<boolean> => {
    const over = new AbortController();
    const come = async (): Promise<true> => {
      if (moment.at === 'recorded') await watch.recorded(moment.type, moment.count, over.signal);
      if (moment.at === 'time') await runtime.sleep(moment.milliseconds, over.signal);
      if (moment.at === 'inside') {
        const child = children.get(moment.victim);
        child?.send({ do: 'die', at: moment.death });
        await child?.ended;
      }
      return true;
    };
    const patience = runtime.sleep(PATIENCE_MS, over.signal).then(() => false);
    const inTime = await Promise.race([come(), patience]);
    over.abort();
    return inTime;
  };

  return {
    start,
    kill: async ({ victims, moment, pauseMs }) => {
      const inTime = await waitFor(moment);
      let died = await killNow(victims);
      await runtime.sleep(pauseMs);
      if (moment.at === 'start') {
        victims.forEach(begin);
        await runtime.sleep(moment.milliseconds);
        died += await killNow(victims);
      }
      await start();
      return { processes: died, inTime };
    },
    worker: () => children.get('worker-1') ?? begin('worker-1'),
    end: async () => {
      await killNow(ALL);
    },
  };
};
