/** A place in the log. Both numbers fit in 63 bits; compare `commit` first, then `prepare`. */
export interface Position {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** Less than 0, 0 or more than 0, as for `sort`. */
export const comparePositions = (a: Position, b: Position): number =>
  a.commit === b.commit ? sign(a.prepare - b.prepare) : sign(a.commit - b.commit);

const sign = (difference: bigint): number => (difference < 0n ? -1 : difference > 0n ? 1 : 0);
