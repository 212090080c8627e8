import { writeSync } from 'node:fs';
import { CHAIN_START, type ChainHead, type EventStore } from '@cloud-kassa/event-store';
import { seededRandom } from '@cloud-kassa/runtime';
import { nodeDriver } from '@cloud-kassa/sqlite';
import * as E from 'fp-ts/Either';
import { eventsOf, openStore } from './dealings.testing';
import { dying } from './dying-driver.testing';
import { batch } from './samples.testing';

/** What a writing process printed for an append that was acknowledged. */
export interface Acknowledged {
  readonly stream: string;
  readonly revision: number;
  /** Of the last event. */
  readonly hash: string;
  readonly size: number;
}

/**
 * A process that appends to the streams of a store, each time at the revision that it has read. Its arguments are the file, its
 * name, the number of appends, and the number of the point at which it kills itself (0 for none): a point lies before and after
 * every statement. What was acknowledged it prints as `stream revision hash` for the last event of each append.
 */
const [, , file = '', name = '', appends = '0', killAt = '0'] = process.argv;

const STREAMS = 5;
const LANES = 4;

const headOf = async (store: EventStore, stream: string): Promise<ChainHead> => {
  const [last] = await eventsOf(store.readStream(stream, { direction: 'backwards', limit: 1 }));
  return last ?? CHAIN_START;
};

const appendOnce = async (
  store: EventStore,
  stream: string,
  label: string,
  size: number,
): Promise<boolean> => {
  const after = await headOf(store, stream);
  const { events, head } = batch(stream, { label, after, size });
  const expected = after.revision === -1 ? 'no-stream' : after.revision;
  const answer = await store.append(stream, expected, events)();
  if (E.isLeft(answer)) throw new Error(JSON.stringify(answer.left));
  if (answer.right._tag === 'Conflict') return false;
  writeSync(1, `${stream} ${head.revision} ${head.hash} ${size}\n`);
  return true;
};

const lane = async (store: EventStore, number: number): Promise<void> => {
  const random = seededRandom(`${name}.${number}`);
  for (let count = number; count < Number(appends); count += LANES) {
    const stream = `sample-${random.integer(STREAMS)}`;
    const size = 1 + random.integer(3);
    while (!(await appendOnce(store, stream, `${name}.${count}`, size))) continue;
  }
};

const main = async (): Promise<void> => {
  const store = await openStore(file, { busyMilliseconds: 60_000 }, dying(nodeDriver, Number(killAt)));
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(store, number)));
  await store.close();
};

void main();
