import type { EventStore, StoreError } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { chainWatch } from '../chain-watch';
import type { Progress } from '../event-pass';
import { eventPass } from '../event-pass';
import type { Finding } from '../finding';
import { findings } from '../findings';
import { DEFAULT_FINDING_LIMIT, isIgnored } from '../audit-options';
import type { Checkpoint } from './checkpoint';
import { checkpointWatch } from './checkpoint-watch';

export interface CheckpointComparison {
  readonly store: EventStore;
  readonly runtime: Runtime;
  readonly progress?: Progress;
  /** As it was for the audit that the checkpoint was made of. */
  readonly ignore?: ReadonlyArray<string>;
}

/**
 * Reads all events, verifies their chains and compares them with a checkpoint that was kept elsewhere. No findings: the store still begins
 * with what the checkpoint speaks of, event for event, whatever was added since. Needs no keys.
 *
 * `tail-cut` and `chain-rewritten` are what only a checkpoint can show; `chain-broken` and its like are found as well.
 */
export const compareWithCheckpoint =
  (
    { store, runtime, progress, ignore }: CheckpointComparison,
    checkpoint: Checkpoint,
  ): TaskEither<StoreError, ReadonlyArray<Finding>> =>
  async () => {
    const head = await store.head()();
    if (E.isLeft(head)) return head;
    const found = findings(store.comparePositions, DEFAULT_FINDING_LIMIT);
    const chains = chainWatch(found, store.comparePositions);
    const watch = checkpointWatch(checkpoint, chains.heads(), found);
    const passed = await eventPass<StoreError>({
      store,
      runtime,
      head: head.right,
      progress,
      onPage: (events) => {
        for (const event of events) {
          if (isIgnored(event.stream, ignore)) continue;
          chains.see(event);
          watch.see(event);
        }
        return Promise.resolve(E.right(undefined));
      },
    });
    if (E.isLeft(passed)) return passed;
    watch.finish();
    return E.right(found.kept());
  };
