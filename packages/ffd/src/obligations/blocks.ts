import type { ObligationRow } from '../obligation-row';

/** Agent data (данные агента, 1223). */
export const AGENT_DATA_OBLIGATIONS: ReadonlyArray<ObligationRow> = [
  [1005, '3/3', '3/2', '3/2'],
  [1016, '3/3', '3/2', '3/2'],
  [1026, '3/3', '3/2', '3/2'],
  [1044, '3/3', '3/2', '3/2'],
  [1073, '3/3', '3/2', '3/2'],
  [1074, '3/3', '3/2', '3/2'],
  [1075, '3/3', '3/2', '3/2'],
];

/** Supplier data (данные поставщика, 1224). */
export const SUPPLIER_DATA_OBLIGATIONS: ReadonlyArray<ObligationRow> = [
  [1171, '3/3', '3/2', '3/2'],
  [1225, '3/3', '3/2', '3/2'],
];

/** Buyer (сведения о покупателе, 1256), FFD 1.2. */
export const BUYER_OBLIGATIONS: ReadonlyArray<ObligationRow> = [
  [1227, '-', '-', '3/2'],
  [1228, '-', '-', '0/2'],
  [1243, '-', '-', '0/2'],
  [1244, '-', '-', '0/3'],
  [1245, '-', '-', '0/2'],
  [1246, '-', '-', '0/2'],
  [1254, '-', '-', '3/3'],
];

/** VAT totals of the newer rates (суммы НДС чека, 1115). */
export const VAT_TOTALS_OBLIGATIONS: ReadonlyArray<ObligationRow> = [[1119, '2/2', '2/2', '2/2']];

/** VAT total of one rate (сумма НДС чека, 1119). */
export const VAT_TOTAL_OBLIGATIONS: ReadonlyArray<ObligationRow> = [
  [1120, '2/2', '2/2', '2/2'],
  [1199, '2/2', '2/2', '2/2'],
];

/** All cashless payments of a receipt (сведения обо всех оплатах безналичными, 1234), since 2025-09-01. */
export const CASHLESS_PAYMENTS_OBLIGATIONS: ReadonlyArray<ObligationRow> = [[1235, '0/1', '0/1', '0/1']];

/** One cashless payment (сведения об оплате безналичными, 1235). */
export const CASHLESS_PAYMENT_OBLIGATIONS: ReadonlyArray<ObligationRow> = [
  [1082, '0/1', '0/1', '0/1'],
  [1236, '0/1', '0/1', '0/1'],
  [1237, '0/1', '0/1', '0/1'],
  [1238, '0/2', '0/2', '0/2'],
];

/** Base of a correction (основание для коррекции, 1174). */
export const CORRECTION_BASE_OBLIGATIONS: ReadonlyArray<ObligationRow> = [
  [1178, '2/2', '2/2', '2/2'],
  [1179, '0/2', '0/2', '0/2'],
];

/** Industry attribute (отраслевой реквизит) of an item (1260) or of the receipt (1261), FFD 1.2. */
export const INDUSTRY_ATTRIBUTE_OBLIGATIONS: ReadonlyArray<ObligationRow> = [
  [1262, '-', '-', '0/2'],
  [1263, '-', '-', '0/2'],
  [1264, '-', '-', '0/2'],
  [1265, '-', '-', '0/2'],
];

/** Operational attribute (операционный реквизит чека, 1270), FFD 1.2. */
export const OPERATIONAL_ATTRIBUTE_OBLIGATIONS: ReadonlyArray<ObligationRow> = [
  [1271, '-', '-', '0/2'],
  [1272, '-', '-', '0/2'],
  [1273, '-', '-', '0/2'],
];

/** Fractional quantity of a marked piece (дробное количество маркированного товара, 1291), FFD 1.2. */
export const FRACTIONAL_QUANTITY_OBLIGATIONS: ReadonlyArray<ObligationRow> = [
  [1292, '-', '-', '1/0'],
  [1293, '-', '-', '0/1'],
  [1294, '-', '-', '0/1'],
];
