import type { Runtime } from '@cloud-kassa/runtime';
import type { ClientFailure } from '../connection/client-failure';
import type { Connection } from '../connection/connection';
import { unknown } from '../connection/client-failure';
import type { Feed } from '../connection/feed';
import type { EsdbSettings } from '../settings';
import type { StreamNames } from '../stream-names';
import { LATE, within } from '../within';

/** What every way of reading needs. */
export interface Reading {
  readonly connection: Connection;
  readonly runtime: Runtime;
  readonly settings: EsdbSettings;
  readonly names: StreamNames;
  /** Aborted when the store is closed. */
  readonly closed: AbortSignal;
}

/** Some items, or why there are no more. */
export type Taken<A> = ReadonlyArray<A> | 'ended' | ClientFailure;

export const isItems = <A>(taken: Taken<A>): taken is ReadonlyArray<A> => Array.isArray(taken);

/** The next items of a feed, as soon as there are any. A feed that is silent for too long has failed. */
export const takeFrom = async <A>(
  { runtime, settings, closed }: Pick<Reading, 'runtime' | 'settings' | 'closed'>,
  feed: Feed<A>,
  most: number,
): Promise<Taken<A>> => {
  for (;;) {
    const items = feed.take(most);
    if (items.length > 0) return items;
    const state = feed.state();
    if (state !== 'open') return state;
    const heard = await within(runtime, settings.silence, feed.news(), closed);
    if (heard === LATE) return unknown('the server was silent for too long');
  }
};
