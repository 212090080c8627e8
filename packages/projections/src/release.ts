import type { Tagged } from '@cloud-kassa/core';
import type { StoredEvent, StoreError } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import { projectOne } from './apply-reading';
import { beginAgain, belongs } from './belonging';
import type { Works } from './feed';
import type { Batch, Generation, Parked } from './read-models';
import type { RunnerError } from './runner-error';

/** What became of a stream that was to be released. */
export type Released =
  | { readonly _tag: 'Released' }
  | { readonly _tag: 'NotParked' }
  /** It waits again, at this event. */
  | { readonly _tag: 'ParkedAgain'; readonly parked: Parked };

/**
 * Projects what was passed over of a parked stream, with the present code, and lets the stream go on. For projections whose rows are
 * made within streams only.
 *
 * Which events were passed over stands with the parked stream, so what comes in between is neither left out nor projected twice.
 */
export const releaseStream = async <Event extends Tagged>(
  works: Works<Event>,
  generation: Generation,
  stream: string,
): Promise<Either<RunnerError, Released>> => {
  const { readModels, projection, reader } = works;
  const own = await belongs(works, generation);
  if (E.isLeft(own)) return own;
  if (!own.right) {
    const begun = await beginAgain(works, generation.generation);
    return E.isLeft(begun) ? begun : E.right({ _tag: 'NotParked' });
  }
  for (let readBefore = -1; ;) {
    const found = await parkedIn(works, generation.generation, stream);
    if (E.isLeft(found)) return found;
    const parked = found.right;
    if (parked === undefined) return E.right({ _tag: 'NotParked' });
    const read = await eventsFrom(works, stream, parked.revision);
    if (E.isLeft(read)) return read;
    const stored = read.right;
    const decoded = reader(stored);
    const lastRead = stored.at(-1)?.revision ?? parked.revision - 1;

    const catchUp = (batch: Batch): Released | undefined => {
      const now = batch.parked.get(stream);
      if (now === undefined) return { _tag: 'NotParked' };
      if (now.revision !== parked.revision || lastRead < now.through) return undefined;
      for (const [index, one] of decoded.entries()) {
        const event = stored[index];
        if (event === undefined || event.revision > now.through) break;
        const poison = projectOne(batch, projection, one);
        if (poison === undefined) continue;
        const { revision, type } = event;
        const again = { stream, revision, through: now.through, type, ...poison };
        batch.park(again);
        return { _tag: 'ParkedAgain', parked: again };
      }
      batch.release(stream);
      return { _tag: 'Released' };
    };

    const written = await readModels.write(projection, generation.generation, catchUp)();
    if (E.isLeft(written)) return written;
    if (written.right === 'gone') return E.right({ _tag: 'NotParked' });
    if (written.right !== undefined) return E.right(written.right);
    // More was passed over while the stream was read; unless the store was put back, there is more to be read.
    if (lastRead === readBefore)
      return E.left({ _tag: 'Corrupt', stream, why: 'the stream is shorter than it was' });
    readBefore = lastRead;
  }
};

export const parkedIn = async <Event extends Tagged>(
  { readModels, projection }: Works<Event>,
  generation: number,
  stream: string,
): Promise<Either<RunnerError, Parked | undefined>> =>
  readModels.survey(projection.name, (ledger) =>
    ledger.parked(generation).find((parked) => parked.stream === stream),
  )();

const eventsFrom = async <Event extends Tagged>(
  { store }: Works<Event>,
  stream: string,
  from: number,
): Promise<Either<StoreError, ReadonlyArray<StoredEvent>>> => {
  const events: StoredEvent[] = [];
  for await (const item of store.readStream(stream, { from })) {
    if (item._tag === 'Failed') return E.left(item.error);
    if (item._tag === 'Events') events.push(...item.events);
  }
  return E.right(events);
};
