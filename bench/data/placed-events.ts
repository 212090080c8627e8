import type { PlacedEvent } from '../fill-store-file';
import type { RecordedAppend } from './recording-store';

/** The events of appends where they belong. */
export function* placedEvents(appends: Iterable<RecordedAppend>): Generator<PlacedEvent> {
  for (const { stream, expected, events } of appends) {
    let revision = expected === 'no-stream' ? 0 : expected + 1;
    for (const event of events) {
      yield { stream, revision, event };
      revision += 1;
    }
  }
}

/**
 * The appends of many receipts as a busy day leaves them: so many receipts are under way at the same time, each moved on by one append
 * in its turn.
 */
export function* interleaved(
  receipts: ReadonlyArray<ReadonlyArray<RecordedAppend>>,
  together: number,
): Generator<RecordedAppend> {
  for (let from = 0; from < receipts.length; from += together) {
    const some = receipts.slice(from, from + together);
    const longest = Math.max(...some.map(({ length }) => length));
    for (let step = 0; step < longest; step += 1) {
      for (const receipt of some) {
        const append = receipt[step];
        if (append !== undefined) yield append;
      }
    }
  }
}
