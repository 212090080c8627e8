import { writeSync } from 'node:fs';
import { CHAIN_START, type ChainHead } from '@cloud-kassa/event-store';
import { temporaryFolder } from '@cloud-kassa/sqlite/testing';
import { appended, eventsOf, given, openStore, runtime } from './dealings.testing';
import { batch } from './samples.testing';

/**
 * Measures appends of one event of about 1 KB with `synchronous=FULL`, so many of them at the same time, and reads them back. The
 * folder is that of the system for temporary files (`TMPDIR`), so its disk is what is measured.
 */
const EVENTS = 10_000;

const measure = async (together: number): Promise<void> => {
  const folder = temporaryFolder();
  const store = await openStore(folder.path('store.db'), { groupSize: together });
  const count = together === 1 ? EVENTS / 20 : EVENTS;
  // The events are made before the clock runs.
  const lanes = Array.from({ length: together }, (_, lane) => {
    const stream = `sample-${lane}`;
    let after: ChainHead = CHAIN_START;
    return Array.from({ length: Math.ceil(count / together) }, (_event, index) => {
      const expected = after.revision === -1 ? ('no-stream' as const) : after.revision;
      const { events, head } = batch(stream, { label: String(index), after, padding: 500 });
      after = head;
      return { stream, expected, events };
    });
  });
  const bytes = lanes[0]?.[0]?.events[0]?.canonicalText?.length ?? 0;
  const waits: number[] = [];
  const began = runtime.monotonic();
  await Promise.all(
    lanes.map(async (lane) => {
      for (const { stream, expected, events } of lane) {
        const asked = runtime.monotonic();
        await appended(store, stream, expected, events);
        waits.push(runtime.monotonic() - asked);
      }
    }),
  );
  const wrote = runtime.monotonic();
  const read = await eventsOf(store.readAll());
  const ended = runtime.monotonic();
  const { groups } = await given(store.statistics());
  await store.close();
  folder.remove();
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (part: number): string => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1);
  writeSync(
    1,
    `${together} at a time, ${bytes} bytes: ${Math.round((waits.length / (wrote - began)) * 1000)} appends/s ` +
      `in ${groups} groups, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; ` +
      `read ${Math.round((read.length / (ended - wrote)) * 1000)} events/s\n`,
  );
};

const main = async (): Promise<void> => {
  for (const together of [1, 32, 256]) await measure(together);
};

void main();
