import { bundledProcess, type ProcessEnd } from './bundled-process.testing';
import type { Acknowledged } from './writer-process.testing';

export interface WriterEnd extends Omit<ProcessEnd, 'lines'> {
  readonly acknowledged: ReadonlyArray<Acknowledged>;
}

export type StartWriter = (writer: {
  readonly file: string;
  readonly name: string;
  readonly appends: number;
  /** It kills itself at this point. */
  readonly killAt?: number;
  /** It is killed when it has printed so many appends, wherever it is then. */
  readonly killAfter?: number;
}) => Promise<WriterEnd>;

export const writerProcesses = (script: string): StartWriter => {
  const start = bundledProcess('writer-process.testing.ts', script);
  return async ({ file, name, appends, killAt = 0, killAfter }) => {
    const { lines, ...end } = await start([file, name, String(appends), String(killAt)], killAfter);
    return { ...end, acknowledged: lines.map(acknowledgedOf) };
  };
};

const acknowledgedOf = (line: string): Acknowledged => {
  const [stream = '', revision = '', hash = '', size = ''] = line.split(' ');
  return { stream, revision: Number(revision), hash, size: Number(size) };
};
