import type * as t from 'io-ts';
import type { Kopecks, Payments } from '@cloud-kassa/ffd';
import {
  KopecksCodec,
  NO_PAYMENTS,
  paymentsMatch,
  PaymentsCodec,
  recordCodec,
  ZERO_KOPECKS,
} from '@cloud-kassa/ffd';
import { CountCodec, isCount } from '../count';

/** The receipts of one settlement sign (tag 1054) in a shift: how many, for how much, paid how. */
export interface SignTotals {
  readonly receipts: number;
  readonly total: Kopecks;
  readonly payments: Payments;
}

/** What was fiscalised in a shift, computed by a projection: sale, sale refund, purchase, purchase refund, and corrections by number. */
export interface ShiftTotals {
  readonly sale: SignTotals;
  readonly saleRefund: SignTotals;
  readonly purchase: SignTotals;
  readonly purchaseRefund: SignTotals;
  /** How many of the documents are corrections (forms 31 and 41). */
  readonly corrections: number;
}

const NONE: SignTotals = { receipts: 0, total: ZERO_KOPECKS, payments: NO_PAYMENTS };

/** The totals of a shift without receipts. */
export const NO_TOTALS: ShiftTotals = {
  sale: NONE,
  saleRefund: NONE,
  purchase: NONE,
  purchaseRefund: NONE,
  corrections: 0,
};

const SIGNS = ['sale', 'saleRefund', 'purchase', 'purchaseRefund'] as const;

const signTotals: t.Type<SignTotals, unknown> = recordCodec('SignTotals', {
  receipts: CountCodec,
  total: KopecksCodec,
  payments: PaymentsCodec,
});

export const ShiftTotalsCodec: t.Type<ShiftTotals, unknown> = recordCodec('ShiftTotals', {
  sale: signTotals,
  saleRefund: signTotals,
  purchase: signTotals,
  purchaseRefund: signTotals,
  corrections: CountCodec,
});

const fits = ({ receipts, total, payments }: SignTotals): boolean =>
  isCount(receipts) && paymentsMatch(payments, total) && (receipts > 0 || total === 0);

/** The first part of the totals that contradicts itself. */
export const inconsistentPart = (totals: ShiftTotals): keyof ShiftTotals | undefined =>
  SIGNS.find((sign) => !fits(totals[sign])) ?? (isCount(totals.corrections) ? undefined : 'corrections');
