import { join } from 'node:path';
import { appendLanes } from '../append-lanes';
import { EVENTS_PER_RECEIPT, history } from '../data/history';
import { lanesOf } from '../data/lanes';
import { given } from '../given';
import { measureProcess, tell, type Task } from '../measure-process';
import { median, medianRatio } from '../median';
import { perSecond, ratioText } from '../number-text';
import { makeStoreFile, openStore, runtime } from '../open-store';
import { rawGroupCommit } from '../raw-group-commit';
import type { Line, Report } from '../report';
import { inTurns } from '../rounds';

const GROUPS = [16, 64, 256] as const;
const GOAL = 0.8;

/**
 * Appends of receipts, one event each, by so many callers at the same time, against the same rows in transactions of as many appends
 * written by hand. Every round has new files.
 */
const append = async ({ sizes, seed, folder }: Task): Promise<Report> => {
  const { receipts } = await history(
    seed,
    Math.max(...GROUPS, Math.ceil(sizes.appends / EVENTS_PER_RECEIPT)),
  );
  const count = receipts.length * EVENTS_PER_RECEIPT;
  let files = 0;
  const newFile = (): string => join(folder, `append-${(files += 1)}.db`);
  const lines: Line[] = [];
  const ratios: number[] = [];
  for (const together of GROUPS) {
    tell(`appends, ${together} at a time`);
    const lanes = lanesOf(receipts, together);
    const longest = Math.max(...lanes.map(({ length }) => length));
    const groups = Array.from({ length: longest }, (_, step) =>
      lanes.flatMap((lane) => {
        const next = lane[step];
        if (next === undefined) return [];
        const first = next.expected === 'no-stream' ? 0 : next.expected + 1;
        return [{ stream: next.stream, first, events: next.events }];
      }),
    );
    let largest = 0;
    const measured = await inTurns(
      {
        ours: async () => {
          const store = await openStore(newFile());
          const began = runtime.monotonic();
          await appendLanes(store, lanes);
          const took = runtime.monotonic() - began;
          largest = given(await store.statistics()()).largestGroup;
          await store.close();
          return (count / took) * 1_000;
        },
        raw: async () => {
          const file = newFile();
          await makeStoreFile(file);
          const raw = rawGroupCommit(file);
          const began = runtime.monotonic();
          for (const group of groups) raw.commit(group);
          const took = runtime.monotonic() - began;
          raw.close();
          return (count / took) * 1_000;
        },
      },
      { warmUp: 1, rounds: sizes.rounds },
    );
    if (largest !== together) throw new Error(`groups of ${largest} instead of ${together}`);
    const ratio = medianRatio(measured.ours, measured.raw);
    ratios.push(ratio);
    lines.push({
      what: `appends of one event, ${together} at a time`,
      ours: perSecond(median(measured.ours)),
      against: `${perSecond(median(measured.raw))} raw group commit`,
      ratio: ratioText(ratio),
      goal: `≥ ${GOAL}`,
    });
  }
  return { figures: { appendRatioToRaw: Math.min(...ratios) }, lines };
};

void measureProcess(append);
