// Importing a file of receipts.
export type {
  ImportFailure,
  ImportOptions,
  ImportProgress,
  ImportReport,
  RefusedLine,
  RegisterSettlement,
  RegistrationAnswer,
} from './import-receipts';
export { importReceipts } from './import-receipts';
export type { Offset, RegistrationOrder, SettlementDraft } from './registration-order';
export type { OrderedRefund } from './refund-of-order';
export { refundOfOrder } from './refund-of-order';
export type { ImportRefusal, ImportRule } from './import-rules';
export { IMPORT_RULES } from './import-rules';
export { MAX_LINE_BYTES } from './reading/lines';
export { sha256Of } from './reading/file-digest';

// The two formats.
export type { LineReader } from './line-reader';
export type { FieldRow } from './fields/field';
export type { IdentityOptions } from './identity';
export type { DocumentsOptions } from './documents/read-document';
export { documentsReader } from './documents/read-document';
export { DOCUMENT_FIELDS } from './documents/document-fields';
export type { ExtractOptions } from './fns-extract/extract-options';
export { fnsExtractReader } from './fns-extract/read-extract';
export { EXTRACT_FIELDS } from './fns-extract/extract-fields';

// For documentation: a line of each format, and lines that are not taken.
export type { WrongLine } from './wrong-lines';
export { DOCUMENT_EXAMPLE, EXTRACT_EXAMPLE, WRONG_LINES } from './wrong-lines';
