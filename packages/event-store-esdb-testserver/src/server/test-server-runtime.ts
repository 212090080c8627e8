/**
 * What the server needs of the outside world. `systemRuntime()` of `@cloud-kassa/runtime` fits, and so does a seeded one whose
 * time somebody drives.
 */
export interface TestServerRuntime {
  /** UTC, ISO 8601: the moment that events are stored with, and that deadlines of clients are compared with. */
  readonly wall: () => string;
  /** Milliseconds since an arbitrary moment; never goes back. Time-outs of messages use it. */
  readonly monotonic: () => number;
  /** Resolves after so many milliseconds, or when the signal is aborted. Time-outs of persistent subscriptions use it. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  readonly ids: {
    /** A new UUID. */
    readonly next: () => string;
  };
}
