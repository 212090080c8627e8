import type { Tagged } from '@cloud-kassa/core';
import type { DecodeFailure, Decoded, Position, StoredEvent } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { Change } from './change';
import type { ComparePositions } from './generations';
import type { Projection } from './projection';
import type { Batch, Parked } from './read-models';

/** All matching events of the store between two positions. */
export interface Reading<Event> {
  /** They begin after this one. */
  readonly from: Position | undefined;
  /** They end with this one. */
  readonly to: Position;
  readonly stored: ReadonlyArray<StoredEvent>;
  /** Of the same events, in the same order. */
  readonly decoded: ReadonlyArray<Either<DecodeFailure, Decoded<Event>>>;
}

export interface AppliedReading {
  /** `behind`: the rows do not hold all that comes before the reading. */
  readonly _tag: 'applied' | 'behind';
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
  const { position } = batch.generation;
  const first = firstNew(position, reading, compare);
  if (first === undefined) return { _tag: 'behind', position, parked: [] };
  const newlyParked: Parked[] = [];
  for (let index = first; index < reading.stored.length; index += 1) {
    const stored = reading.stored[index];
    const decoded = reading.decoded[index];
    if (stored === undefined || decoded === undefined) continue;
    const { stream, revision, type } = stored;
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
  const isAhead = position !== undefined && compare(reading.to, position) !== 1;
  if (!isAhead) batch.moveTo(reading.to);
  return { _tag: 'applied', position: isAhead ? position : reading.to, parked: newlyParked };
};

/** The index of the first event that the rows do not hold; `undefined` where events before the reading are missing in them. */
const firstNew = (
  position: Position | undefined,
  { from, stored }: Reading<unknown>,
  compare: ComparePositions,
): number | undefined => {
  if (position === from) return 0;
  if (position === undefined) return undefined;
  if (from !== undefined && (compare(position, from) ?? -1) === -1) return undefined;
  const index = stored.findIndex((event) => compare(event.position, position) === 1);
  return index === -1 ? stored.length : index;
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
