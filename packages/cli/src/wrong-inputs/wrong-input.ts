import type { ExitCode } from '../command/exit-code';

/** What is wrong. */
export type WrongKind =
  | 'command'
  | 'file'
  | 'basket'
  | 'amount'
  | 'contact'
  | 'date'
  | 'identity'
  | 'connection'
  | 'store'
  | 'line';

/**
 * A call of the command with something wrong in it, and what it gets. It is made in a store with the device `main` of 7707083893, its register
 * `till-1`, and the payment `order-1` of 4900 roubles, which came as the settlement `sbp-1`. Nothing is written by it.
 */
export interface WrongInput {
  readonly kind: WrongKind;
  readonly what: string;
  /** The call without the leading `cloud-kassa`; `FILE` stands for a file with the content. */
  readonly call: string;
  readonly file?: string | Uint8Array;
  readonly exit: ExitCode;
  /** As `--json` tells them. */
  readonly rule: string;
  readonly field: string;
  /** What stands on the error output. */
  readonly message: string;
}

export type WrongRow = readonly [
  what: string,
  call: string,
  exit: ExitCode,
  rule: string,
  field: string,
  message: string,
  file?: string,
];

export const rowsOf = (kind: WrongKind, rows: ReadonlyArray<WrongRow>): ReadonlyArray<WrongInput> =>
  rows.map(([what, call, exit, rule, field, message, file]) => ({
    kind,
    what,
    call,
    exit,
    rule,
    field,
    message,
    ...(file === undefined ? {} : { file }),
  }));

/** The words of a call; what stands between single quotation marks is one word. */
export const wordsOf = (call: string): ReadonlyArray<string> =>
  (call.match(/'[^']*'|\S+/g) ?? []).map((word) => (word.startsWith("'") ? word.slice(1, -1) : word));
