export type { Buyer, Person } from './buyer';
export { BuyerCodec } from './buyer';
export type {
  Agent,
  AgentData,
  Cashier,
  Correction,
  IndustryAttribute,
  Marking,
  Place,
  ReceiptContent,
  ReceiptItem,
  Supplier,
} from './content';
export { ReceiptContentCodec, ReceiptItemCodec } from './content';
export type { FiscalDocument, FoundContent } from './document';
export {
  FiscalDocumentCodec,
  FoundContentCodec,
  contentDifferences,
  isContentTold,
  isSameDocument,
} from './document';
export type {
  AdmissionFacts,
  DeviceFacts,
  LegalGround,
  PaymentInstrument,
  ReceiptOrigin,
  RegisterFacts,
  RegisterPolicy,
} from './facts';
export type { SettlementSource } from './identity';
export { attemptKeyOf, receiptIdOf, receiptStream } from './identity';
export type { Parent, ParentRelation } from './parent';
export { differingFields, payloadText, sameContent } from './payload';
export type { RecordBuyerCopy, RecordOfdConfirmation, ReceiptCommand, RegisterReceipt } from './commands';
export type { BuyerCopyRecorded, BuyerCopyStatus, OfdConfirmed, ReceiptEvent, Registered } from './events';
export { RECEIPT_EVENTS } from './events';
export type { Receipt, ReceiptState } from './state';
export { evolveReceipt } from './state';
export type { ReceiptRefusal } from './decide';
export { RECEIPT, decideReceipt } from './decide';
export type { CancelRefusal, OpenWay } from './open-ways';
export { cancelRefusal, openWays } from './open-ways';
export type { AnyReceiptRule, RegistrationRule } from './rejections';
export { ALL_RECEIPT_RULES } from './rejections';
export type * from './attempt/commands';
export { evolveAttempt } from './attempt/evolve';
export type { AttemptEvent, NoDocumentEvidence, RouteRefusal } from './attempt/events';
export type { AnswerNote, AskOutcome, FinalOutcome, SendOutcome, UnknownWhy } from './attempt/outcome';
export type { AttemptPhase, HoldReason, QueueStatus } from './attempt/phase';
export { QUEUE_STATUS_OF } from './attempt/phase';
export type { AttemptRule } from './attempt/rejections';
export type { AttemptState, Route } from './attempt/state';
export { ABSENT_TOLERANCE_MS, INITIAL_ATTEMPT, MAXIMUM_RETIREMENTS, POISON_CRASHES } from './attempt/state';
export type { AttemptRow, AttemptTrigger, AttemptWrite } from './attempt/table';
export { ATTEMPT_TABLE } from './attempt/table';
export { isHorizonPassed } from './attempt/step';
export type { ReceiptDraft, DraftItem } from './rules/draft';
export type { ComposeSettings } from './rules/compose-receipt';
export { composeReceipt, composeSettingsOf } from './rules/compose-receipt';
export type { AdmissionClaims } from './rules/admission';
export type { AdmissionProfile } from './rules/profile';
export { DEFAULT_PROFILE } from './rules/profile';
export type { ReceiptRule } from './rules/receipt-rules';
export { RECEIPT_RULES } from './rules/receipt-rules';
export { admitReceipt } from './rules/admit-receipt';
export { contentToTlv } from './rules/content-to-tlv';
export type { FenceCommand, RefundItem } from './fence/commands';
export type { RefundCircumstances } from './fence/refund-content';
export { refundContent } from './fence/refund-content';
export type { FenceState, RefundReservation } from './fence/state';
export type { CorrectionOrder, PlannedReceipt, WrongDocument } from './rules/corrections';
export { planAfterRejection, planErrorFix, planMissedSettlement } from './rules/corrections';
export type { PlannedRefund, WantedBack } from './fence/plan-refund';
export { planRefund, planRefundOfRest } from './fence/plan-refund';
export type { LineRest } from './fence/sold-lines';
export { restOfLines } from './fence/sold-lines';
export type { ExternalParent, KnownParent, ParentLink } from './fence/parent-link';
