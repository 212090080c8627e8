import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EsdbTestServer } from '@cloud-kassa/event-store-esdb-testserver';
import * as E from 'fp-ts/Either';
import { batch } from './appended.testing';
import { recordOfEvent } from './appending/event-record';
import type { CatchUp } from './catching-up-process.testing';
import { childProcess } from './child-process.testing';
import { startServer } from './test-server.testing';

/** `ESDB_EVENTS=1000000` takes a million, and half a minute, and prints what was measured. */
const WANTED = process.env['ESDB_EVENTS'];
const EVENTS = Number(WANTED ?? 30_000);
const IN_A_STREAM = 500;

/**
 * Bytes that the heap may grow by from the first fifth of the log to its end, and that may be held beside it at the end. The events are
 * seven times as much, or two hundred times when they are a million.
 */
const MOST = 3 * 1024 * 1024;

let server: EsdbTestServer;
beforeAll(async () => {
  server = await startServer();
});
const folder = mkdtempSync(join(tmpdir(), 'esdb-catching-up-'));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
});

/** Writes past the protocol, as the store would write. */
const fill = (): void => {
  for (let stream = 0; stream * IN_A_STREAM < EVENTS; stream += 1) {
    const name = `receipt-${stream}`;
    const proposed = batch(name, { size: IN_A_STREAM, padding: 200 }).events.map((event) => {
      const made = recordOfEvent(event);
      if (E.isLeft(made)) throw new Error(made.left);
      const { id, type, data, metadata } = made.right.record;
      const bytes = (value: unknown): Uint8Array =>
        value instanceof Uint8Array ? value : Buffer.from(JSON.stringify(value), 'utf8');
      return { id, type, json: true, data: bytes(data), metadata: bytes(metadata) };
    });
    expect(server.append(name, proposed, 'no_stream')).toMatchObject({ _tag: 'Appended' });
  }
};

it(`a new subscriber catches up with ${EVENTS} events in flat memory`, async () => {
  fill();
  const start = childProcess('catching-up-process.testing.ts', join(folder, 'catching-up.cjs'));
  const { lines, ...end } = await start(server.connectionString, String(EVENTS)).end;
  expect(end).toEqual({ code: 0, signal: null, errors: '' });
  const told: CatchUp = JSON.parse(lines[0] ?? '');
  expect(told.events).toBe(EVENTS);
  if (WANTED !== undefined) process.stdout.write(`${lines[0]}\n`);
  const [first = 0, ...later] = told.heap;
  expect(later).toHaveLength(4);
  expect(Math.max(...later) - first).toBeLessThan(MOST);
  expect(told.besideHeap).toBeLessThan(MOST);
});
