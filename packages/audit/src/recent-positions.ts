import type { Position } from '@cloud-kassa/event-store';

/** Positions of the events that were read last. */
export interface RecentPositions {
  readonly add: (position: Position) => void;
  /** Whether it is that of one of the last events: of so many at least, of twice as many at most. */
  readonly has: (position: Position) => boolean;
}

export const recentPositions = (count: number): RecentPositions => {
  let [older, newer] = [new Set<Position>(), new Set<Position>()];
  return {
    add: (position) => {
      if (newer.size >= count) [older, newer] = [newer, new Set()];
      newer.add(position);
    },
    has: (position) => newer.has(position) || older.has(position),
  };
};
