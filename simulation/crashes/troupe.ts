import type { Runtime } from '@cloud-kassa/runtime';
import type { Child, Player } from './child';
import { startPlayer } from './child';
import type { LogWatch } from './log-watch';
import type { Moment, PlayerName, Round, Victim } from './plan';
import type { bundlePrograms } from './programs';
import type { StoreUnderCampaign } from './store-under-campaign';

/** How a kill went. */
export interface Killed {
  /** Who died, as often as they did. */
  readonly dead: ReadonlyArray<Victim>;
  /** The moment came; otherwise they were killed when patience was at an end. */
  readonly inTime: boolean;
}

/** All processes of a campaign that can be killed. */
export interface Troupe {
  /** Starts the process of the store, where it has one. */
  readonly startStore: () => Promise<void>;
  /** Starts whoever is not there and waits until all of them work. */
  readonly start: () => Promise<void>;
  /** Kills the victims of a round at its moment and starts them again. */
  readonly kill: (round: Round, watch: LogWatch) => Promise<Killed>;
  readonly worker: () => Player;
  readonly end: () => Promise<void>;
}

export interface TroupeOptions {
  readonly scripts: ReturnType<typeof bundlePrograms>;
  readonly store: StoreUnderCampaign;
  readonly emulatorDirectory: string;
  readonly port: number;
  readonly runtime: Runtime;
}

const PLAYERS: ReadonlyArray<PlayerName> = ['emulator', 'worker-1', 'worker-2'];

/** A moment that does not come is not waited for any longer. */
const PATIENCE_MS = 2_500;

/** The port of a process that was killed may be held for a moment; a file may be locked by others. */
const START_TRIES = 20;
const START_PAUSE_MS = 200;

export const troupe = ({ scripts, store, emulatorDirectory, port, runtime }: TroupeOptions): Troupe => {
  const players = new Map<PlayerName, Player>();
  let server: Child | undefined;
  const storeNames: ReadonlyArray<Victim> = store.server === undefined ? [] : ['store'];

  const childOf = (name: Victim): Child | undefined => (name === 'store' ? server : players.get(name));

  const forget = (name: Victim): void => {
    if (name === 'store') server = undefined;
    else players.delete(name);
  };

  const beginPlayer = (name: PlayerName): Player => {
    const player =
      name === 'emulator'
        ? startPlayer(scripts['emulator-process'], { directory: emulatorDirectory, port })
        : startPlayer(scripts['worker-process'], { storage: store.storageOf(name), name });
    players.set(name, player);
    return player;
  };

  const begin = (name: Victim): Child => {
    if (name !== 'store') return beginPlayer(name);
    if (store.server === undefined) throw new Error('the store is no process');
    return (server = store.server.begin());
  };

  const bring = async (name: Victim): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      const child = childOf(name) ?? begin(name);
      const told = await child.ready;
      if (told.told === 'ready') return;
      await child.kill();
      forget(name);
      if (tries === START_TRIES) throw new Error(`${name} does not start: ${JSON.stringify(told)}`);
      await runtime.sleep(START_PAUSE_MS);
    }
  };

  const bringAll = async (names: ReadonlyArray<Victim>): Promise<void> => {
    await Promise.all(names.map(bring));
  };

  const start = (): Promise<void> => bringAll([...storeNames, ...PLAYERS]);

  const killNow = async (names: ReadonlyArray<Victim>): Promise<ReadonlyArray<Victim>> => {
    const dying = names.flatMap((name) => {
      const child = childOf(name);
      return child === undefined ? [] : [{ name, child }];
    });
    names.forEach(forget);
    await Promise.all(dying.map(({ child }) => child.kill()));
    return dying.map(({ name }) => name);
  };

  const comes = async (moment: Moment, watch: LogWatch, over: AbortSignal): Promise<void> => {
    switch (moment.at) {
      case 'recorded':
        return watch.recorded(moment.type, moment.count, over);
      case 'time':
        return runtime.sleep(moment.milliseconds, over);
      case 'standstill':
        return store.server?.standing(moment.calls, over);
      case 'inside': {
        const player = players.get(moment.victim);
        player?.send({ do: 'die', at: moment.death });
        return player?.ended;
      }
      case 'start':
        return undefined;
    }
  };

  /** Resolves when the moment has come, which is `true`, or patience is at an end. */
  const waitFor = async (moment: Moment, watch: LogWatch): Promise<boolean> => {
    const over = new AbortController();
    const patience = runtime.sleep(PATIENCE_MS, over.signal).then(() => false);
    const inTime = await Promise.race([comes(moment, watch, over.signal).then(() => true), patience]);
    over.abort();
    return inTime;
  };

  return {
    startStore: () => bringAll(storeNames),
    start,
    kill: async ({ victims, moment, pauseMs }, watch) => {
      const inTime = await waitFor(moment, watch);
      const dead = [...(await killNow(victims))];
      await runtime.sleep(pauseMs);
      if (moment.at === 'start') {
        victims.forEach(begin);
        await runtime.sleep(moment.milliseconds);
        dead.push(...(await killNow(victims)));
      }
      await start();
      return { dead, inTime };
    },
    worker: () => players.get('worker-1') ?? beginPlayer('worker-1'),
    end: async () => {
      await killNow([...PLAYERS, ...storeNames]);
    },
  };
};
