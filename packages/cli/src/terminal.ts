/** A stream that is written to: a terminal, a pipe, or what a test puts in its place. */
export type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
};

/** Where a person's answers come from. */
export type InputStream = NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };

/** The world of one call. */
export interface Terminal {
  readonly arguments: ReadonlyArray<string>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Data, and nothing else. */
  readonly out: OutputStream;
  /** Everything that is no data. */
  readonly error: OutputStream;
  /** Absent: nobody is there to answer questions. */
  readonly input?: InputStream;
  /** Ctrl-C, or the process was asked to end. */
  readonly signal: AbortSignal;
}
