import { literalCodec } from './guarded-codec';

/** Planned statuses in ascending order. */
export const PLANNED_STATUS_LIST = [1, 2, 3, 4, 5, 6, 255] as const;

/** Planned status of marked goods (планируемый статус товара, tag 2003; the assigned one, tag 2110, has the same codes). */
export type PlannedStatus = (typeof PLANNED_STATUS_LIST)[number];

/** {@link PlannedStatus} in stored and transferred data: a value of the list and nothing else. */
export const PlannedStatusCodec = literalCodec<PlannedStatus>(PLANNED_STATUS_LIST, 'PlannedStatus');

/** The codes of tags 2003 and 2110 in words (order ЕД-7-20/662@, FFD 1.2). */
export const PLANNED_STATUSES: Readonly<
  Record<PlannedStatus, { readonly name: string; readonly russian: string }>
> = {
  1: { name: 'piece sold', russian: 'штучный товар реализован' },
  2: { name: 'measured goods being sold', russian: 'мерный товар в стадии реализации' },
  3: { name: 'piece returned', russian: 'штучный товар возвращён' },
  4: { name: 'part returned', russian: 'часть товара возвращена' },
  5: { name: 'piece being sold', russian: 'штучный товар в стадии реализации' },
  6: { name: 'measured goods sold', russian: 'мерный товар реализован' },
  255: { name: 'status unchanged', russian: 'статус товара не изменился' },
};

/** Results of a check in ascending order. */
export const MARKING_CHECK_LIST = [0, 1, 3, 5, 7, 15, 16, 17, 19] as const;

/**
 * Result of checking the data on marked goods (результат проверки сведений о товаре, tag 2106). Bits: 0 the drive checked the code, 1 its check
 * was positive, 2 the marking system checked the status, 3 the planned status is right, 4 the register was offline. Only these sums occur.
 */
export type MarkingCheck = (typeof MARKING_CHECK_LIST)[number];

/** {@link MarkingCheck} in stored and transferred data: a value of the list and nothing else. */
export const MarkingCheckCodec = literalCodec<MarkingCheck>(MARKING_CHECK_LIST, 'MarkingCheck');

/** What a receipt prints after the name of marked goods: checked, not or not fully checked, checked with a negative result. */
export type MarkingPrint = '[М+]' | '[М]' | '[М-]';

/** The print for every value of tag 2106 (order ЕД-7-20/662@, FFD 1.2). */
export const MARKING_PRINTS: Readonly<Record<MarkingCheck, MarkingPrint>> = {
  0: '[М]',
  1: '[М-]',
  3: '[М]',
  5: '[М-]',
  7: '[М-]',
  15: '[М+]',
  16: '[М]',
  17: '[М-]',
  19: '[М]',
};

/** What a receipt prints for a value of tag 2106; `undefined` for values that do not occur. */
export const markingPrint = (check: number): MarkingPrint | undefined =>
  MarkingCheckCodec.is(check) ? MARKING_PRINTS[check] : undefined;
