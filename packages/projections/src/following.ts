import type { Tagged } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { beginAgain, build, clearRetired } from './build';
import { feed, type Works } from './feed';
import { prepare, type Prepared } from './generations';
import { isForeignPosition, type RunnerError } from './runner-error';
import type { Waiters } from './waiters';

/**
 * What a runner is doing.
 *
 * - `idle`: nothing follows the store here; `following`: the read model is kept at the head.
 * - `building`: a generation is being built; readers see the one before, if there is one.
 * - `failing`: the last round ended with `failure`; it is tried again.
 */
export interface Standing {
  readonly state: 'idle' | 'following' | 'building' | 'failing';
  readonly failure?: RunnerError;
}

/** Keeps a read model up to a store for as long as it is wanted. */
export interface Following {
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly standing: () => Standing;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

export const followingOf = <Event extends Tagged>(works: Works<Event>, news: Waiters): Following => {
  const { projection, runtime } = works;
  let running = 0;
  let standing: Standing = { state: 'idle' };

  const pause = async (failures: number, signal: AbortSignal): Promise<void> => {
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 16));
    await runtime.sleep(runtime.random.next() * longest, signal);
  };

  const began = (state: Standing['state']): void => {
    standing = { state };
  };

  const run = async (signal: AbortSignal): Promise<void> => {
    running += 1;
    if (standing.state === 'idle') began('following');
    for (let failures = 0; !signal.aborted;) {
      const failure = await guarded(() => round(works, signal, began, news.tell));
      if (failure === undefined) {
        failures = 0;
        continue;
      }
      failures += 1;
      standing = { state: 'failing', failure };
      runtime.log.write('warn', 'a projection was interrupted', {
        projection: projection.name,
        why: failure._tag,
        failures,
      });
      news.tell();
      await pause(failures, signal);
    }
    running -= 1;
    if (running === 0) standing = { state: 'idle' };
    news.tell();
  };

  return { run, standing: () => standing };
};

export const preparedFor = async <Event extends Tagged>({
  readModels,
  projection,
}: Works<Event>): Promise<Either<RunnerError, Prepared>> => {
  const found = await readModels.administer(projection.name, (ledger) => prepare(ledger, projection))();
  return E.isLeft(found) ? found : found.right;
};

/**
 * Follows the live generation where it is of the runner's version, and builds beside it what is to be built; clears away what was left
 * behind. Ends with the first of them that ends, to look anew at what there is to do.
 */
const round = async <Event extends Tagged>(
  works: Works<Event>,
  signal: AbortSignal,
  began: (state: 'following' | 'building') => void,
  built: () => void,
): Promise<Either<RunnerError, unknown>> => {
  const found = await preparedFor(works);
  if (E.isLeft(found)) return found;
  const { building, isOwn } = found.right;
  began(building === undefined ? 'following' : 'building');
  const ending = new AbortController();
  const end = (): void => ending.abort();
  if (signal.aborted) end();
  signal.addEventListener('abort', end);

  const following = async (): Promise<Either<RunnerError, unknown>> => {
    if (!isOwn) return E.right(undefined);
    try {
      return await follow(works, found.right, ending.signal);
    } finally {
      end();
    }
  };
  const buildingBeside = async (): Promise<Either<RunnerError, unknown>> => {
    if (building === undefined) return E.right(undefined);
    try {
      return await build(works, building.generation, ending.signal);
    } finally {
      end();
      built();
    }
  };
  const ends = await Promise.all([following(), buildingBeside(), clearRetired(works, ending.signal)]);
  signal.removeEventListener('abort', end);
  return ends.find(E.isLeft) ?? E.right(undefined);
};

const follow = async <Event extends Tagged>(
  works: Works<Event>,
  { live }: Prepared,
  signal: AbortSignal,
): Promise<Either<RunnerError, unknown>> => {
  const filter = { prefixes: works.projection.prefixes };
  const { position: after } = live;
  const items = works.store.subscribeAll(
    after === undefined ? { filter, signal } : { after, filter, signal },
  );
  const fed = await feed(works, live, items);
  return E.isLeft(fed) && isForeignPosition(fed.left) ? beginAgain(works, live.generation) : fed;
};

/** A fault of the program ends a round as any failure does: it is told, and the next round may go better. */
const guarded = async (
  work: () => Promise<Either<RunnerError, unknown>>,
): Promise<RunnerError | undefined> => {
  try {
    const done = await work();
    return E.isLeft(done) ? done.left : undefined;
  } catch (fault) {
    const name = fault instanceof Error ? fault.name : 'unknown';
    return { _tag: 'Unavailable', why: `a fault of the program: ${name}` };
  }
};
