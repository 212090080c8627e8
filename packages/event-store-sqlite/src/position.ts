import type { Position } from '@cloud-kassa/event-store';

const POSITION = /^(?:0|[1-9]\d{0,15})$/;

export const positionOf = (row: number): Position => String(row);

/** The key of the event at a position, 0 for the start; `undefined` where a text is no position of any such store. */
export const rowAt = (position: Position): number | undefined => {
  const row = POSITION.test(position) ? Number(position) : Number.NaN;
  return Number.isSafeInteger(row) ? row : undefined;
};

export const comparePositions = (a: Position, b: Position): -1 | 0 | 1 | undefined => {
  const [left, right] = [rowAt(a), rowAt(b)];
  if (left === undefined || right === undefined) return undefined;
  return left < right ? -1 : left > right ? 1 : 0;
};
