// Verification of a whole store.
export { auditStore } from './audit-store';
export type { AuditFailure } from './audit-failure';
export type { AuditOptions, AuditSubject } from './audit-options';
export type {
  AuditReport,
  DocumentCounts,
  LedgerReport,
  ReceiptCounts,
  SettlementCounts,
} from './audit-report';
export type { Progress } from './event-pass';
export type { Finding, FindingDetail } from './finding';
export type { AuditRule } from './rules/audit-rules';
export { AUDIT_RULES } from './rules/audit-rules';

// What the registers themselves say.
export type { Ledger, LedgerFailure, LedgerHead } from './ledger/ledger';
export type { LedgerDocument, LedgerItem, LedgerReceipt } from './ledger/ledger-document';
export { LedgerDocumentCodec, ledgerDocumentOf } from './ledger/ledger-document';
export type { HttpLedgerOptions, LedgerRequest, LedgerResponse } from './ledger/http-ledger';
export { httpLedger } from './ledger/http-ledger';

// Checkpoints that are kept elsewhere.
export type { Checkpoint, CheckpointSource, NotACheckpoint } from './checkpoint/checkpoint';
export { checkpointOf, checkpointText, readCheckpoint } from './checkpoint/checkpoint';
export type { CheckpointComparison } from './checkpoint/compare-with-checkpoint';
export { compareWithCheckpoint } from './checkpoint/compare-with-checkpoint';

// Replay and time travel.
export type { Replay, ReplayFailure, ReplayPoint, ReplayedState } from './replay/replay-stream';
export { replayStream } from './replay/replay-stream';
export type { TimelineEntry } from './replay/timeline';
export type { EventFacts } from './replay/event-facts';
export type { EventWords, KassaEvent } from './replay/event-words';
export { EVENT_WORDS } from './replay/event-words';
export type { DriveState, FiscalState, FiscalStateOptions, OpenShiftState } from './replay/fiscal-state';
export { fiscalStateAt } from './replay/fiscal-state';

// Export.
export type { ExportItem } from './export/export-events';
export { exportEvents } from './export/export-events';
export type { NoProof, Proof, ProofFailure } from './export/proof';
export { proofOf, verifyProof } from './export/proof';
