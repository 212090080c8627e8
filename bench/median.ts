/** The middle value, or the mean of the two in the middle. Of no values it is not a number. */
export const median = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  const lower = sorted[Math.ceil(middle) - 1] ?? upper;
  return (lower + upper) / 2;
};

/** The median of what one has over the other in the same round: what slows a whole round down falls out of it. */
export const medianRatio = (above: ReadonlyArray<number>, below: ReadonlyArray<number>): number =>
  median(above.map((value, round) => value / (below[round] ?? Number.NaN)));
