import type { ObligationRow } from '../obligation-row';

/** Operator's confirmation (подтверждение оператора, form 7), order ЕД-7-20/662@. */
export const OPERATOR_ACK_OBLIGATIONS: ReadonlyArray<ObligationRow> = [
  [1000, '3/0', '3/0', '3/0'],
  [1012, '-', '3/1', '3/1'],
  [1017, '3/1', '3/1', '3/1'],
  [1040, '3/1', '3/1', '3/1'],
  [1041, '3/1', '3/1', '3/1'],
  [1068, '0/2', '-', '-'],
  [1078, '3/1', '3/1', '3/1'],
  [1206, '-', '3/2', '3/2'],
];
