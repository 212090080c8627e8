import { hash } from 'node:crypto';
import { join } from 'node:path';
import { RECEIPT, RECEIPT_EVENTS, type ReceiptEvent, type ReceiptState } from '@cloud-kassa/core';
import {
  CHAIN_START,
  createEventCodec,
  verifyNext,
  type ChainHead,
  type EventCodec,
  type EventStore,
  type KeyRing,
} from '@cloud-kassa/event-store';
import { EVENTS_PER_RECEIPT, history } from '../data/history';
import { interleaved, placedEvents } from '../data/placed-events';
import { fillStoreFile } from '../fill-store-file';
import { given } from '../given';
import { measureProcess, tell, type Task } from '../measure-process';
import { median, medianRatio } from '../median';
import { perSecond, ratioText, whole } from '../number-text';
import { makeStoreFile, openStore, runtime } from '../open-store';
import type { Report } from '../report';
import { inTurns } from '../rounds';

const GOAL = 0.8;
const TOGETHER = 64;

/** Reads a whole store into states, verifying the chain of every stream; answers how many events there were. */
const replayed = async (store: EventStore, codec: EventCodec<ReceiptEvent>): Promise<number> => {
  const heads = new Map<string, ChainHead>();
  const states = new Map<string, ReceiptState>();
  let count = 0;
  for await (const item of store.readAll()) {
    if (item._tag === 'Failed') throw new Error(item.error._tag);
    if (item._tag === 'CaughtUp') continue;
    for (const event of item.events)
      heads.set(event.stream, given(verifyNext(event.stream, heads.get(event.stream) ?? CHAIN_START, event)));
    for (const decoded of given(await codec.read(item.events)())) {
      const { event, stored } = given(decoded);
      states.set(stored.stream, RECEIPT.evolve(states.get(stored.stream) ?? RECEIPT.initial, event));
    }
    count += item.events.length;
  }
  return count;
};

/** What nobody who verifies and reads these texts can do without; answers how many there were. */
const limit = (texts: ReadonlyArray<ChainedText>): number => {
  let read = 0;
  for (const { previous, text } of texts) {
    const parsed: unknown = JSON.parse(text);
    if (hash('sha256', previous + text) !== '' && parsed !== null) read += 1;
  }
  return read;
};

/** A text and the hash before it. */
interface ChainedText {
  readonly previous: string;
  readonly text: string;
}

/** Writes receipts into a file; answers with what is needed to read them, and nothing else stays in memory. */
const prepare = async (
  { sizes, seed }: Task,
  file: string,
): Promise<{ readonly keyRing: KeyRing; readonly texts: ReadonlyArray<ChainedText> }> => {
  const { receipts, keyRing } = await history(seed, Math.ceil(sizes.replayEvents / EVENTS_PER_RECEIPT));
  await makeStoreFile(file);
  const last = new Map<string, string>();
  const texts: ChainedText[] = [];
  const events = [...placedEvents(interleaved(receipts, TOGETHER))];
  fillStoreFile(file, events);
  for (const { stream, event } of events) {
    texts.push({ previous: last.get(stream) ?? CHAIN_START.hash, text: event.canonicalText ?? '' });
    last.set(stream, event.hash);
  }
  return { keyRing, texts };
};

/**
 * The events of receipts in a store on disk: read, chain verified, opened, decoded, lifted to states; against `JSON.parse` and SHA-256
 * of the same texts, which lie in memory.
 */
const replay = async (task: Task): Promise<Report> => {
  const { sizes, folder } = task;
  tell(`replay of ${sizes.replayEvents} events`);
  const file = join(folder, 'replay.db');
  const { keyRing, texts } = await prepare(task, file);
  const perEvent = texts.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / texts.length;
  const store = await openStore(file);
  const codec = createEventCodec({ family: RECEIPT_EVENTS, keyRing, entropy: runtime.entropy });

  const rate = async (work: () => number | Promise<number>): Promise<number> => {
    const began = runtime.monotonic();
    const count = await work();
    const took = runtime.monotonic() - began;
    if (count !== texts.length) throw new Error(`${count} events instead of ${texts.length}`);
    return (count / took) * 1_000;
  };

  const measured = await inTurns(
    { ours: () => rate(() => replayed(store, codec)), limit: () => rate(() => limit(texts)) },
    { warmUp: 2, rounds: sizes.rounds },
  );
  await store.close();
  const ratio = medianRatio(measured.ours, measured.limit);
  return {
    figures: { replayRatioToLimit: ratio, replayEventsPerSecond: median(measured.ours) },
    lines: [
      {
        what: `replay from SQLite, ${whole(texts.length)} events of ${whole(perEvent)} bytes`,
        ours: perSecond(median(measured.ours)),
        against: `${perSecond(median(measured.limit))} JSON.parse + SHA-256`,
        ratio: ratioText(ratio),
        goal: `≥ ${GOAL}`,
      },
    ],
  };
};

void measureProcess(replay);
