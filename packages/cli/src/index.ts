export { run } from './run';
export type { InputStream, OutputStream, Terminal } from './terminal';
export { COMMANDS } from './commands/command-table';
export type { ArgumentSpec, CommandSpec, Given, OptionSpec } from './command/command-spec';
export { EXIT_CODES, type ExitCode } from './command/exit-code';
export { GLOBAL_OPTIONS } from './command/global-options';

// For documentation: what is imported, by which rules, and what is not taken.
export {
  DOCUMENT_EXAMPLE,
  DOCUMENT_FIELDS,
  EXTRACT_EXAMPLE,
  EXTRACT_FIELDS,
  IMPORT_RULES,
} from './receipts-import';
export type { FieldRow } from './receipts-import';
export { WRONG_INPUTS } from './wrong-inputs/wrong-inputs';
export type { WrongInput, WrongKind } from './wrong-inputs/wrong-input';
