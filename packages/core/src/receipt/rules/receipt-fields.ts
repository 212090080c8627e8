import type { FfdVersion, ObligationTable } from '@cloud-kassa/ffd';
import { obligation } from '@cloud-kassa/ffd';
import type { ReceiptContent } from '../content';

/** Which table of the order a tag stands in: that of the document, that of the buyer, that of a block, or none. */
type Table = 'document' | 'buyer' | 'none' | ObligationTable;

const agentRows = (
  at: string,
  tables: readonly [Table, Table, Table],
): ReadonlyArray<readonly [string, number, Table]> => {
  const [sign, data, supplier] = tables;
  return [
    [at, sign === 'document' ? 1057 : 1222, sign],
    [`${at}.data.operation`, 1044, data],
    [`${at}.data.agentPhones.*`, 1073, data],
    [`${at}.data.operatorPhones.*`, 1074, data],
    [`${at}.data.transferOperatorPhones.*`, 1075, data],
    [`${at}.data.transferOperatorName`, 1026, data],
    [`${at}.data.transferOperatorAddress`, 1005, data],
    [`${at}.data.transferOperatorInn`, 1016, data],
    [`${at}.supplier.phones.*`, 1171, supplier],
    [`${at}.supplier.name`, 1225, supplier],
  ];
};

const industryRows = (
  at: string,
  tag: 1260 | 1261,
  table: Table,
): ReadonlyArray<readonly [string, number, Table]> => [
  [at, tag, table],
  [`${at}.authority`, 1262, tag],
  [`${at}.documentDate`, 1263, tag],
  [`${at}.documentNumber`, 1264, tag],
  [`${at}.value`, 1265, tag],
];

/** Optional fields and texts of the content, by path with `*` for an index. What every version has in every document is not here. */
const ROWS: ReadonlyArray<readonly [path: string, tag: number, table: Table]> = [
  ['buyer.person.email', 1008, 'document'],
  ['buyer.person.phone', 1008, 'document'],
  ['buyer.person.name', 1227, 'buyer'],
  ['buyer.person.inn', 1228, 'buyer'],
  ['buyer.person.birthDate', 1243, 'buyer'],
  ['buyer.person.citizenship', 1244, 'buyer'],
  ['buyer.person.documentCode', 1245, 'buyer'],
  ['buyer.person.documentData', 1246, 'buyer'],
  ['buyer.person.address', 1254, 'buyer'],
  ['senderEmail', 1117, 'document'],
  ['place.address', 1009, 'document'],
  ['place.place', 1187, 'document'],
  ['automatNumber', 1036, 'document'],
  ['cashier.name', 1021, 'document'],
  ['cashier.inn', 1203, 'document'],
  ['correction', 1174, 'document'],
  ['correction.type', 1173, 'document'],
  ['correction.orderNumber', 1179, 1174],
  ['additionalAttribute', 1192, 'document'],
  ['userAttribute', 1084, 'document'],
  ['userAttribute.name', 1085, 'none'],
  ['userAttribute.value', 1086, 'none'],
  ...agentRows('agent', ['document', 'document', 'document']),
  ...industryRows('industry', 1261, 'document'),
  ['items.*.name', 1030, 1059],
  ['items.*.vatSum', 1200, 1059],
  ['items.*.measure', 2108, 1059],
  ['items.*.unit', 1197, 1059],
  ...agentRows('items.*.agent', [1059, 1223, 1224]),
  ['items.*.agent.supplier.inn', 1226, 1059],
  ['items.*.marking.checkResult', 2106, 1059],
  ['items.*.marking.fraction', 1291, 1059],
  ['items.*.excise', 1229, 1059],
  ['items.*.country', 1230, 1059],
  ['items.*.customsDeclaration', 1231, 1059],
  ['items.*.additionalAttribute', 1191, 1059],
  ...industryRows('items.*.industry.*', 1260, 1059),
];

const PLACES: ReadonlyMap<string, { readonly tag: number; readonly table: Table }> = new Map(
  ROWS.map(([path, tag, table]) => [path, { tag, table }]),
);

/** A field that is present in the content, with its tag. */
export interface ReceiptField {
  /** Dotted path, indices as numbers. */
  readonly path: string;
  readonly tag: number;
  readonly table: Table;
  readonly value: unknown;
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const collect = (value: unknown, path: string, pattern: string, found: Array<ReceiptField>): void => {
  const place = PLACES.get(pattern);
  if (place !== undefined) found.push({ path, ...place, value });
  if (!isPlain(value)) return;
  const indexed = Array.isArray(value);
  for (const [key, part] of Object.entries(value)) {
    if (part !== undefined)
      collect(part, `${path}.${key}`, indexed ? `${pattern}.*` : `${pattern}.${key}`, found);
  }
};

/** The fields of the content that have a place in {@link ROWS}, in the order in which they stand in it. */
export const fieldsOf = (content: object): ReadonlyArray<ReceiptField> => {
  const found: Array<ReceiptField> = [];
  for (const [key, part] of Object.entries(content)) if (part !== undefined) collect(part, key, key, found);
  return found;
};

const at = (prefix: string, key: string): string => (prefix === '' ? key : `${prefix}.${key}`);

/** The same data with every text replaced that has a tag; the data themselves where nothing changes. */
export const mapTexts = <A>(data: A, replace: (text: string, path: string, tag: number) => string): A => {
  const map = (value: unknown, path: string, pattern: string): unknown => {
    if (typeof value === 'string') {
      const place = PLACES.get(pattern);
      return place === undefined ? value : replace(value, path, place.tag);
    }
    if (Array.isArray(value))
      return value.map((part, index) => map(part, `${path}.${index}`, `${pattern}.*`));
    if (!isPlain(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, map(part, at(path, key), at(pattern, key))]),
    );
  };
  return map(data, '', '') as A;
};

const tableOf = (
  table: Exclude<Table, 'none'>,
  kind: ReceiptContent['kind'],
  ffd: FfdVersion,
): ObligationTable => {
  const document = kind === 'correction' ? 31 : 3;
  if (table === 'document') return document;
  if (table === 'buyer') return ffd === '1.2' ? 1256 : document;
  return table;
};

/** Has the field a place in the electronic form of a document of this kind and version? (Order ЕД-7-20/662@, tables of the documents and blocks.) */
export const isInFormat = (
  { tag, table }: ReceiptField,
  kind: ReceiptContent['kind'],
  ffd: FfdVersion,
): boolean => table === 'none' || (obligation(tableOf(table, kind, ffd), tag, ffd)?.electronic ?? 0) > 0;
