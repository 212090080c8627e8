import { statSync } from 'node:fs';
import { join } from 'node:path';
import { RECEIPT, RECEIPT_EVENTS, receiptStream, type ReceiptCommand } from '@cloud-kassa/core';
import { createCommandHandler } from '@cloud-kassa/event-store';
import type { SqliteStore } from '@cloud-kassa/event-store-sqlite';
import type { Instant } from '@cloud-kassa/ffd';
import { filler } from '../data/filler';
import { EVENTS_PER_RECEIPT, ORGANISATION, history, type History } from '../data/history';
import { placedEvents } from '../data/placed-events';
import { fillStoreFile, type PlacedEvent } from '../fill-store-file';
import { given } from '../given';
import { measureProcess, tell, type Task } from '../measure-process';
import { median, medianRatio } from '../median';
import { microseconds, ratioText, whole } from '../number-text';
import { makeStoreFile, openStore, runtime } from '../open-store';
import type { Report } from '../report';
import { inTurns } from '../rounds';

const GOAL = 1.2;
const TOGETHER = 32;
const TEMPLATES = 64;
const WARM_UP = 2;

/** Rounds are short: for each that others have there are so many. */
const ROUNDS_FOR_ONE = 3;

/** The receipts that commands go to, spread evenly among those that fill the store to its size. */
function* spread({ receipts }: History, events: number): Generator<PlacedEvent> {
  const fill = Math.max(0, Math.ceil(events / EVENTS_PER_RECEIPT) - receipts.length);
  const filled = filler(receipts.slice(0, TEMPLATES), fill);
  let [written, done] = [0, 0];
  for (const receipt of receipts) {
    done += 1;
    for (; written < (fill * done) / receipts.length; written += 1) {
      const next = filled.next();
      if (next.done !== true) yield* next.value;
    }
    yield* placedEvents(receipt);
  }
}

/** A receipt that has its document is confirmed by the operator of fiscal data: one event. */
const confirmed: ReceiptCommand = {
  type: 'RecordOfdConfirmation',
  data: { now: '2026-10-08T06:05:00.000Z' as Instant },
};

/**
 * Commands to receipts nobody has looked at before: the stream is read to its end, one event is appended, so many at the same time, in
 * a small store and in a large one. Milliseconds for each.
 */
const commandCost = async ({ sizes, seed, folder }: Task): Promise<Report> => {
  const { costCommands, costSmall, costLarge } = sizes;
  const rounds = ROUNDS_FOR_ONE * sizes.rounds;
  const past = await history(seed, costCommands * (rounds + WARM_UP));
  const ids = past.receipts.map(([first]) => (first?.stream ?? '').slice(receiptStream('').length));

  const storeOf = async (events: number): Promise<{ readonly store: SqliteStore; readonly file: string }> => {
    tell(`a store of ${events} events`);
    const file = join(folder, `cost-${events}.db`);
    await makeStoreFile(file);
    fillStoreFile(file, spread(past, events));
    return { store: await openStore(file), file };
  };

  const contestant = (store: SqliteStore): (() => Promise<number>) => {
    const handler = createCommandHandler({
      store,
      decider: RECEIPT,
      family: RECEIPT_EVENTS,
      streamOf: receiptStream,
      keyRing: past.keyRing,
      runtime,
      knownCommands: 'all',
      cache: { maxWeight: 0 },
    });
    let next = 0;
    return async () => {
      const until = next + costCommands;
      const began = runtime.monotonic();
      await Promise.all(
        Array.from({ length: TOGETHER }, async () => {
          for (let at = (next += 1) - 1; at < until; at = (next += 1) - 1) {
            const context = { commandId: runtime.ids.next(), actor: 'bench', organisation: ORGANISATION };
            given(await handler.handle(ids[at] ?? '', confirmed, context)());
          }
        }),
      );
      const took = runtime.monotonic() - began;
      next = until;
      return took / costCommands;
    };
  };

  const small = await storeOf(costSmall);
  const large = await storeOf(costLarge);
  const bytes = statSync(large.file).size;
  const measured = await inTurns(
    { small: contestant(small.store), large: contestant(large.store) },
    { warmUp: WARM_UP, rounds },
  );
  await small.store.close();
  await large.store.close();
  const ratio = medianRatio(measured.large, measured.small);
  return {
    figures: { commandCostRatioLargeToSmall: ratio },
    lines: [
      {
        what: `cold command, ${TOGETHER} at a time, at ${whole(costLarge)} events (${whole(bytes / 2 ** 20)} MiB)`,
        ours: microseconds(median(measured.large)),
        against: `${microseconds(median(measured.small))} at ${whole(costSmall)}`,
        ratio: ratioText(ratio),
        goal: `≤ ${GOAL}`,
      },
    ],
  };
};

void measureProcess(commandCost);
