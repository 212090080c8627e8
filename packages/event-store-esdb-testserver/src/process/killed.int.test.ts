import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { FORWARDS, jsonEvent, START } from '@eventstore/db-client';
import { CLASSIC, clientOf } from '../server/server.testing';
import type { ServerProcess } from './server-processes.testing';
import { serverProcesses } from './server-processes.testing';

let directory: string;
let start: (options: object) => Promise<ServerProcess>;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'esdb-'));
  start = serverProcesses(join(directory, 'server.cjs'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const revisionsOf = async (client: EventStoreDBClient, stream: string): Promise<ReadonlyArray<unknown>> => {
  const found: Array<unknown> = [];
  for await (const { event } of client.readStream(stream, { direction: FORWARDS, fromRevision: START })) {
    found.push([event?.revision, event?.data]);
  }
  return found;
};

test('a server that is killed again and again has kept every event that it acknowledged, once', async () => {
  const acknowledged: Array<number> = [];
  let n = 0;
  for (let round = 0; round < 4; round += 1) {
    const server = await start({ directory: join(directory, 'log') });
    const client = clientOf(server);
    const goal = acknowledged.length + 20;
    const enough = new EventEmitter();
    const writing = (async () => {
      for (;;) {
        n += 1;
        const event = jsonEvent({ type: 'Counted', data: { n } });
        try {
          await client.appendToStream('count', event, { ...CLASSIC, deadline: 5000 });
        } catch {
          return;
        }
        acknowledged.push(n);
        if (acknowledged.length === goal) enough.emit('reached');
      }
    })();
    await once(enough, 'reached');
    await server.kill();
    await writing;
    await client.dispose();
  }
  const server = await start({ directory: join(directory, 'log') });
  const client = clientOf(server);
  const kept = await revisionsOf(client, 'count');
  const numbers = kept.map((entry) => (entry as [bigint, { n: number }])[1].n);
  expect(kept.map((entry) => (entry as [bigint])[0])).toEqual(kept.map((_, index) => BigInt(index)));
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers).toEqual(expect.arrayContaining(acknowledged));
  await client.dispose();
  await server.close();
});
