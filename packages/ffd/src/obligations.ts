import type { FfdVersion } from './ffd-version';
import type { Degree, ObligationMark, ObligationRow } from './obligation-row';
import * as blocks from './obligations/blocks';
import { CLOSE_ARCHIVE_OBLIGATIONS } from './obligations/close-archive';
import { CLOSE_SHIFT_OBLIGATIONS } from './obligations/close-shift';
import { CORRECTION_OBLIGATIONS } from './obligations/correction';
import { CURRENT_STATE_OBLIGATIONS } from './obligations/current-state';
import { ITEM_OBLIGATIONS } from './obligations/item';
import { OPEN_SHIFT_OBLIGATIONS } from './obligations/open-shift';
import { OPERATOR_ACK_OBLIGATIONS } from './obligations/operator-ack';
import { RECEIPT_OBLIGATIONS } from './obligations/receipt';
import { CHANGE_REASON_OBLIGATIONS, REGISTRATION_OBLIGATIONS } from './obligations/registration';

/** How far a tag is obligatory in the printed form (печатная форма) and in the electronic form (электронная форма). */
export type Obligation = { readonly printed: Degree; readonly electronic: Degree };

/**
 * What a table of the order describes: a document form, by its code, or a block inside documents, by its tag. The composition of
 * the marking forms 81 to 84, of 1084, of 1163 and of the counters has no table here.
 */
export type ObligationTable =
  | 1
  | 11
  | 2
  | 21
  | 3
  | 31
  | 4
  | 41
  | 5
  | 6
  | 7
  | 1059
  | 1115
  | 1119
  | 1174
  | 1223
  | 1224
  | 1234
  | 1235
  | 1256
  | 1260
  | 1261
  | 1270
  | 1291;

const TABLES: Readonly<Record<ObligationTable, ReadonlyArray<ObligationRow>>> = {
  1: REGISTRATION_OBLIGATIONS,
  11: [...REGISTRATION_OBLIGATIONS, ...CHANGE_REASON_OBLIGATIONS].toSorted(([one], [other]) => one - other),
  2: OPEN_SHIFT_OBLIGATIONS,
  21: CURRENT_STATE_OBLIGATIONS,
  3: RECEIPT_OBLIGATIONS,
  31: CORRECTION_OBLIGATIONS,
  4: RECEIPT_OBLIGATIONS,
  41: CORRECTION_OBLIGATIONS,
  5: CLOSE_SHIFT_OBLIGATIONS,
  6: CLOSE_ARCHIVE_OBLIGATIONS,
  7: OPERATOR_ACK_OBLIGATIONS,
  1059: ITEM_OBLIGATIONS,
  1115: blocks.VAT_TOTALS_OBLIGATIONS,
  1119: blocks.VAT_TOTAL_OBLIGATIONS,
  1174: blocks.CORRECTION_BASE_OBLIGATIONS,
  1223: blocks.AGENT_DATA_OBLIGATIONS,
  1224: blocks.SUPPLIER_DATA_OBLIGATIONS,
  1234: blocks.CASHLESS_PAYMENTS_OBLIGATIONS,
  1235: blocks.CASHLESS_PAYMENT_OBLIGATIONS,
  1256: blocks.BUYER_OBLIGATIONS,
  1260: blocks.INDUSTRY_ATTRIBUTE_OBLIGATIONS,
  1261: blocks.INDUSTRY_ATTRIBUTE_OBLIGATIONS,
  1270: blocks.OPERATIONAL_ATTRIBUTE_OBLIGATIONS,
  1291: blocks.FRACTIONAL_QUANTITY_OBLIGATIONS,
};

const COLUMN: Readonly<Record<FfdVersion, 1 | 2 | 3>> = { '1.05': 1, '1.1': 2, '1.2': 3 };

const degreeOf = (digit: string | undefined): Degree =>
  digit === '1' ? 1 : digit === '2' ? 2 : digit === '3' ? 3 : 0;

const obligationOf = (mark: ObligationMark): Obligation | undefined =>
  mark === '-' ? undefined : { printed: degreeOf(mark[0]), electronic: degreeOf(mark[2]) };

const ROWS: ReadonlyMap<string, ReadonlyMap<number, ObligationRow>> = new Map(
  Object.entries(TABLES).map(([table, rows]) => [table, new Map(rows.map((row) => [row[0], row]))]),
);

/**
 * How far a tag is obligatory in a document form or block, for a version of the format; `undefined` where that version has no such
 * tag there.
 *
 * A document that goes to the tax service must satisfy the electronic degree. The cases of degree 2 are worded in the notes of the
 * order and are not part of the tables. Source: order ЕД-7-20/662@ of 2020-09-14 with the amendments up to 2025, as restated in
 * published tag tables.
 */
export const obligation = (table: ObligationTable, tag: number, ffd: FfdVersion): Obligation | undefined => {
  const row = ROWS.get(String(table))?.get(tag);
  return row === undefined ? undefined : obligationOf(row[COLUMN[ffd]]);
};

/** The tags that a table of the order lists, in ascending order of number, whatever the version. */
export const tagsInTable = (table: number): ReadonlyArray<number> => [
  ...(ROWS.get(String(table))?.keys() ?? []),
];
