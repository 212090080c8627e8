import * as E from 'fp-ts/Either';
import type { EmulatorStorage, StorageFailure } from '../storage/storage';
import { apply } from './calls';
import type { Call } from './calls';
import { stateOf } from './snapshot';
import type { SnapshotLine } from './snapshot';
import { newState } from './state';
import type { EmulatorState } from './state';

/**
 * The state that a storage holds: its last snapshot and the calls made since. What the lines hold was written by this package and is
 * guarded by the storage, so that it is taken as what it was when it was written.
 */
export const restore = async (storage: EmulatorStorage): Promise<E.Either<StorageFailure, EmulatorState>> => {
  const opened = await storage.open();
  if (E.isLeft(opened)) return opened;
  const { snapshot, calls } = opened.right;
  const state =
    snapshot.length === 0 ? newState() : stateOf(snapshot.map((line) => JSON.parse(line) as SnapshotLine));
  for (const line of calls) apply(state, JSON.parse(line) as Call);
  return E.right(state);
};
