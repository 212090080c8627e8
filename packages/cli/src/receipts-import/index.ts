// Importing a file of receipts.
export type {
  ImportFailure,
  ImportReport,
  RefusedLine,
  RegisterSettlement,
  RegistrationAnswer,
} from './import-receipts';
export { importReceipts } from './import-receipts';
export type { RegistrationOrder } from './registration-order';
export { refundOfOrder } from './refund-of-order';
export { IMPORT_RULES } from './import-rules';
export { sha256Of } from './reading/file-digest';

// The two formats.
export type { LineReader } from './line-reader';
export type { FieldRow } from './fields/field';
export { documentsReader } from './documents/read-document';
export { DOCUMENT_FIELDS } from './documents/document-fields';
export type { ExtractOptions } from './fns-extract/extract-options';
export { fnsExtractReader } from './fns-extract/read-extract';
export { EXTRACT_FIELDS } from './fns-extract/extract-fields';

// For documentation: a line of each format, and lines that are not taken.
export { DOCUMENT_EXAMPLE, EXTRACT_EXAMPLE, WRONG_LINES } from './wrong-lines';
