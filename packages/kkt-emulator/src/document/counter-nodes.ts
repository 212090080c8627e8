import type { TlvNode } from '@cloud-kassa/ffd';
import { tlv } from '@cloud-kassa/ffd';
import type { Counter, Counters, SignCounters } from '../drive/counters';

const sums = (counter: Counter): ReadonlyArray<TlvNode> => [
  tlv.integer(1135, counter.count),
  tlv.integer(1201, counter.total),
  tlv.integer(1136, counter.cash),
  tlv.integer(1138, counter.cashless),
  tlv.integer(1218, counter.prepaid),
  tlv.integer(1219, counter.credit),
  tlv.integer(1220, counter.provision),
];

const VAT_COUNTERS: ReadonlyArray<readonly [tag: number, code: number]> = [
  [1139, 1],
  [1140, 2],
  [1141, 3],
  [1142, 4],
  [1143, 5],
  [1183, 6],
];

const signs = (
  counters: SignCounters,
  tags: readonly [number, number, number, number],
  withVat: boolean,
): ReadonlyArray<TlvNode> =>
  counters.map((counter, index) =>
    tlv.nodes(tags[index] ?? 0, [
      ...sums(counter),
      ...(withVat ? VAT_COUNTERS.map(([tag, code]) => tlv.integer(tag, counter.vat[code] ?? 0)) : []),
    ]),
  );

const total = (counters: SignCounters): number => counters.reduce((sum, { count }) => sum + count, 0);

/**
 * Counters of a shift (1194), a drive (1157) or the unsent documents (1158), FFD 1.1 and 1.2. VAT at 5, 7 and 22 % has no counter
 * tag in any published description and is left out. Source: the format, counters of the closing report.
 */
export const counterNode = (tag: 1157 | 1158 | 1194, { receipts, corrections }: Counters): TlvNode =>
  tlv.nodes(tag, [
    tlv.integer(1134, total(receipts)),
    ...signs(receipts, [1129, 1130, 1131, 1132], true),
    tlv.nodes(1133, [
      tlv.integer(1144, total(corrections)),
      ...signs(corrections, [1145, 1232, 1146, 1233], false),
    ]),
  ]);
