import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { createInterface } from 'node:readline';
import {
  jsonEvent,
  persistentSubscriptionToAllSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
import { systemRuntime } from '@cloud-kassa/runtime';
import { groupReader } from '../groups/group-reader.testing';
import { CLASSIC, clientOf, started } from '../server/server.testing';
import { serveEsdbTestProcess } from './serve-process';
import type { ServerProcess } from './server-processes.testing';
import { serverProcesses } from './server-processes.testing';

let directory: string;
let start: (options: object) => Promise<ServerProcess>;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'esdb-'));
  start = serverProcesses(join(directory, 'server.cjs'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const event = (n = 0) => jsonEvent({ type: 'T', data: { n } });

test('a suspended process answers nothing; it goes on when it is resumed', async () => {
  const server = await start({});
  const client = clientOf(server);
  await client.appendToStream('s-1', event(), CLASSIC);
  server.suspend();
  const late = client.appendToStream('s-1', event(), { ...CLASSIC, deadline: 100 });
  await expect(late).rejects.toMatchObject({ type: 'deadline-exceeded' });
  server.resume();
  await client.appendToStream('s-1', event(), CLASSIC);
  await client.dispose();
  expect(await server.close()).toBe(0);
});

test('faults can be set, released and cleared from outside; connections dropped, the clock skewed', async () => {
  const server = await start({});
  const client = clientOf(server);
  await server.tell({
    do: 'set-fault',
    name: 'lost',
    rule: { on: 'append', fault: { do: 'drop', at: 'after' } },
  });
  await expect(client.appendToStream('s-1', event(), CLASSIC)).rejects.toMatchObject({ type: 'unavailable' });
  await server.tell({ do: 'set-fault', name: 'held', rule: { on: 'append', fault: { do: 'hold' } } });
  const held = client.appendToStream('s-1', event(), CLASSIC);
  await server.tell({ do: 'release-fault', name: 'held' });
  expect(await held).toMatchObject({ nextExpectedRevision: 1n });
  await server.tell({
    do: 'set-fault',
    name: 'all',
    rule: { on: 'any', times: 'all', fault: { do: 'refuse', as: 'unavailable' } },
  });
  await server.tell({ do: 'clear-faults' });
  await server.tell({ do: 'skew-clock', milliseconds: 3_600_000 });
  await expect(client.appendToStream('s-1', event())).rejects.toMatchObject({ type: 'deadline-exceeded' });
  await server.tell({ do: 'drop-connections' });
  await server.tell({ do: 'close' });
  await client.dispose();
  expect(await server.close()).toBe(0);
});

test('groups outlive the process with their filters, checkpoints and parked messages; streams with all they are', async () => {
  const log = join(directory, 'groups');
  const first = await started({ directory: log, origin: 2n ** 55n });
  const client = clientOf(first);
  const many = Array.from({ length: 30 }, (_, n) => event(n));
  await client.appendToStream('order-1', many, CLASSIC);
  await client.appendToStream('other-1', event(99), CLASSIC);
  await client.appendToStream('dead-1', event(), CLASSIC);
  await client.deleteStream('dead-1');
  await client.appendToStream('buried-1', event(), CLASSIC);
  await client.tombstoneStream('buried-1');
  await client.setStreamMetadata('other-1', { maxCount: 1 });
  await client.createPersistentSubscriptionToStream(
    'order-1',
    'g',
    persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START, checkPointUpperBound: 10 }),
  );
  await client.createPersistentSubscriptionToAll(
    'a',
    persistentSubscriptionToAllSettingsFromDefaults({ startFrom: { commit: 1n, prepare: 1n } }),
    { filter: streamNameFilter({ prefixes: ['other-'] }) },
  );
  const reader = groupReader(
    client.subscribeToPersistentSubscriptionToStream('order-1', 'g', { bufferSize: 30 }),
  );
  const messages = await reader.take(30);
  await reader.subscription.nack('park', 'later', ...messages.slice(0, 1));
  await reader.subscription.ack(...messages.slice(1, 10));
  await reader.subscription.ack(...messages.slice(15, 20));
  const stats = async () => (await client.getPersistentSubscriptionToStreamInfo('order-1', 'g')).stats;
  await first.calls.until(({ of }) => of('group-ack').started === 2 && of('group-ack').open === 0);
  expect(await stats()).toMatchObject({ parkedMessageCount: 1n, lastCheckpointedEventRevision: 9n });
  await reader.close();
  await client.dispose();
  await first.close();

  const second = await started({ directory: log });
  const again = clientOf(second);
  const resumed = groupReader(
    again.subscribeToPersistentSubscriptionToStream('order-1', 'g', { bufferSize: 30 }),
  );
  const rest = await resumed.take(20);
  expect(rest.map((message) => message.event?.revision)).toEqual(
    Array.from({ length: 20 }, (_, n) => BigInt(10 + n)),
  );
  await again.replayParkedMessagesToStream('order-1', 'g');
  expect(await resumed.take(1)).toMatchObject([{ event: { revision: 0n } }]);
  await resumed.close();
  const filtered = groupReader(again.subscribeToPersistentSubscriptionToAll('a'));
  expect(await filtered.take(1)).toMatchObject([{ event: { streamId: 'other-1' } }]);
  await filtered.close();
  expect(await again.getPersistentSubscriptionToAllInfo('a')).toMatchObject({
    settings: { startFrom: { commit: 1n, prepare: 1n } },
  });
  for (const [stream, type] of [
    ['dead-1', 'stream-not-found'],
    ['buried-1', 'stream-deleted'],
  ] as const) {
    const reading = (async () => {
      for await (const one of again.readStream(stream)) void one;
    })();
    await expect(reading).rejects.toMatchObject({ type });
  }
  const [positions, position] = [
    [] as Array<bigint>,
    await again.appendToStream('order-1', event(), CLASSIC),
  ];
  for await (const one of again.readAll()) positions.push(one.event?.position?.commit ?? 0n);
  expect(positions.every((commit) => commit > 2n ** 55n)).toBe(true);
  expect(positions).toContain(position.position?.commit);
  await again.dispose();
  await second.close();
});

test('ids are compared with the stored ones after a restart; what ANY remembers is forgotten', async () => {
  const log = join(directory, 'ids');
  const one = jsonEvent({ id: '00000001-0000-4000-8000-000000000000', type: 'T', data: {} });
  for (const expected of [0n, 0n]) {
    const server = await started({ directory: log });
    const client = clientOf(server);
    const answer = await client.appendToStream('s-1', one, { ...CLASSIC, expectedRevision: 'no_stream' });
    expect(answer.nextExpectedRevision).toBe(expected);
    await client.dispose();
    await server.close();
  }
  const server = await started({ directory: log });
  const client = clientOf(server);
  expect(await client.appendToStream('s-1', one, CLASSIC)).toMatchObject({ nextExpectedRevision: 1n });
  await client.dispose();
  await server.close();
});

describe('what it is told', () => {
  const served = () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const lines: Array<unknown> = [];
    createInterface({ input: output }).on('line', (line) => lines.push(JSON.parse(line)));
    return { input, output, lines };
  };

  test('lines that are no commands are refused with their number', async () => {
    const { input, output, lines } = served();
    const over = serveEsdbTestProcess(systemRuntime(), { origin: '5' }, { input, output });
    input.write('nonsense\n{"do":"dance"}\n{"do":"drop-connections"}\n');
    input.end();
    await over;
    output.end();
    await once(output, 'end');
    expect(lines).toMatchObject([
      { is: 'listening', host: '127.0.0.1' },
      { is: 'refused', line: 1 },
      { is: 'refused', line: 2 },
      { is: 'done', command: 'drop-connections' },
    ]);
  });

  test('a server that cannot start says why', async () => {
    const taken = await started();
    const { input, output, lines } = served();
    await serveEsdbTestProcess(systemRuntime(), { port: taken.port }, { input, output });
    output.end();
    await once(output, 'end');
    expect(lines).toEqual([{ is: 'not-started', reason: 'NotListening', code: 'EADDRINUSE' }]);
    await taken.close();
  });
});
