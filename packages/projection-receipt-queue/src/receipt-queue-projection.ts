import { PAYMENT_EVENTS, RECEIPT_EVENTS, type PaymentEvent, type ReceiptEvent } from '@cloud-kassa/core';
import { joinFamilies, projection, type Projection } from '@cloud-kassa/projections';
import { projectPayment } from './project-payment';
import { projectReceipt } from './project-receipt';
import { PAYMENTS, PAYMENTS_WITHOUT_RECEIPT, RECEIPTS } from './tables';

export type QueueEvent = ReceiptEvent | PaymentEvent;

const isPaymentEvent = (event: QueueEvent): event is PaymentEvent => event.type.startsWith('payment.');

/**
 * The receipt queue (очередь чеков ККТ) for people, and the payments that have no receipt yet. Fiscalisation does not depend on it: it
 * folds the events itself.
 */
export const RECEIPT_QUEUE: Projection<QueueEvent> = projection<QueueEvent>({
  name: 'receipt-queue',
  version: 1,
  prefixes: ['receipt-', 'payment-'],
  family: joinFamilies(RECEIPT_EVENTS, PAYMENT_EVENTS),
  tables: [RECEIPTS, PAYMENTS, PAYMENTS_WITHOUT_RECEIPT],
  order: 'within-streams',
  project: ({ event, stored }, rows) =>
    isPaymentEvent(event) ? projectPayment(event, stored, rows) : projectReceipt(event, stored, rows),
});
