import { systemRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import { batch } from './appended.testing';
import { openEsdbStore } from './esdb-store';

/** What a process that appended very much has to say. */
export interface ManyAppends {
  readonly appended: number;
  readonly others: Readonly<Record<string, number>>;
  /** Milliseconds by which the slowest call outlived its deadline; negative where none did. */
  readonly beyondDeadline: number;
  readonly attempts: number;
  readonly unknown: number;
  readonly openCalls: number;
}

const DEADLINE = 10_000;

/** Appends to many streams, several at a time, each stream in order; then prints what became of it. */
const main = async (): Promise<void> => {
  const [, , connectionString = '', streams = '0', size = '0', atOnce = '0'] = process.argv;
  const runtime = systemRuntime();
  const store = await openEsdbStore({
    connectionString,
    runtime,
    settings: { deadline: DEADLINE, attempt: 500 },
  })();
  if (E.isLeft(store)) throw new Error(store.left.why);
  const { append, statistics, close } = store.right;
  const others: Record<string, number> = {};
  let [appended, slowest, next] = [0, 0, 0];

  const writeStream = async (stream: string): Promise<void> => {
    const { events } = batch(stream, { size: Number(size) });
    for (const [index, event] of events.entries()) {
      const begun = runtime.monotonic();
      const answer = await append(stream, index === 0 ? 'no-stream' : index - 1, [event])();
      slowest = Math.max(slowest, runtime.monotonic() - begun);
      const tag = E.isRight(answer) ? answer.right._tag : answer.left._tag;
      if (tag === 'Appended') appended += 1;
      else {
        others[tag] = (others[tag] ?? 0) + 1;
        return;
      }
    }
  };
  const writer = async (): Promise<void> => {
    for (let index = next; index < Number(streams); index = next) {
      next += 1;
      await writeStream(`receipt-${index}`);
    }
  };
  await Promise.all(Array.from({ length: Number(atOnce) }, writer));
  const { attempts, unknown, openCalls } = statistics();
  await close();
  const told: ManyAppends = {
    appended,
    others,
    beyondDeadline: slowest - DEADLINE,
    attempts,
    unknown,
    openCalls,
  };
  process.stdout.write(`${JSON.stringify(told)}\n`);
};

void main();
