import type { StoredEvent } from '@cloud-kassa/event-store';

/** One event of one store, told from all others. */
export interface EventMark {
  readonly stream: string;
  readonly revision: number;
  /** Taken over the event and all that stood before it in its stream. */
  readonly hash: string;
}

/**
 * The last event of a log up to some position, as far as one knows: `unknown` where a read model was made by a version of the library
 * that did not keep it; `undefined` where there was none.
 */
export type LastEvent = EventMark | 'unknown' | undefined;

export const markOf = ({ stream, revision, hash }: StoredEvent): EventMark => ({ stream, revision, hash });

/** Whether two may speak of the same event. What is unknown may be any. */
export const agree = (a: LastEvent, b: LastEvent): boolean => {
  if (a === 'unknown' || b === 'unknown') return true;
  if (a === undefined || b === undefined) return a === b;
  return a.stream === b.stream && a.revision === b.revision && a.hash === b.hash;
};
