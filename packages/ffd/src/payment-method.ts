import { literalCodec } from './guarded-codec';

/** Payment methods in ascending order. */
export const PAYMENT_METHOD_LIST = [1, 2, 3, 4, 5, 6, 7] as const;

/** Payment method sign of an item (признак способа расчёта, tag 1214). */
export type PaymentMethod = (typeof PAYMENT_METHOD_LIST)[number];

/** {@link PaymentMethod} in stored and transferred data: a value of the list and nothing else. */
export const PaymentMethodCodec = literalCodec<PaymentMethod>(PAYMENT_METHOD_LIST, 'PaymentMethod');

/** A payment method in words. */
export interface PaymentMethodMeaning {
  readonly name:
    | 'full-prepayment'
    | 'prepayment'
    | 'advance'
    | 'full-payment'
    | 'partial-payment-and-credit'
    | 'transfer-on-credit'
    | 'credit-payment';
  /** As it is printed. */
  readonly russian: string;
  readonly description: string;
  /** Whether the subject passes to the buyer before, with or after this settlement. */
  readonly moment: 'before-transfer' | 'at-transfer' | 'after-transfer';
}

/** The codes of tag 1214 (order ЕД-7-20/662@). */
export const PAYMENT_METHODS: Readonly<Record<PaymentMethod, PaymentMethodMeaning>> = {
  1: {
    name: 'full-prepayment',
    russian: 'ПРЕДОПЛАТА 100%',
    description: 'paid in full before the transfer',
    moment: 'before-transfer',
  },
  2: {
    name: 'prepayment',
    russian: 'ПРЕДОПЛАТА',
    description: 'paid in part before the transfer',
    moment: 'before-transfer',
  },
  3: {
    name: 'advance',
    russian: 'АВАНС',
    description: 'paid before it is known for what',
    moment: 'before-transfer',
  },
  4: {
    name: 'full-payment',
    russian: 'ПОЛНЫЙ РАСЧЕТ',
    description: 'paid in full at the transfer, offsets of advances included',
    moment: 'at-transfer',
  },
  5: {
    name: 'partial-payment-and-credit',
    russian: 'ЧАСТИЧНЫЙ РАСЧЕТ И КРЕДИТ',
    description: 'paid in part at the transfer, the rest on credit',
    moment: 'at-transfer',
  },
  6: {
    name: 'transfer-on-credit',
    russian: 'ПЕРЕДАЧА В КРЕДИТ',
    description: 'transferred without payment, to be paid later',
    moment: 'at-transfer',
  },
  7: {
    name: 'credit-payment',
    russian: 'ОПЛАТА КРЕДИТА',
    description: 'paid after a transfer on credit',
    moment: 'after-transfer',
  },
};
