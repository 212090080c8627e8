import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import { openEsdbStore } from './esdb-store';

/** What a process that followed a long log has to say. */
export interface CatchUp {
  readonly events: number;
  /** Bytes of the heap after everything that could be was freed: at every fifth of the log. */
  readonly heap: ReadonlyArray<number>;
  /** Bytes beside the heap, when everything had come: what has arrived over the wire and is held. */
  readonly besideHeap: number;
  readonly seconds: number;
  /** The whole process, in bytes: the most there was at a fifth of the log, before anything was freed. */
  readonly process: number;
}

setFlagsFromString('--expose-gc');
const free: unknown = runInNewContext('gc');

const held = (): NodeJS.MemoryUsage => {
  if (typeof free === 'function') free();
  return process.memoryUsage();
};

const PARTS = 5;

/** A new subscriber: follows the log until so many events have come and the head is reached. */
const main = async (): Promise<void> => {
  const [, , connectionString = '', count = '0'] = process.argv;
  const runtime = systemRuntime();
  const store = await openEsdbStore({ connectionString, runtime, settings: { look: 50 } })();
  if (E.isLeft(store)) throw new Error(store.left.why);
  const part = Number(count) / PARTS;
  const heap: number[] = [];
  const begun = runtime.monotonic();
  let [events, whole] = [0, 0];
  for await (const item of store.right.subscribeAll()) {
    if (item._tag === 'Failed') throw new Error(item.error._tag);
    if (item._tag === 'CaughtUp') {
      if (events >= Number(count)) break;
      continue;
    }
    events += item.events.length;
    while (heap.length < PARTS && events >= part * (heap.length + 1)) {
      whole = Math.max(whole, process.memoryUsage.rss());
      heap.push(held().heapUsed);
    }
  }
  const told: CatchUp = {
    events,
    heap,
    besideHeap: held().arrayBuffers,
    seconds: (runtime.monotonic() - begun) / 1_000,
    process: whole,
  };
  await store.right.close();
  process.stdout.write(`${JSON.stringify(told)}\n`);
};

void main();
