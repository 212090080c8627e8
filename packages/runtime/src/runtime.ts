/**
 * The outside world as a parameter. Everything that is not a pure function of its arguments takes a `Runtime`; nothing else
 * reads a clock, sleeps, makes an id, draws a random number or writes a log. That is what makes the whole system runnable
 * under a virtual clock and a seed.
 */
export interface Runtime {
  /** The wall clock: UTC, ISO 8601 with milliseconds and `Z`. It may jump; deadlines and policy dates use it. */
  readonly wall: () => string;
  /** Milliseconds since an arbitrary moment; never goes back. Leases and time-outs use it. */
  readonly monotonic: () => number;
  /** Resolves after `milliseconds` of monotonic time, or at once when the signal is aborted. Never rejects. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  readonly ids: Ids;
  readonly random: Random;
  /** So many bytes fit for keys and nonces. Predictable only in a simulation. */
  readonly entropy: (length: number) => Uint8Array;
  readonly log: Log;
}

export interface Ids {
  /** A new UUID v7, lowercase. */
  readonly next: () => string;
}

/** A source of random numbers that can be divided, so that one more draw in one place does not shift all the others. */
export interface Random {
  /** 0 <= x < 1. */
  readonly next: () => number;
  /** 0 <= n < below, an integer. */
  readonly integer: (below: number) => number;
  /** An independent source named `label`. */
  readonly split: (label: string) => Random;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** A log line: a fixed English message and fields. Fields never carry contacts, names or secrets. */
export interface Log {
  readonly write: (
    level: LogLevel,
    message: string,
    fields?: Readonly<Record<string, string | number | boolean>>,
  ) => void;
}
