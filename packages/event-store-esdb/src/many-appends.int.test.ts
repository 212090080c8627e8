import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { batch, eventsOf } from './appended.testing';
import { childProcess } from './child-process.testing';
import type { ManyAppends } from './many-appends.testing';
import { openOn, startServer } from './test-server.testing';

const folder = mkdtempSync(join(tmpdir(), 'esdb-many-'));
afterAll(() => rmSync(folder, { recursive: true }));

const STREAMS = 100;
const SIZE = 100;

it('10,000 appends with 5 % dropped connections and 5 % lost answers: none lost, none doubled, none without an answer in time, no unhandled rejection', async () => {
  const server = await startServer();
  // Every 20th append is struck by the one, every 20th by the other.
  server.faults.set({ on: 'append', nth: 7, every: 20, times: 'all', fault: { do: 'drop' } });
  const lost = server.faults.set({
    on: 'append',
    nth: 13,
    every: 20,
    times: 'all',
    fault: { do: 'refuse', as: 'unavailable', at: 'after' },
  });
  const dropped = server.faults.set({
    on: 'append',
    nth: 200,
    every: 200,
    times: 'all',
    fault: { do: 'drop', at: 'after' },
  });
  const start = childProcess('many-appends.testing.ts', join(folder, 'many.cjs'));
  // An unhandled rejection would end it with another code, and with words.
  const end = await start(server.connectionString, String(STREAMS), String(SIZE), '4').end;
  expect({ ...end, lines: end.lines.length }).toEqual({ code: 0, signal: null, errors: '', lines: 1 });
  const told: ManyAppends = JSON.parse(end.lines[0] ?? '');
  expect(told).toMatchObject({ appended: STREAMS * SIZE, others: {}, openCalls: 0 });
  expect(told.beyondDeadline).toBeLessThan(1_000);
  expect(told.unknown).toBeGreaterThan(STREAMS * SIZE * 0.08);
  expect(lost.struck()).toBeGreaterThan(400);
  expect(dropped.struck()).toBeGreaterThan(40);
  server.faults.clear();
  const store = await openOn(server);
  const ids = (await eventsOf(store.readAll())).map(({ eventId }) => eventId);
  const expected = Array.from({ length: STREAMS }, (_, stream) =>
    batch(`receipt-${stream}`, { size: SIZE }).events.map(({ eventId }) => eventId),
  ).flat();
  expect(ids.toSorted()).toEqual(expected.toSorted());
  await store.close();
  await server.close();
});
