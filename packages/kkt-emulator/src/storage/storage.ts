import type * as E from 'fp-ts/Either';

/**
 * When an answer may leave: `fsync` when everything it rests on has reached the disk (survives a power cut), `flush` when the operating
 * system has it (survives the death of the process), `none` at once (what was not written yet is lost).
 */
export type Durability = 'none' | 'flush' | 'fsync';

/** Why stored state could not be read or written. `file` is a name without its directory, `line` counts from 1. */
export type StorageFailure =
  /** Another living process holds the directory. */
  | { readonly _tag: 'StorageInUse'; readonly pid: number }
  /** A line does not match its checksum though others follow it; 0: the whole file is missing. */
  | { readonly _tag: 'StorageCorrupt'; readonly file: string; readonly line: number }
  /** The operating system refused. */
  | { readonly _tag: 'StorageFailed'; readonly step: string; readonly code: string };

/** What was stored: the lines of the last whole snapshot and the calls made since. */
export interface Stored {
  readonly snapshot: ReadonlyArray<string>;
  readonly calls: ReadonlyArray<string>;
}

/**
 * Keeps the calls made to an emulator. Lines are JSON texts without line feeds; their order is the order of `append`.
 * After the first failure nothing more is written, and every `settled` answers with it.
 */
export interface EmulatorStorage {
  readonly open: () => Promise<E.Either<StorageFailure, Stored>>;
  /** Takes a call to be written; returns at once. */
  readonly append: (line: string) => void;
  /** Resolves when every call appended so far is as safe as it has to be. */
  readonly settled: () => Promise<E.Either<StorageFailure, void>>;
  /** Calls appended from now on follow this snapshot, which replaces all before it once it is whole. The lines are drawn slowly. */
  readonly compact: (snapshot: Iterable<string>) => Promise<E.Either<StorageFailure, void>>;
  /** Calls that would be read before the emulator is as it was. */
  readonly callsSinceSnapshot: () => number;
  /** Writes what is left and gives the place free. */
  readonly close: () => Promise<void>;
}
