import * as TE from 'fp-ts/TaskEither';
import type { CheckpointStore } from './checkpoint-store';
import type { Position } from './store';

/** Checkpoints of one process. */
export const memoryCheckpointStore = (): CheckpointStore => {
  const positions = new Map<string, Position>();
  return {
    load: (name) => TE.fromIO(() => positions.get(name)),
    save: (name, position) => TE.fromIO(() => void positions.set(name, position)),
  };
};
