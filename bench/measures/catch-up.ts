import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SqliteStore } from '@cloud-kassa/event-store-sqlite';
import { RECEIPT_QUEUE } from '@cloud-kassa/projection-receipt-queue';
import {
  memoryReadModels,
  openSqliteReadModels,
  projectionRunner,
  type ReadModels,
} from '@cloud-kassa/projections';
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

const GOAL = 50_000;
const TOGETHER = 64;

/** Events a second of one projection from the first event of a store to its head. */
const caughtUp = async (store: SqliteStore, readModels: ReadModels, events: number): Promise<number> => {
  const runner = projectionRunner({ store, projection: RECEIPT_QUEUE, readModels, runtime });
  const began = runtime.monotonic();
  const position = given(await runner.catchUp()());
  const took = runtime.monotonic() - began;
  if (position !== given(await store.head()())) throw new Error('the projection has not reached the head');
  return (events / took) * 1_000;
};

/** The receipt queue is built from the events of receipts in a store on disk, into SQLite; and into memory, where rows cost least. */
const catchUp = async ({ sizes, seed, folder }: Task): Promise<Report> => {
  tell(`catch-up of ${sizes.catchUpEvents} events`);
  const file = join(folder, 'store.db');
  await makeStoreFile(file);
  const events = await (async () => {
    const { receipts } = await history(seed, Math.ceil(sizes.catchUpEvents / EVENTS_PER_RECEIPT));
    fillStoreFile(file, placedEvents(interleaved(receipts, TOGETHER)));
    return receipts.length * EVENTS_PER_RECEIPT;
  })();
  const store = await openStore(file);
  let files = 0;
  const measured = await inTurns(
    {
      sqlite: async () => {
        files += 1;
        const rows = join(folder, `rows-${files}.db`);
        const readModels = given(await openSqliteReadModels({ file: rows, runtime })());
        const rate = await caughtUp(store, readModels, events);
        await readModels.close();
        rmSync(rows);
        return rate;
      },
      memory: () => caughtUp(store, memoryReadModels(), events),
    },
    { warmUp: 2, rounds: sizes.rounds },
  );
  await store.close();
  return {
    figures: { catchUpEventsPerSecond: median(measured.sqlite) },
    lines: [
      {
        what: `receipt queue built from ${whole(events)} events`,
        ours: perSecond(median(measured.sqlite)),
        against: `${perSecond(median(measured.memory))} into memory`,
        ratio: ratioText(medianRatio(measured.sqlite, measured.memory)),
        goal: `≥ ${perSecond(GOAL)}`,
      },
    ],
  };
};

void measureProcess(catchUp);
