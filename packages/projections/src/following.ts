import type { Tagged } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { feedOwn } from './belonging';
import { build, clearRetired, type BuildEnd } from './build';
import { feed, type FeedEnd, type Works } from './feed';
import { prepare, type Prepared } from './generations';
import type { RunnerError } from './runner-error';
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
    for (let failures = 0, begunAnew = 0; !signal.aborted;) {
      const ended = await guarded(() => round(works, signal, began, news.tell));
      if (E.isRight(ended)) {
        failures = 0;
        if (!ended.right.begunAnew) continue;
        // More than once in the life of a process: another process feeds the same read model from another store.
        if (begunAnew > 0) await pause(begunAnew, signal);
        begunAnew += 1;
        continue;
      }
      const failure = ended.left;
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

interface RoundEnd {
  /** A generation was none of this store. */
  readonly begunAnew: boolean;
}

type PieceEnd = FeedEnd | BuildEnd | undefined;

/**
 * Follows the live generation where it is of the runner's version, and builds beside it what is to be built; clears away what was left
 * behind. Ends with the first of them that ends, to look anew at what there is to do.
 */
const round = async <Event extends Tagged>(
  works: Works<Event>,
  signal: AbortSignal,
  began: (state: 'following' | 'building') => void,
  built: () => void,
): Promise<Either<RunnerError, RoundEnd>> => {
  // A store that was away may come back as another one.
  works.belonging.clear();
  const found = await preparedFor(works);
  if (E.isLeft(found)) return found;
  const { building, isOwn } = found.right;
  began(building === undefined ? 'following' : 'building');
  const ending = new AbortController();
  const end = (): void => ending.abort();
  if (signal.aborted) end();
  signal.addEventListener('abort', end);

  const following = async (): Promise<Either<RunnerError, PieceEnd>> => {
    if (!isOwn) return E.right(undefined);
    try {
      return await follow(works, found.right, ending.signal);
    } finally {
      end();
    }
  };
  const buildingBeside = async (): Promise<Either<RunnerError, PieceEnd>> => {
    if (building === undefined) return E.right(undefined);
    try {
      return await build(works, building.generation, ending.signal);
    } finally {
      end();
      built();
    }
  };
  const [followed, builtBeside, cleared] = await Promise.all([
    following(),
    buildingBeside(),
    clearRetired(works, ending.signal),
  ]);
  signal.removeEventListener('abort', end);
  const begunAnew = [followed, builtBeside].some((one) => E.isRight(one) && one.right === 'begun-anew');
  return [followed, builtBeside, cleared].find(E.isLeft) ?? E.right({ begunAnew });
};

const follow = async <Event extends Tagged>(
  works: Works<Event>,
  { live }: Prepared,
  signal: AbortSignal,
): Promise<Either<RunnerError, FeedEnd | 'begun-anew'>> => {
  const filter = { prefixes: works.projection.prefixes };
  const { position: after } = live;
  return feedOwn(works, live, () =>
    feed(
      works,
      live,
      works.store.subscribeAll(after === undefined ? { filter, signal } : { after, filter, signal }),
    ),
  );
};

/** A fault of the program ends a round as any failure does: it is told, and the next round may go better. */
const guarded = async <A>(work: () => Promise<Either<RunnerError, A>>): Promise<Either<RunnerError, A>> => {
  try {
    return await work();
  } catch (fault) {
    const name = fault instanceof Error ? fault.name : 'unknown';
    return E.left({ _tag: 'Unavailable', why: `a fault of the program: ${name}` });
  }
};
