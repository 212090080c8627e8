import { subscribe } from 'node:diagnostics_channel';
import type { Runtime } from '@cloud-kassa/runtime';

/** Points inside a process at which it may die: what was written is written, what would come next does not come. */
export type Point =
  /** Of a worker: the request has left, nothing is known of it. */
  | 'request-written'
  /** Of a worker: the answer is there, nothing of it is recorded. */
  | 'answer-read'
  /** Of the emulator: the request is there, nothing is done. */
  | 'request-came'
  /** Of the emulator: the answer has left. */
  | 'answer-left';

/** The how-manieth time from now, and so long after it. */
export interface Death {
  readonly point: Point;
  readonly count: number;
  readonly afterMs: number;
}

/** Where undici and Node tell of these points. */
const CHANNELS: Readonly<Record<Point, string>> = {
  'request-written': 'undici:request:bodySent',
  'answer-read': 'undici:request:trailers',
  'request-came': 'http.server.request.start',
  'answer-left': 'http.server.response.finish',
};

const die = (): void => void process.kill(process.pid, 'SIGKILL');

/** Lets this very process end by `kill -9` at a point. Nothing is cleaned up. */
export const dieAt = ({ point, count, afterMs }: Death, runtime: Runtime): void => {
  let left = count;
  subscribe(CHANNELS[point], () => {
    left -= 1;
    if (left !== 0) return;
    if (afterMs === 0) die();
    else void runtime.sleep(afterMs).then(die);
  });
};
