import type { Server } from 'node:http';
import type { Runtime } from '@cloud-kassa/runtime';

/** A server that can stop listening for a while, as a service that is away does. */
export interface Listener {
  /** Breaks every connection and refuses new ones for so long; while it is away already nothing changes. */
  readonly refuse: (milliseconds: number) => void;
  /** Ends all pauses; it does not listen again. */
  readonly stop: () => void;
}

const RETRY = 50;

/** `address` is where the server listened first. */
export const listener = (
  server: Server,
  address: () => { readonly host: string; readonly port: number },
  runtime: Runtime,
): Listener => {
  const stopping = new AbortController();
  let away = false;

  /** Listens again; the port may still be held for a moment. */
  const listen = (): Promise<boolean> =>
    new Promise((resolve) => {
      const failed = (): void => {
        server.removeListener('listening', succeeded);
        resolve(false);
      };
      const succeeded = (): void => {
        server.removeListener('error', failed);
        resolve(true);
      };
      server.once('error', failed).once('listening', succeeded).listen(address());
    });

  const stayAway = async (milliseconds: number): Promise<void> => {
    await runtime.sleep(milliseconds, stopping.signal);
    while (!stopping.signal.aborted && !(await listen())) await runtime.sleep(RETRY, stopping.signal);
    away = false;
  };

  return {
    refuse: (milliseconds) => {
      if (away || stopping.signal.aborted) return;
      away = true;
      server.close();
      server.closeAllConnections();
      void stayAway(milliseconds);
    },
    stop: () => stopping.abort(),
  };
};
