import { writeSync } from 'node:fs';
import type { Report } from './report';
import type { Sizes } from './sizes';

/** What a process that measures is started with, as JSON in its first argument. */
export interface Task {
  readonly sizes: Sizes;
  readonly seed: string;
  /** A folder of its own, removed by whoever started the process. */
  readonly folder: string;
}

/** The whole of a process that measures: its report is the one line on its standard output. */
export const measureProcess = async (measure: (task: Task) => Promise<Report>): Promise<void> => {
  const report = await measure(JSON.parse(process.argv[2] ?? '') as Task);
  writeSync(1, `${JSON.stringify(report)}\n`);
};

/** Tells people what is being done. */
export const tell = (text: string): void => {
  writeSync(2, `${text}\n`);
};
