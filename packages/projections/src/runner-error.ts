import type { StoreError } from '@cloud-kassa/event-store';
import type { ReadModelError } from './read-models';

/**
 * Why a runner does not write at all.
 *
 * - `Superseded`: a newer version of the projection is live; this process is older than its data.
 * - `ShapeChanged`: the tables of this version are not those it was built with. A change of tables is a new version.
 */
export type RunnerRefusal =
  | {
      readonly _tag: 'Superseded';
      readonly projection: string;
      readonly version: number;
      readonly live: number;
    }
  | { readonly _tag: 'ShapeChanged'; readonly projection: string; readonly version: number };

export type RunnerError = StoreError | ReadModelError | RunnerRefusal;

/**
 * Why a position was not reached: it is none of this store (`ForeignPosition`), or it lies after the head, or the caller's signal came
 * first (`NotReached`).
 */
export type ReachError = RunnerError | { readonly _tag: 'ForeignPosition' } | { readonly _tag: 'NotReached' };

/** The store says that the position a read model stands at is none of its own. */
export const isForeignPosition = (error: RunnerError): boolean =>
  error._tag === 'Rejected' && error.rule === 'position';
