/** State of the generator: four words of 32 bits. Plain data, so that a restored machine draws the same numbers. */
export type RandomState = readonly [number, number, number, number];

/** One draw: 0 <= value < 1, and the state after it. */
export interface Draw {
  readonly value: number;
  readonly state: RandomState;
}

/** The next number of sfc32 (Doty-Humphrey, PractRand). */
export const draw = ([a, b, c, counter]: RandomState): Draw => {
  const sum = (a + b + counter) | 0;
  return {
    value: (sum >>> 0) / 0x1_0000_0000,
    state: [b ^ (b >>> 9), (c + (c << 3)) | 0, (((c << 21) | (c >>> 11)) + sum) | 0, (counter + 1) | 0],
  };
};

/** A generator of its own for a key of four words. */
export const seededRandom = ([a, b, c]: readonly [number, number, number, number]): RandomState => {
  let state: RandomState = [a | 0, b | 0, c | 0, 1];
  for (let warm = 0; warm < 12; warm += 1) ({ state } = draw(state));
  return state;
};
