import type { TaskEither } from 'fp-ts/TaskEither';
import type { AppendedEvent, StoredEvent } from './envelope';

/**
 * The revision a stream must have for an append to be accepted: that of its last event (the first event has revision 0), or
 * `no-stream` where it must not exist yet. There is no "any": every append of an aggregate is conditional.
 */
export type Expected = 'no-stream' | number;

/** A place in the commit order of one store. Opaque; comparable only by the store that gave it. */
export type Position = string;

/** The events are durable. `revision` is that of the last of them. A repeated append gives the answer of the first. */
export interface Appended {
  readonly _tag: 'Appended';
  readonly revision: number;
  readonly position: Position;
}

/** The stream is not where the caller thought. An ordinary answer: read the tail and decide again. */
export interface Conflict {
  readonly _tag: 'Conflict';
  readonly actual: Expected;
}

/**
 * Why a store could not answer. None of the texts carries data of an event.
 *
 * - `Unavailable`: certainly nothing was written; try again later.
 * - `OutcomeUnknown`: an append may or may not have been written. The same events at the same revision may be appended again.
 * - `Rejected`: the store will never take this append as it is (`rule` says why: too large, bad id, bad name, deleted stream).
 * - `Corrupt`: what is stored can not be read back as it was written.
 */
export type StoreError =
  | { readonly _tag: 'Unavailable'; readonly why: string; readonly full?: boolean }
  | { readonly _tag: 'OutcomeUnknown'; readonly why: string }
  | { readonly _tag: 'Rejected'; readonly rule: RejectedRule; readonly why: string }
  | { readonly _tag: 'Corrupt'; readonly stream: string; readonly revision?: number; readonly why: string };

export type RejectedRule =
  | 'stream-name'
  | 'event-id'
  | 'event-type'
  | 'empty'
  | 'too-large'
  | 'revision'
  | 'position'
  | 'stream-gone'
  | 'access'
  | 'closed';

/**
 * What a read or a subscription hands out. Events come in pages so that long reads cost one step per page, not per event.
 * `CaughtUp` is given by subscriptions each time the head was reached, with the position to resume from; it is also given when
 * nothing matched the filter, so that a checkpoint moves on sparse streams. `Failed` is always the last item.
 */
export type ReadItem =
  | { readonly _tag: 'Events'; readonly events: ReadonlyArray<StoredEvent> }
  | { readonly _tag: 'CaughtUp'; readonly position: Position }
  | { readonly _tag: 'Failed'; readonly error: StoreError };

export interface ReadStreamOptions {
  /** First revision to give, inclusive. Default: the first event forwards, the last one backwards. */
  readonly from?: number;
  readonly direction?: 'forwards' | 'backwards';
  /** At most so many events; 0 gives none. */
  readonly limit?: number;
}

export interface ReadAllOptions {
  /** Events after this position, exclusive. Default: from the start. */
  readonly after?: Position;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
  readonly filter?: StreamFilter;
}

/** Streams whose names begin with one of the prefixes. An empty list matches nothing; no filter matches all. */
export interface StreamFilter {
  readonly prefixes: ReadonlyArray<string>;
}

export interface SubscribeOptions {
  /** Resume after this position, exclusive. Default: from the start. */
  readonly after?: Position;
  readonly filter?: StreamFilter;
  /** Ends the subscription: the iterable finishes normally. */
  readonly signal?: AbortSignal;
}

/** Where events are kept. Implementations pass `@cloud-kassa/event-store/conformance`. */
export interface EventStore {
  /**
   * Appends all events or none. Two first writers of a stream never both win. Repeating an append with the same events at the same
   * expected revision answers as the first time and writes nothing, also after a restart.
   *
   * The same events are those with the same ids **and hashes**: another process that handles the same command makes the same ids,
   * but other bytes. For it the answer is `Conflict`, or it would take its own hash for the end of the chain.
   *
   * An id stands in a stream once: where the stream is at the expected revision and has the id already, the answer is `Rejected`
   * with rule `event-id`. A store that would have to read the stream for it leaves it out: those who append know the commands of
   * their stream (`capabilities.seesKnownIds` of the conformance suite).
   */
  readonly append: (
    stream: string,
    expected: Expected,
    events: ReadonlyArray<AppendedEvent>,
  ) => TaskEither<StoreError, Appended | Conflict>;
  /** The events of one stream. A stream that does not exist gives none. */
  readonly readStream: (stream: string, options?: ReadStreamOptions) => AsyncIterable<ReadItem>;
  /** The events of all streams in commit order, up to the head at the time of the call. */
  readonly readAll: (options?: ReadAllOptions) => AsyncIterable<ReadItem>;
  /** The events of all streams in commit order, then those to come, without gap and without repetition. */
  readonly subscribeAll: (options?: SubscribeOptions) => AsyncIterable<ReadItem>;
  /** The position of the last committed event, or `undefined` in an empty store. */
  readonly head: () => TaskEither<StoreError, Position | undefined>;
  /** -1, 0 or 1; `undefined` where a text is no position of this store. */
  readonly comparePositions: (a: Position, b: Position) => -1 | 0 | 1 | undefined;
  /** Ends all subscriptions and releases what is held. Later calls answer `Rejected` with rule `closed`. */
  readonly close: () => Promise<void>;
}
