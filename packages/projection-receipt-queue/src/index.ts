export type { ProviderState } from './provider-state';
export {
  receiptQueue,
  type Answered,
  type Paging,
  type PaymentFilter,
  type PaymentWithoutReceipt,
  type QueuedReceipt,
  type QueueError,
  type QueueFilter,
  type ReceiptQueue,
} from './receipt-queue';
export { RECEIPT_QUEUE, type QueueEvent } from './receipt-queue-projection';
export type { ReasonKind } from './tables';
