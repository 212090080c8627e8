/**
 * Degree of obligation in one form of a document: 0 not part of that form, 1 must be present, 2 must be present in the cases that
 * the order names and may be absent otherwise, 3 may be absent.
 */
export type Degree = 0 | 1 | 2 | 3;

/** Printed form / electronic form, as the order's tables have them; `-` where the version has no such tag there. */
export type ObligationMark = `${Degree}/${Degree}` | '-';

/** A line of an obligation table: the tag, then FFD 1.05, 1.1 and 1.2. */
export type ObligationRow = readonly [
  tag: number,
  ffd105: ObligationMark,
  ffd11: ObligationMark,
  ffd12: ObligationMark,
];
