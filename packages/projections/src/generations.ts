import type { Position } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { Description, Generation, Ledger } from './read-models';
import type { RunnerRefusal } from './runner-error';
import { shapesOf } from './table';

export type ComparePositions = (a: Position, b: Position) => -1 | 0 | 1 | undefined;

/** What a runner has to do: follow the live generation if it is of its own version, and bring the building one up. */
export interface Prepared {
  /** Readers see it. Of an older version until the building one has taken over. */
  readonly live: Generation;
  readonly isOwn: boolean;
  /** Of the runner's version. */
  readonly building?: Generation;
}

/** Finds the generations a version of a projection works on, and makes those that are missing. */
export const prepare = (ledger: Ledger, description: Description): Either<RunnerRefusal, Prepared> => {
  const { name: projection, version } = description;
  const shape = shapesOf(description.tables);
  const create = (status: 'live' | 'building'): Generation => ({
    generation: ledger.create(description, status),
    version,
    status,
    shape,
  });

  const all = ledger.generations();
  const live = all.find(({ status }) => status === 'live');
  const building = all.find(({ status }) => status === 'building');
  if (live === undefined) return E.right({ live: create('live'), isOwn: true });
  if (live.version > version) return E.left({ _tag: 'Superseded', projection, version, live: live.version });
  const isOwn = live.version === version;
  if (isOwn && live.shape !== shape) return E.left({ _tag: 'ShapeChanged', projection, version });

  if (building !== undefined) {
    // A process of a newer version is at it. This one keeps the live one going, if it can.
    if (building.version > version)
      return isOwn
        ? E.right({ live, isOwn })
        : E.left({ _tag: 'Superseded', projection, version, live: building.version });
    if (building.version === version && building.shape === shape) return E.right({ live, isOwn, building });
    ledger.setStatus(building.generation, 'retired');
  }
  return E.right(isOwn ? { live, isOwn } : { live, isOwn, building: create('building') });
};

/** Begins a rebuild: another building generation in the place of any that was under way. */
export const beginRebuild = (ledger: Ledger, description: Description): Either<RunnerRefusal, Generation> =>
  E.map(({ live, isOwn, building }: Prepared): Generation => {
    // A version that is not live yet is being built anyway, from the start or from where it was left.
    if (!isOwn) return building ?? live;
    const all = ledger.generations();
    const underWay = all.find(({ status }) => status === 'building');
    if (underWay !== undefined) ledger.setStatus(underWay.generation, 'retired');
    const generation = ledger.create(description, 'building');
    return {
      generation,
      version: description.version,
      status: 'building',
      shape: shapesOf(description.tables),
    };
  })(prepare(ledger, description));

/**
 * Lets a building generation take the place of the live one, unless the live one is ahead: readers never see the past again. In one
 * transaction, so there is a live one at every moment.
 *
 * @param foreign a generation that stands at a position of another store: nothing is behind that.
 */
export const takeOver = (
  ledger: Ledger,
  generation: number,
  compare: ComparePositions,
  foreign?: number,
): 'live' | 'behind' | 'gone' => {
  const all = ledger.generations();
  const own = all.find((one) => one.generation === generation);
  const live = all.find(({ status }) => status === 'live');
  if (own?.status === 'live') return 'live';
  if (own?.status !== 'building') return 'gone';
  if (live?.position !== undefined && live.generation !== foreign) {
    const isBehind = own.position === undefined || compare(own.position, live.position) === -1;
    if (isBehind) return 'behind';
  }
  if (live !== undefined) ledger.setStatus(live.generation, 'retired');
  ledger.setStatus(generation, 'live');
  return 'live';
};

/**
 * Begins a generation anew that is made of events which are not in the store: the store was put back to an older copy, or is another
 * one. Readers of a live one see the new one grow.
 */
export const startOver = (ledger: Ledger, description: Description, generation: number): void => {
  const own = ledger.generations().find((one) => one.generation === generation);
  if (own === undefined || own.status === 'retired') return;
  ledger.setStatus(generation, 'retired');
  ledger.create(description, own.status);
};
