import type { EventStore } from '@cloud-kassa/event-store';
import type { Lanes } from './data/lanes';
import { given } from './given';

/** Appends what the lanes carry, all lanes at the same time. */
export const appendLanes = async (store: EventStore, lanes: Lanes): Promise<void> => {
  await Promise.all(
    lanes.map(async (lane) => {
      for (const { stream, expected, events } of lane)
        if (given(await store.append(stream, expected, events)())._tag === 'Conflict')
          throw new Error('a conflict');
    }),
  );
};
