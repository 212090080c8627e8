import type { Refusal } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import type * as TE from 'fp-ts/TaskEither';
import type { ImportRefusal } from './import-rules';
import { refuse } from './import-rules';
import type { LineReader } from './line-reader';
import type { Line } from './reading/lines';
import { MAX_LINE_BYTES, linesOf } from './reading/lines';
import { readJsonLine } from './reading/read-json-line';
import type { RegistrationOrder } from './registration-order';

/** What registration says to an order. `Failed` says nothing about the order: the store or something else is not there. */
export type RegistrationAnswer =
  | { readonly _tag: 'Registered'; readonly receiptId: string }
  /** The same settlement was registered before, with the same content. */
  | { readonly _tag: 'Known'; readonly receiptId: string }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }
  | { readonly _tag: 'Failed'; readonly code: string };

/** Registers one settlement. Never rejects. Registering the same settlement again changes nothing. */
export type RegisterSettlement = (order: RegistrationOrder) => Promise<RegistrationAnswer>;

/** A line that made no receipt: its number, the field and the rule. Never the value. */
export interface RefusedLine extends Refusal {
  readonly line: number;
}

export interface ImportProgress {
  /** Bytes of the file whose lines are done. */
  readonly bytes: number;
  /** Lines that are done, empty ones not counted. */
  readonly lines: number;
}

export interface ImportOptions {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly read: LineReader;
  readonly register: RegisterSettlement;
  /** Called in the order of the lines. */
  readonly onRefused?: (refused: RefusedLine) => void;
  /** Called after every line; how often it is shown is up to the caller. */
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Bytes of the longest line that is read; 1 MiB unless said. */
  readonly longestLine?: number;
  /** How many registrations may be under way at once; 32 unless said. */
  readonly inFlight?: number;
  /** Stops the import between two lines. What was begun is finished. */
  readonly signal?: AbortSignal;
}

/** What became of the lines of a file. */
export interface ImportReport extends ImportProgress {
  readonly registered: number;
  readonly known: number;
  /** Lines that made no receipt, by rule. */
  readonly refused: Readonly<Record<string, number>>;
  /** The import was stopped before the end of the file. */
  readonly interrupted: boolean;
}

/** Why an import ended early. What was registered stays; the same file may be imported again. */
export interface ImportFailure {
  readonly _tag: 'FileUnreadable' | 'RegistrationFailed';
  /** Code of the operating system (`ENOENT`) or of what failed. */
  readonly code: string;
  readonly report: ImportReport;
}

const IN_FLIGHT = 32;

/** A line that was passed on and what was answered; an empty line has no answer. */
interface Done {
  readonly line: Line;
  readonly answer?: RegistrationAnswer;
}

const codeOf = (error: unknown): string => {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
};

/** The next line, nothing at the end, or the code of the error that ended the stream. */
const nextOf = async (
  lines: AsyncGenerator<Line, void, undefined>,
): Promise<Line | { readonly unreadable: string } | undefined> => {
  try {
    const { value } = await lines.next();
    return value ?? undefined;
  } catch (error) {
    return { unreadable: codeOf(error) };
  }
};

const orderIn = (line: Line, read: LineReader): E.Either<ImportRefusal, RegistrationOrder> => {
  if (line.text === undefined) return E.left(refuse(line.rule ?? 'line-not-utf8'));
  const json = readJsonLine(line.text);
  return E.isLeft(json) ? json : read(json.right, line.number);
};

const refused = (refusal: Refusal): RegistrationAnswer => ({ _tag: 'Refused', refusal });

const namesEarlier = ({ parents = [], offsets = [] }: RegistrationOrder): boolean =>
  parents.length + offsets.length > 0;

const isBlank = ({ text }: Line): boolean => text !== undefined && text.trim() === '';

/**
 * Imports a file of receipts: reads it line by line, makes an order of each line and registers it. A line that makes no receipt is told
 * with its number, field and rule, and the import goes on. Memory stays flat whatever the size of the file.
 *
 * Lines are registered side by side but told in their order. A line that names an earlier receipt (a refund, an offset, a correction)
 * waits for all lines before it, so that a file may hold a sale and, below it, its refund. Empty lines are passed over.
 *
 * `Left` only when the file can not be read on or registration itself fails; the report then says how far it came. Importing a file again
 * registers nothing twice.
 */
export const importReceipts =
  (options: ImportOptions): TE.TaskEither<ImportFailure, ImportReport> =>
  async () => {
    const { chunks, read, register, onRefused, onProgress, signal } = options;
    const { longestLine = MAX_LINE_BYTES, inFlight = IN_FLIGHT } = options;
    const counts: Record<string, number> = {};
    let registered = 0;
    let known = 0;
    let lines = 0;
    let bytes = 0;
    let interrupted = false;
    let failed: string | undefined;
    const underWay: Array<Promise<Done>> = [];

    const report = (): ImportReport => ({
      bytes,
      lines,
      registered,
      known,
      refused: { ...counts },
      interrupted,
    });

    const tell = ({ line, answer }: Done): void => {
      if (answer?._tag === 'Failed') failed ??= answer.code;
      // Behind a failure nothing is counted as done: lines are done in their order.
      if (failed !== undefined) return;
      bytes = line.bytes;
      if (answer === undefined) return;
      lines += 1;
      if (answer._tag === 'Registered') registered += 1;
      else if (answer._tag === 'Known') known += 1;
      else if (answer._tag === 'Refused') {
        const { rule } = answer.refusal;
        counts[rule] = (counts[rule] ?? 0) + 1;
        onRefused?.({ ...answer.refusal, line: line.number });
      }
      onProgress?.({ bytes, lines });
    };

    /** Waits until at most so many are under way. */
    const settle = async (most: number): Promise<void> => {
      while (underWay.length > most) {
        const first = underWay.shift();
        if (first !== undefined) tell(await first);
      }
    };

    const begin = async (line: Line): Promise<void> => {
      if (isBlank(line)) {
        underWay.push(Promise.resolve({ line }));
        return;
      }
      const order = orderIn(line, read);
      if (E.isLeft(order)) {
        underWay.push(Promise.resolve({ line, answer: refused(order.left) }));
        return;
      }
      if (namesEarlier(order.right)) await settle(0);
      if (failed !== undefined) return;
      underWay.push(register(order.right).then((answer) => ({ line, answer })));
    };

    const iterator = linesOf(chunks, longestLine);
    for (;;) {
      const next = await nextOf(iterator);
      if (next === undefined) break;
      if ('unreadable' in next) {
        await settle(0);
        return E.left({ _tag: 'FileUnreadable', code: next.unreadable, report: report() });
      }
      interrupted = signal?.aborted ?? false;
      if (interrupted || failed !== undefined) break;
      await begin(next);
      await settle(inFlight - 1);
    }
    // Ends the stream behind the lines if it was left early.
    await iterator.return();
    await settle(0);
    return failed === undefined
      ? E.right(report())
      : E.left({ _tag: 'RegistrationFailed', code: failed, report: report() });
  };
