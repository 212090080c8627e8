import { seededKernel } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { StoredEvent } from '../envelope';
import type { MemoryLog } from '../memory-log';
import { memoryStore, type AppendFault } from '../memory-store';
import type { EventStore, ReadItem } from '../store';
import { copyEvents, type CopyEventsOptions } from './copy-events';
import type { CopyError, CopyReport } from './copy-report';
import type { Deed } from './histories.testing';

export const deed = (stream: string, size = 1): Deed => ({ stream, size });

export const storeOn = (log: MemoryLog, faults: () => AppendFault = () => 'ok'): EventStore =>
  memoryStore({ log, faults, pageSize: 3 });

/** In virtual time, so that patience costs nothing. */
export const copy = (
  from: EventStore,
  to: EventStore,
  options: Partial<CopyEventsOptions> = {},
): Promise<Either<CopyError, CopyReport>> => {
  const kernel = seededKernel('copy');
  const runtime = kernel.runtime({ label: 'copy' });
  return kernel.complete(() =>
    copyEvents({ from, to, runtime, runEvents: 5, patience: 10_000, ...options })(),
  );
};

export const errorOf = <A>(outcome: Either<CopyError, A>): CopyError | undefined =>
  E.isLeft(outcome) ? outcome.left : undefined;

/** A store whose events are read changed. */
export const reading = (store: EventStore, change: (event: StoredEvent) => StoredEvent): EventStore => ({
  ...store,
  readAll: async function* changed(options): AsyncGenerator<ReadItem> {
    for await (const item of store.readAll(options))
      yield item._tag === 'Events' ? { ...item, events: item.events.map(change) } : item;
  },
});
