import type { Runtime } from '@cloud-kassa/runtime';
import type { Connection } from './connection';

/** A free connection, or why none came. */
export type Acquired = { readonly connection: Connection } | { readonly none: 'no-slot' | 'aborted' };

/** At most so many connections for one purpose, given out in the order they were asked for. */
export interface Slots {
  readonly acquire: (waitMs: number, signal?: AbortSignal) => Promise<Acquired>;
  /** Gives a connection back; one that is spent is replaced by a new one. */
  readonly release: (connection: Connection, spent: boolean) => void;
  readonly close: () => void;
}

export const connectionSlots = (size: number, open: () => Connection, runtime: Runtime): Slots => {
  const idle: Connection[] = [];
  const busy = new Set<Connection>();
  const waiting: Array<(acquired: Acquired) => void> = [];
  let closed = false;

  const take = (connection: Connection): Acquired => {
    busy.add(connection);
    return { connection };
  };

  const wait = (waitMs: number, signal?: AbortSignal): Promise<Acquired> =>
    new Promise((resolve) => {
      const timer = new AbortController();
      const settle = (acquired: Acquired): void => {
        const at = waiting.indexOf(settle);
        if (at >= 0) waiting.splice(at, 1);
        signal?.removeEventListener('abort', onAbort);
        timer.abort('settled');
        resolve(acquired);
      };
      const onAbort = (): void => settle({ none: 'aborted' });
      waiting.push(settle);
      signal?.addEventListener('abort', onAbort);
      void runtime.sleep(waitMs, timer.signal).then(() => {
        if (!timer.signal.aborted) settle({ none: 'no-slot' });
      });
    });

  return {
    acquire: (waitMs, signal) => {
      if (signal?.aborted === true) return Promise.resolve({ none: 'aborted' });
      if (closed) return Promise.resolve({ none: 'no-slot' });
      const free = idle.pop();
      if (free !== undefined) return Promise.resolve(take(free));
      return busy.size < size ? Promise.resolve(take(open())) : wait(waitMs, signal);
    },
    release: (connection, spent) => {
      busy.delete(connection);
      if (spent || closed) connection.kill();
      if (closed) return;
      const next = waiting[0];
      if (next !== undefined) next(take(spent ? open() : connection));
      else if (!spent) idle.push(connection);
    },
    close: () => {
      closed = true;
      for (const settle of waiting.splice(0)) settle({ none: 'no-slot' });
      for (const connection of [...idle.splice(0), ...busy]) connection.kill();
    },
  };
};
