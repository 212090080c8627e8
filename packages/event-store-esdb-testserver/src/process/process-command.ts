import * as E from 'fp-ts/Either';
import type { FaultRule } from '../faults/fault-rule';
import type { EsdbTestServerOptions } from '../server/start-server';

/** What a process of its own is started with, as JSON. `origin` is a decimal text there. */
export type ProcessOptions = Omit<EsdbTestServerOptions, 'runtime' | 'origin'> & { readonly origin?: string };

/** What the process is told, one JSON object on each line of its input. The end of the input closes it. */
export type ProcessCommand =
  | { readonly do: 'set-fault'; readonly name: string; readonly rule: FaultRule }
  | { readonly do: 'release-fault'; readonly name: string }
  | { readonly do: 'clear-faults' }
  | { readonly do: 'drop-connections' }
  | { readonly do: 'skew-clock'; readonly milliseconds: number }
  | { readonly do: 'close' };

/** What the process tells, one JSON object on each line of its output. */
export type ProcessReport =
  | {
      readonly is: 'listening';
      readonly host: string;
      readonly port: number;
      readonly connectionString: string;
    }
  | { readonly is: 'not-started'; readonly reason: string; readonly code: string }
  | { readonly is: 'done'; readonly command: ProcessCommand['do'] }
  | { readonly is: 'refused'; readonly line: number }
  /** The fault of this name has struck so many calls. */
  | { readonly is: 'struck'; readonly name: string; readonly count: number };

const COMMANDS: ReadonlyArray<string> = [
  'set-fault',
  'release-fault',
  'clear-faults',
  'drop-connections',
  'skew-clock',
  'close',
] satisfies ReadonlyArray<ProcessCommand['do']>;

/** Reads a command. Only its name is looked at: the writer is a test with the types above. */
export const readCommand = (line: string): E.Either<'not-a-command', ProcessCommand> => {
  const parsed = E.tryCatch(
    (): unknown => JSON.parse(line),
    () => 'not-a-command' as const,
  );
  if (E.isLeft(parsed)) return parsed;
  const value = parsed.right;
  return typeof value === 'object' && value !== null && 'do' in value && COMMANDS.includes(String(value.do))
    ? E.right(value as ProcessCommand)
    : E.left('not-a-command');
};
