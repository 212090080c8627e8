/** The figures that the goals speak of. */
export const FIGURES = [
  'endToEndReceiptsPerSecond',
  'appendRatioToRaw',
  'warmCommandRatioToEmmett',
  'replayRatioToLimit',
  'replayEventsPerSecond',
  'catchUpEventsPerSecond',
  'commandCostRatioLargeToSmall',
] as const;

export type Figure = (typeof FIGURES)[number];

/** One line of the table for people. */
export interface Line {
  readonly what: string;
  readonly ours: string;
  /** What it is measured against, in the same run. */
  readonly against?: string;
  readonly ratio?: string;
  readonly goal?: string;
}

/** What one measure found. */
export interface Report {
  readonly figures: Readonly<Partial<Record<Figure, number>>>;
  readonly lines: ReadonlyArray<Line>;
}
