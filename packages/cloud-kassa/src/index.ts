export type { CloudKassa, CloudKassaOptions } from './cloud-kassa';
export { createCloudKassa } from './cloud-kassa';

// Answers.
export type { Outcome } from './outcome';
export type { KassaError, Told } from './kassa-error';
export type { InputRule } from './input-rules';
export { INPUT_RULES } from './input-rules';
export type { RuleOwner } from './rule-text';
export { ruleText } from './rule-text';
export type { Caller, Written } from './caller';

// Where things are kept.
export type { KeyEncryptionKey } from './storage/key-encryption-key';
export type { NotOpened } from './storage/opening';
export type { Database, Storage, StorageParts } from './storage/storage';
export type { CopyProgress, CopyReport } from '@cloud-kassa/event-store';
export type { CopyStorageOptions, KeptStorage } from './storage/copy-storage';
export { copyStorage } from './storage/copy-storage';
export { makePrivateFile } from './storage/private-file';

// Providers.
export type {
  AdapterContext,
  ConnectionRefusal,
  ConnectionReport,
  ProviderAdapter,
} from './provider-adapter';
export { oneCAdapter } from './provider-adapter';

// What can be asked for.
export type { DeviceOrder, Devices, DeviceView, RegistrationInput } from './devices';
export type { RegisterInput, Registers, RegisterView } from './registers';
export type { Shifts } from './shifts';
export type { PaymentNotice, PaymentOrder, Payments, PaymentView, Preflight, RefundOrder } from './payments';
export type { BasketInput, BuyerInput, ItemInput, PaymentsInput } from './receipt-input';
export type {
  ErrorCorrectionOrder,
  MissedSettlementOrder,
  ReceiptOrder,
  Receipts,
  RefundOfReceiptOrder,
  RegisteredReceipt,
} from './receipts';
export type { ReceiptTerms, SettlementName } from './receipt-terms';
export type { Fresh, PaymentsPage, Queue, QueuePage } from './queue';
export type { Explanation, Finding, Settlers, Settling } from './settling';
export type { HoldAdvice } from './hold-advice';
export { HOLD_ADVICE, holdAdviceOf } from './hold-advice';
export type { WaitsForDevice } from './waits-for-device';
export type { Status } from './status';
export type { Buyers } from './buyers';
export type { Auditing, ExportedLines } from './auditing';
export type { Projections } from './projections';
export type { Idle, IdleOptions, Remaining, Worker, WorkerOptions, WorkerStatus } from './worker';
