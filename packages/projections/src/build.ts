import type { Tagged } from '@cloud-kassa/core';
import type { Position } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { feedToHead, type Works } from './feed';
import { startOver, takeOver } from './generations';
import { isForeignPosition, type RunnerError } from './runner-error';

/** How a build ended: it has taken over; another one took its place; or it was told to stop. */
export type BuildEnd = 'live' | 'gone' | 'stopped';

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
    const isForeign = await isOfAnotherStore(works, live?.position);
    if (E.isLeft(isForeign)) return isForeign;
    const fed = await feedToHead(works, own, isForeign.right ? undefined : live?.position);
    if (E.isLeft(fed)) {
      if (!isForeignPosition(fed.left)) return fed;
      const begun = await beginAgain(works, generation);
      return E.isLeft(begun) ? begun : E.right('gone');
    }
    if (fed.right === 'gone') return E.right('gone');
    if (fed.right === 'behind') continue;
    const taken = await readModels.administer(projection.name, (ledger) =>
      takeOver(ledger, generation, store.comparePositions, isForeign.right ? live?.generation : undefined),
    )();
    if (E.isLeft(taken)) return taken;
    if (taken.right === 'gone') return E.right('gone');
    if (taken.right === 'behind') {
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

/** Whether the store does not know a position. */
const isOfAnotherStore = async <Event extends Tagged>(
  { store }: Works<Event>,
  position: Position | undefined,
): Promise<Either<RunnerError, boolean>> => {
  if (position === undefined) return E.right(false);
  for await (const item of store.readAll({ after: position, limit: 1 })) {
    if (item._tag === 'Failed') return isForeignPosition(item.error) ? E.right(true) : E.left(item.error);
  }
  return E.right(false);
};

const isStopped = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

/** Begins a generation anew that stands at a position the store does not know. */
export const beginAgain = async <Event extends Tagged>(
  { readModels, projection, runtime }: Works<Event>,
  generation: number,
): Promise<Either<RunnerError, void>> => {
  runtime.log.write('warn', 'a read model does not belong to this store and is built anew', {
    projection: projection.name,
  });
  return readModels.administer(projection.name, (ledger) => startOver(ledger, projection, generation))();
};

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
