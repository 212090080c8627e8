import type { Drain } from './drain';
import type { LogLevel, Random, Runtime } from './runtime';
import type { WallClock } from './wall-clock';

export interface Scheduled {
  readonly cancel: () => void;
}

/** A line that a seeded runtime logged. */
export interface LogEntry {
  readonly runtime: string;
  readonly at: string;
  readonly level: LogLevel;
  readonly message: string;
  readonly fields?: Readonly<Record<string, string | number | boolean>>;
}

export interface KernelOptions {
  /** What wall clocks without skew show at virtual time 0. UTC, ISO 8601. Default `2026-01-01T00:00:00.000Z`. */
  readonly start?: string;
  readonly log?: (entry: LogEntry) => void;
}

export interface RunOptions {
  /**
   * A virtual time: every event up to it, itself included, is run, and the time then is at least this. Or a predicate, asked
   * before every event. Default: until nothing is scheduled.
   */
  readonly until?: number | (() => boolean);
  /** Default `portable`. */
  readonly drain?: Drain;
  /** Called after every event, when its promises have run dry. What it throws ends the run. */
  readonly afterStep?: () => void;
}

export interface RunEnd {
  /** `idle`: nothing is scheduled any more. */
  readonly reason: 'idle' | 'until';
  /** Events that were run. */
  readonly events: number;
}

/**
 * Virtual time and everything that happens in it. One event is taken at a time, in the order of time and of scheduling, and all
 * promises run dry before the next: the same seed gives the same course, bit for bit.
 */
export interface Kernel {
  /** Virtual milliseconds since the start. */
  readonly now: () => number;
  /** Runs `run` after so many virtual milliseconds; less than 0 or not a number is 0. */
  readonly schedule: (milliseconds: number, run: () => void) => Scheduled;
  readonly run: (options?: RunOptions) => Promise<RunEnd>;
  /** Runs until the promise that `work` makes is settled and gives its outcome. Rejects when nothing can settle it any more. */
  readonly complete: <A>(work: () => Promise<A>, options?: Omit<RunOptions, 'until'>) => Promise<A>;
  /** The outside world of one simulated process. Its numbers depend on the seed, on its label and on how often that was used. */
  readonly runtime: (options: SeededRuntimeOptions) => SeededRuntime;
  /** For the driver itself. */
  readonly random: Random;
}

export interface SeededRuntimeOptions {
  /** The name of the simulated process. A restarted one may carry the same name. */
  readonly label: string;
  /** How far its wall clock is ahead of the kernel's. */
  readonly wallSkewMs?: number;
}

/** The outside world of one simulated process, with what a driver needs to hurt it. */
export interface SeededRuntime extends Runtime {
  readonly label: string;
  readonly kernel: Kernel;
  /** The wall clock of this process; the monotonic one keeps to virtual time. */
  readonly clock: WallClock;
  /** As the kernel's, for this process: nothing of it is run after a crash. */
  readonly schedule: (milliseconds: number, run: () => void) => Scheduled;
  /** The same outcome while the process lives, and none ever after its crash. For answers that come from outside of it. */
  readonly mortal: <A>(promise: Promise<A>) => Promise<A>;
  /** Ends the process as kill −9 does: what it waits for never comes, no `finally` is run. */
  readonly crash: () => void;
  readonly crashed: () => boolean;
  /** Stops the process as a suspended machine does: what comes due waits until it resumes. Clocks go on. */
  readonly suspend: () => void;
  readonly resume: () => void;
}
