import { tagsInTable } from './obligations';
import { PRODUCT_CODE_TAGS } from './tags/product-code';

const COUNTERS = [1129, 1130, 1131, 1132, 1133, 1134];
const COUNTERS_OF_SIGN = [1135, 1136, 1138, 1139, 1140, 1141, 1142, 1143, 1183, 1201, 1218, 1219, 1220];
const CORRECTION_COUNTERS = [1144, 1145, 1146, 1232, 1233];
const CORRECTION_COUNTERS_OF_SIGN = [1135, 1136, 1138, 1201, 1218, 1219, 1220];

/** Blocks that have no obligation table: counters of totals, code of goods, additional attribute, message to the drive. */
const WITHOUT_TABLE: ReadonlyMap<number, ReadonlyArray<number>> = new Map([
  [1068, [1022]],
  [1084, [1085, 1086]],
  [1163, PRODUCT_CODE_TAGS.map(([tag]) => tag)],
  ...[1157, 1158, 1194].map((tag) => [tag, COUNTERS] as const),
  ...[1129, 1130, 1131, 1132].map((tag) => [tag, COUNTERS_OF_SIGN] as const),
  [1133, CORRECTION_COUNTERS],
  ...[1145, 1146, 1232, 1233].map((tag) => [tag, CORRECTION_COUNTERS_OF_SIGN] as const),
]);

/**
 * The tags that occur inside a document form (by its code) or a nested element (by its tag); none for a tag without nested elements
 * and for the marking forms 81 to 84, whose composition is not described here. Printed-only requisites (1000, 1196) are among them.
 */
export const childTags = (parent: number): ReadonlyArray<number> =>
  WITHOUT_TABLE.get(parent) ?? tagsInTable(parent);
