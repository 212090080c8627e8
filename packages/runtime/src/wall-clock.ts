/** A wall clock that can be put wrong. */
export interface WallClock {
  /** UTC, ISO 8601 with milliseconds. */
  readonly wall: () => string;
  /** Whole milliseconds since 1970. */
  readonly milliseconds: () => number;
  /** Sets it forward, or back by a negative number. */
  readonly jump: (milliseconds: number) => void;
  /** It shows the same time until it is thawed; then it shows what it would have shown without. */
  readonly freeze: () => void;
  readonly thaw: () => void;
}

export const wallClock = (source: () => number, skew: number): WallClock => {
  let ahead = skew;
  let frozen: number | undefined;
  let shown = Number.NaN;
  let text = '';

  const milliseconds = (): number => Math.floor((frozen ?? source()) + ahead);

  return {
    milliseconds,
    wall: () => {
      const now = milliseconds();
      if (now !== shown) {
        shown = now;
        text = new Date(now).toISOString();
      }
      return text;
    },
    jump: (by) => {
      ahead += by;
    },
    freeze: () => {
      frozen ??= source();
    },
    thaw: () => {
      frozen = undefined;
    },
  };
};
