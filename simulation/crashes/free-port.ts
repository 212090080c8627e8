import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Random } from '@cloud-kassa/runtime';

/** Below the ports that systems give to outgoing connections: while a server is away nobody gets its port. */
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

/** A port of this machine that a server can keep over its restarts; none of those that were given before. */
export const freePort = async (random: Random, given: ReadonlyArray<number> = []): Promise<number> => {
  for (;;) {
    const port = FIRST + random.integer(PORTS);
    if (!given.includes(port) && (await isFree(port))) return port;
  }
};
