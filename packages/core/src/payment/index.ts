export type {
  ConfirmPayment,
  ConfirmRefund,
  DeclinePayment,
  DeclineRefund,
  ExpirePayment,
  IssuePaymentLink,
  LinkReceipt,
  PaymentCommand,
  PostponeFiscalization,
  RequestPayment,
  RequestRefund,
  ResumeFiscalization,
} from './commands';
export { decidePayment, PAYMENT } from './decide';
export type {
  FiscalizationPostponed,
  FiscalizationResumed,
  LinkKind,
  PaymentConfirmed,
  PaymentDeclined,
  PaymentEvent,
  PaymentExpired,
  PaymentLinkIssued,
  PaymentRequested,
  ReceiptLinked,
  RefundConfirmed,
  RefundDeclined,
  RefundRequested,
} from './events';
export { PAYMENT_EVENTS } from './events';
export { evolvePayment } from './evolve';
export type { PostponementMeaning, PostponementReason, ReceiptObjection } from './postponement';
export { POSTPONEMENT_REASONS } from './postponement';
export type { PaymentRefusal, PaymentRule } from './rejections';
export { PAYMENT_RULES } from './rejections';
export type { BasketRule, SettlementDocument } from './settlement-document';
export { basketProblem, receiptDraftOf, SettlementDocumentCodec } from './settlement-document';
export type {
  ConfirmedSettlement,
  Fiscalization,
  Payment,
  PaymentEnd,
  PaymentLink,
  PaymentPhase,
  PaymentRequest,
  PaymentState,
  Refund,
} from './state';
export {
  basketOf,
  paymentPhase,
  paymentStream,
  refundedSum,
  settlementSourceOf,
  settlementsWithoutReceipt,
} from './state';
