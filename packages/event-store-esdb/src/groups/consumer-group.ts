import type { StoredEvent } from '@cloud-kassa/event-store';
import type { TaskEither } from 'fp-ts/TaskEither';

/**
 * A group of consumers that share the events of some streams: each event is handed to one of them, at least once, and not in any
 * order. For work of users; what needs order or timers follows `subscribeAll` instead.
 *
 * What a group selects can not be changed once it is there. Another selection is another version, which begins anew.
 */
export interface ConsumerGroup {
  /** Latin letters, digits, `_` and `-`, at most 60. */
  readonly name: string;
  /** An integer from 1 on. */
  readonly version: number;
  /** Streams whose names begin with one of these. At least one. */
  readonly prefixes: ReadonlyArray<string>;
  /** Where a group begins that is not there yet. Default `start`. */
  readonly from?: 'start' | 'end';
}

/** Handed out for the how many-th time, 1 for the first. */
export interface Delivery {
  readonly attempt: number;
}

export interface Consumption {
  /**
   * Does the work for one event and has it durable when it answers `Right`. It must be harmless when it is done twice. `Left`, a
   * rejection or no answer within `handling` is a failure: the event comes again after a pause, and is parked in the end. What is
   * in `Left` is not looked at.
   */
  readonly handle: (event: StoredEvent, delivery: Delivery) => TaskEither<unknown, void>;
  /** Ends the consumption. Events that are being handled are finished first. */
  readonly signal: AbortSignal;
  /** Events that are handled at the same time. Default 1. One that waits for its next try keeps its place. */
  readonly sideBySide?: number;
  /** After so many failures an event is parked. Default 5. */
  readonly attempts?: number;
  /** Milliseconds before the second try, doubled for each further one, with jitter. Default 1,000. */
  readonly firstPause?: number;
  /** Milliseconds that handling may take. Default 30,000. */
  readonly handling?: number;
}

export interface GroupState {
  /** Events that are parked. They wait for `replayParked`. */
  readonly parked: number;
  /** Events that were handed out and not answered yet. */
  readonly outstanding: number;
  readonly consumers: number;
}

export interface ParkedEvent {
  /** Absent where it can not be read as an event of this library, or is gone. */
  readonly event?: StoredEvent;
  readonly reason?: string;
}

const NAME = /^[A-Za-z0-9_-]{1,60}$/;

/** What is wrong with a group; nothing if it can be used. */
export const wrongGroup = ({ name, version, prefixes }: ConsumerGroup): string | undefined => {
  if (!NAME.test(name)) return 'a group is named by 1 to 60 Latin letters, digits, _ and -';
  if (!(Number.isSafeInteger(version) && version >= 1)) return 'a version is an integer from 1 on';
  return prefixes.length === 0 || prefixes.includes('')
    ? 'a group selects streams by their beginnings'
    : undefined;
};
