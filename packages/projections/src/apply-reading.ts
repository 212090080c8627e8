import type { Tagged } from '@cloud-kassa/core';
import type { DecodeFailure, Decoded, Position, StoredEvent } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { Change } from './change';
import { agree, markOf, type LastEvent } from './event-mark';
import type { ComparePositions } from './generations';
import type { Projection } from './projection';
import type { Batch, Generation, Parked } from './read-models';

/** All matching events of the store between two positions. */
export interface Reading<Event> {
  /** They begin after this one. */
  readonly from: Position | undefined;
  /** The last one up to there. */
  readonly before: LastEvent;
  /** They end with this one. */
  readonly to: Position;
  readonly stored: ReadonlyArray<StoredEvent>;
  /** Of the same events, in the same order. */
  readonly decoded: ReadonlyArray<Either<DecodeFailure, Decoded<Event>>>;
}

export interface AppliedReading {
  /**
   * `ahead`: the rows hold more than the reading. `behind`: they do not hold all that comes before the reading, or were made of other
   * events. Nothing was applied in both cases.
   */
  readonly _tag: 'applied' | 'ahead' | 'behind';
  readonly position: Position | undefined;
  /** Streams that were parked by this reading. */
  readonly parked: ReadonlyArray<Parked>;
}

/** Projects what a batch does not hold yet of a reading, in its order. An event that can not be projected parks its stream. */
export const applyReading = <Event extends Tagged>(
  batch: Batch,
  projection: Projection<Event>,
  reading: Reading<Event>,
  compare: ComparePositions,
): AppliedReading => {
  const { position, lastEvent } = batch.generation;
  const { stored } = reading;
  const first = firstNew(batch.generation, reading, compare);
  if (typeof first === 'string') return { _tag: first, position, parked: [] };
  const newlyParked: Parked[] = [];
  for (let index = first; index < stored.length; index += 1) {
    const event = stored[index];
    const decoded = reading.decoded[index];
    if (event === undefined || decoded === undefined) continue;
    const { stream, revision, type } = event;
    const waiting = batch.parked.size === 0 ? undefined : batch.parked.get(stream);
    if (waiting !== undefined) {
      batch.park({ ...waiting, through: revision });
      continue;
    }
    const poison = projectOne(batch, projection, decoded);
    if (poison === undefined) continue;
    const parked = { stream, revision, through: revision, type, ...poison };
    batch.park(parked);
    newlyParked.push(parked);
  }
  const last = stored.at(-1);
  if (position !== reading.to) batch.moveTo(reading.to, last === undefined ? lastEvent : markOf(last));
  return { _tag: 'applied', position: reading.to, parked: newlyParked };
};

/** The index of the first event that the rows do not hold. What they hold last has to be what the reading has at that place. */
const firstNew = (
  { position, lastEvent }: Generation,
  { from, before, to, stored }: Reading<unknown>,
  compare: ComparePositions,
): number | 'ahead' | 'behind' => {
  if (position === undefined) return from === undefined ? 0 : 'behind';
  if (from !== undefined && (compare(position, from) ?? -1) === -1) return 'behind';
  const toEnd = compare(position, to);
  if (toEnd === undefined) return 'behind';
  if (toEnd === 1) return 'ahead';
  const index = position === from ? 0 : stored.findIndex((event) => compare(event.position, position) === 1);
  const first = index === -1 ? stored.length : index;
  const last = stored[first - 1];
  return agree(lastEvent, last === undefined ? before : markOf(last)) ? first : 'behind';
};

/** Why an event can not be projected. */
export type Poison = Pick<Parked, 'rule' | 'path'>;

/** Projects one event; where it can not be projected, nothing of it is applied. */
export const projectOne = <Event extends Tagged>(
  batch: Batch,
  projection: Projection<Event>,
  decoded: Either<DecodeFailure, Decoded<Event>>,
): Poison | undefined => {
  if (E.isLeft(decoded)) return poisonOf(decoded.left);
  let changes: ReadonlyArray<Change>;
  try {
    changes = projection.project(decoded.right, batch.rows);
  } catch (fault) {
    // A row that could not be read says nothing about the event.
    if (batch.isBroken()) throw fault;
    return { rule: 'project-threw' };
  }
  return batch.apply(changes) === 'applied' ? undefined : { rule: 'row-refused' };
};

const poisonOf = (failure: DecodeFailure): Poison => {
  switch (failure._tag) {
    case 'UnknownType':
      return { rule: 'unknown-type' };
    case 'NewerVersion':
      return { rule: 'newer-version' };
    case 'Undecodable':
      return { rule: failure.rule, path: failure.path };
  }
};
