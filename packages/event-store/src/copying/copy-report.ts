import type { KeyRingError } from '../key-ring';
import type { Position, StoreError } from '../store';

/** One of the two stores of a copy. */
export type CopySide = 'from' | 'to';

/**
 * Where a copy stands: `looking` reads what the target has, `copying` reads the source and writes, `verifying` reads what was written.
 * `events` counts those that were read in this step.
 */
export interface CopyProgress {
  readonly step: 'looking' | 'copying' | 'verifying';
  readonly events: number;
  /** Of the events that the target lacked: those that are written. */
  readonly copied: number;
}

/** What a copy came to. Every event of both stores was read and its chain verified, and the ends of all chains were compared. */
export interface CopyReport {
  /** Streams and events of the source up to the head it had at the start. */
  readonly streams: number;
  readonly events: number;
  /** Of the events: the target did not have them when it was looked through. */
  readonly copied: number;
  /** Keys of persons that went along, erased ones included. */
  readonly keys: number;
  /** The head of the source at the start; absent where it was empty. */
  readonly head?: Position;
  /** Events that were written to the source meanwhile and are not copied: copy again. */
  readonly movedOn: number;
  /** Streams that go on in the target behind what the source has of them: somebody works there already. */
  readonly ahead: number;
  /** Streams that only the target has. */
  readonly others: number;
}

/** The keys of persons were not carried from one ring to the other. */
export interface KeysFailed {
  readonly _tag: 'KeysFailed';
  readonly side: CopySide;
  readonly error: KeyRingError;
}

/**
 * Why a copy ended before its end. What was copied until then is whole and stays; the copy may be repeated.
 *
 * - `StoreFailed`: one of the stores does not answer, does not take an event, or has an event whose chain is broken (`Corrupt`). What is
 *   behind a broken event is not copied.
 * - `KeysFailed`: one of the key rings does not answer. No event was written by this run.
 * - `Diverged`: the target has another event at this revision; nothing of the stream was written by this run.
 * - `Lost`: the target does not have what it had, or what it has acknowledged.
 * - `Interrupted`: by the signal, between two appends.
 */
export type CopyError =
  | KeysFailed
  | {
      readonly _tag: 'StoreFailed';
      readonly side: CopySide;
      readonly error: StoreError;
      /** Where it was to write. */
      readonly stream?: string;
      readonly revision?: number;
    }
  | { readonly _tag: 'Diverged'; readonly stream: string; readonly revision: number }
  | { readonly _tag: 'Lost'; readonly stream: string; readonly revision: number }
  | { readonly _tag: 'Interrupted'; readonly copied: number };
