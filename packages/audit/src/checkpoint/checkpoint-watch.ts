import type { ChainHead, StoredEvent } from '@cloud-kassa/event-store';
import type { Findings } from '../findings';
import type { Checkpoint } from './checkpoint';
import { digestOfHeads } from './checkpoint';

/** Compares a store with a checkpoint while it is read. */
export interface CheckpointWatch {
  /** To be called for every event in the commit order, when the chains are known up to it. */
  readonly see: (event: StoredEvent) => void;
  /** To be called when all events were read. */
  readonly finish: () => void;
}

/** @param heads the ends of all chains as far as they were read; the same map all the time. */
export const checkpointWatch = (
  checkpoint: Checkpoint,
  heads: ReadonlyMap<string, ChainHead>,
  findings: Findings,
): CheckpointWatch => {
  const missing = new Map(checkpoint.heads);
  let count = 0;
  let isNamed = false;
  let isSame: boolean | undefined = checkpoint.events === 0 ? true : undefined;

  const found: Findings['add'] = (rule, place, detail) => {
    isNamed = true;
    findings.add(rule, place, detail);
  };

  return {
    see: (event) => {
      count += 1;
      const expected = missing.get(event.stream);
      if (expected?.revision === event.revision) {
        missing.delete(event.stream);
        if (expected.hash !== event.hash) found('chain-rewritten', event);
      }
      if (count === checkpoint.events) isSame = digestOfHeads(heads) === checkpoint.digest;
    },
    finish: () => {
      for (const [stream, { revision }] of missing)
        found(
          'tail-cut',
          { stream },
          { expectedRevision: revision, revision: heads.get(stream)?.revision ?? -1 },
        );
      if (isNamed || isSame === true) return;
      const place = { stream: '$all' };
      if (isSame === undefined)
        found('tail-cut', place, { expectedEvents: checkpoint.events, events: count });
      else found('chain-rewritten', place, { upToEvents: checkpoint.events });
    },
  };
};
