import type { Position } from '@cloud-kassa/event-store';

/** A place in the log of EventStoreDB. Both numbers are kept: a checkpoint with only the first of them can skip events. */
export interface EsdbPosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** Before the first event: no event has this position. */
export const START = 'start';

const POSITION = /^(0|[1-9]\d{0,19})\/(0|[1-9]\d{0,19})$/;
const GREATEST = 2n ** 63n - 1n;

/** `commit/prepare`, in decimal. */
export const positionOf = ({ commit, prepare }: EsdbPosition): Position => `${commit}/${prepare}`;

/** `start`, a place, or `undefined` where a text is no position of any EventStoreDB. */
export const parsePosition = (position: Position): typeof START | EsdbPosition | undefined => {
  if (position === START) return START;
  const [, commit, prepare] = POSITION.exec(position) ?? [];
  if (commit === undefined || prepare === undefined) return undefined;
  const place = { commit: BigInt(commit), prepare: BigInt(prepare) };
  return isPlace(place) ? place : undefined;
};

/** Servers that know no place say −1, which arrives as 2^64 − 1. */
export const isPlace = ({ commit, prepare }: EsdbPosition): boolean =>
  commit >= 0n && commit <= GREATEST && prepare >= 0n && prepare <= GREATEST;

export const comparePlaces = (a: EsdbPosition, b: EsdbPosition): -1 | 0 | 1 =>
  compare(a.commit, b.commit) || compare(a.prepare, b.prepare);

export const comparePositions = (a: Position, b: Position): -1 | 0 | 1 | undefined => {
  const [left, right] = [parsePosition(a), parsePosition(b)];
  if (left === undefined || right === undefined) return undefined;
  if (typeof left === 'string' || typeof right === 'string')
    return left === right ? 0 : typeof left === 'string' ? -1 : 1;
  return comparePlaces(left, right);
};

const compare = (a: bigint, b: bigint): -1 | 0 | 1 => (a < b ? -1 : a > b ? 1 : 0);
