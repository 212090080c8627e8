import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Order, Told } from './talk';

/** A process of the campaign. */
export interface Child {
  /** What it says first, or that it ended before. */
  readonly ready: Promise<Told>;
  readonly ended: Promise<void>;
  /** Ends it as nothing else does: no handler runs, nothing is flushed. Resolves when it is gone. */
  readonly kill: () => Promise<void>;
}

/** A process that takes orders. */
export interface Player extends Child {
  readonly send: (order: Order) => void;
  /** Sends an order and waits for the answer; `undefined` where the process ends before it gives one. */
  readonly ask: (order: Order) => Promise<Told | undefined>;
}

/** Starts a script in a process of its own. */
export const startPlayer = (script: string, task: object): Player => {
  const child = spawn(process.execPath, [script, JSON.stringify(task)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  // A process that is gone takes no orders; that it is gone is known by `ended`.
  child.on('error', () => undefined);
  const ended = once(child, 'close').then(() => undefined);
  const nextTold = (): Promise<Told | undefined> =>
    Promise.race([once(child, 'message').then(([told]: ReadonlyArray<unknown>) => told as Told), ended]);
  const send = (order: Order): void => {
    if (child.connected) child.send(order, () => undefined);
  };
  return {
    ready: nextTold().then((told) => told ?? { told: 'not-started', why: 'it ended' }),
    ended,
    send,
    ask: (order) => {
      const told = nextTold();
      send(order);
      return told;
    },
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
};
