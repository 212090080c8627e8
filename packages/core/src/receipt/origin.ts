/** Where a receipt comes from: a person (needs an open shift, S25), a payment, or a data exchange. */
export type ReceiptOrigin = 'manual' | 'payment' | 'exchange';

/** The payment instrument, as far as the register's policy asks. */
export type PaymentInstrument = 'sbp' | 'card' | 'bank-transfer' | 'other';
