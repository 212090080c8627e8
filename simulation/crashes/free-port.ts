import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Random } from '@cloud-kassa/runtime';

/** Below the ports that systems give to outgoing connections: while the emulator is away nobody gets its port. */
const FIRST = 20_000;
const PORTS = 12_000;

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer();
  const listening = once(server, 'listening').then(
    () => true,
    () => false,
  );
  server.listen(port, '127.0.0.1');
  const answer = await listening;
  if (answer) {
    server.close();
    await once(server, 'close');
  }
  return answer;
};

/** A port of this machine that the emulator can keep over its restarts. */
export const freePort = async (random: Random): Promise<number> => {
  for (;;) {
    const port = FIRST + random.integer(PORTS);
    if (await isFree(port)) return port;
  }
};
