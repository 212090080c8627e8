export { run } from './run';
export type { InputStream, OutputStream, Terminal } from './terminal';
export { COMMANDS } from './commands/command-table';
export type { ArgumentSpec, CommandSpec, Given, OptionSpec } from './command/command-spec';
export { EXIT_CODES, type ExitCode } from './command/exit-code';
export { GLOBAL_OPTIONS } from './command/global-options';
