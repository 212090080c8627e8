/** An event as it is kept on disk. */
export interface JournalRow {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly revision: bigint;
  /** Distances from the start of the log. */
  readonly commit: number;
  readonly prepare: number;
  /** Where the log goes on after it. */
  readonly end: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly frame: Uint8Array;
}

/** Where events outlive the process. */
export interface Journal {
  /** All of them or none; when this returns they outlive the process. */
  readonly write: (rows: ReadonlyArray<JournalRow>) => void;
  /** In the order of the log. */
  readonly rows: () => Iterable<JournalRow>;
  readonly close: () => void;
}

/** Nothing outlives the process. */
export const NO_JOURNAL: Journal = {
  write: () => undefined,
  rows: () => [],
  close: () => undefined,
};
