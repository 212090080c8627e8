import type { Tagged } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { belongs, feedOwn } from './belonging';
import { feedToHead, type Works } from './feed';
import { takeOver } from './generations';
import type { RunnerError } from './runner-error';

/**
 * How a build ended: it has taken over; another one took its place; it was of another store, and another one was begun in its place; or
 * it was told to stop.
 */
export type BuildEnd = 'live' | 'gone' | 'begun-anew' | 'stopped';

/** Rows of a retired generation that are cleared away in one transaction. */
const CLEARED_AT_ONCE = 1_000;

/**
 * Brings a building generation to the head and lets it take over. What was built before an interruption is not built again. While
 * others feed the live one, the head runs ahead; each round is shorter than the one before.
 */
export const build = async <Event extends Tagged>(
  works: Works<Event>,
  generation: number,
  signal?: AbortSignal,
): Promise<Either<RunnerError, BuildEnd>> => {
  const { readModels, projection, store, runtime } = works;
  while (!isStopped(signal)) {
    const known = await readModels.survey(projection.name, (ledger) => ledger.generations())();
    if (E.isLeft(known)) return known;
    const own = known.right.find((one) => one.generation === generation);
    if (own?.status === 'live') return E.right('live');
    if (own?.status !== 'building') return E.right('gone');
    const live = known.right.find(({ status }) => status === 'live');
    const isLiveOwn = live === undefined ? E.right(true) : await belongs(works, live);
    if (E.isLeft(isLiveOwn)) return isLiveOwn;
    const seen = isLiveOwn.right ? live?.position : undefined;
    const fed = await feedOwn(works, own, () => feedToHead(works, own, seen));
    if (E.isLeft(fed)) return fed;
    if (fed.right === 'gone' || fed.right === 'begun-anew') return E.right(fed.right);
    if (fed.right === 'behind') continue;
    const taken = await readModels.administer(projection.name, (ledger) =>
      takeOver(ledger, generation, store.comparePositions, isLiveOwn.right ? undefined : live?.generation),
    )();
    if (E.isLeft(taken)) return taken;
    if (taken.right === 'gone') return E.right('gone');
    if (taken.right === 'behind') {
      // It may have been filled from another store meanwhile.
      if (live !== undefined) works.belonging.delete(live.generation);
      await runtime.sleep(0);
      continue;
    }
    runtime.log.write('info', 'a projection was built and has taken over', {
      projection: projection.name,
      version: projection.version,
    });
    return E.right('live');
  }
  return E.right('stopped');
};

const isStopped = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

/** Clears away what nobody reads any more, in small pieces. */
export const clearRetired = async <Event extends Tagged>(
  { readModels, projection }: Works<Event>,
  signal?: AbortSignal,
): Promise<Either<RunnerError, void>> => {
  while (!isStopped(signal)) {
    const cleared = await readModels.administer(projection.name, (ledger) => {
      const retired = ledger.generations().find(({ status }) => status === 'retired');
      if (retired === undefined) return 'nothing-left';
      ledger.clear(retired.generation, CLEARED_AT_ONCE);
      return 'cleared';
    })();
    if (E.isLeft(cleared)) return cleared;
    if (cleared.right === 'nothing-left') break;
  }
  return E.right(undefined);
};
