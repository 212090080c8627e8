import type { LocalDate } from '@cloud-kassa/ffd';

/** One line of a mapping: a code of the format, what the protocol calls it, and the settlement dates for which it holds. */
export interface CodeRow<Code, Wire> {
  readonly code: Code;
  readonly wire: Wire;
  /** First and last day, `YYYY-MM-DD`. */
  readonly validFrom?: string;
  readonly validTo?: string;
  /** Not documented; taken by analogy. */
  readonly unconfirmed?: true;
}

export type CodeTable<Code, Wire> = ReadonlyArray<CodeRow<Code, Wire>>;

/** The row for a code on a day; `undefined` where the protocol has no word for it. */
export const rowOf = <Code, Wire>(
  table: CodeTable<Code, Wire>,
  code: Code,
  on: LocalDate,
): CodeRow<Code, Wire> | undefined =>
  table.find(
    (row) =>
      row.code === code &&
      (row.validFrom === undefined || row.validFrom <= on) &&
      (row.validTo === undefined || on <= row.validTo),
  );
