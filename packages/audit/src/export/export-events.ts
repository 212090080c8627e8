import type { EventStore, StoreError } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import { envelopeLine } from './envelope-line';

/** What an export hands out: text of whole lines, or, as the last item, why there is no more. */
export type ExportItem =
  | { readonly _tag: 'Lines'; readonly text: string; readonly events: number }
  | { readonly _tag: 'Failed'; readonly error: StoreError };

/**
 * The events of one stream, or of all streams in commit order, as NDJSON: one envelope a line, as stored. Persons stay sealed, so whoever was
 * erased stays erased in every export. Nothing is verified here; a line tells all that is needed to do so.
 */
export async function* exportEvents(
  store: EventStore,
  { stream }: { readonly stream?: string } = {},
): AsyncGenerator<ExportItem> {
  const items = stream === undefined ? store.readAll() : store.readStream(stream);
  for await (const item of items) {
    if (item._tag === 'CaughtUp') continue;
    if (item._tag === 'Failed') {
      yield item;
      return;
    }
    let text = '';
    for (const event of item.events) {
      const line = envelopeLine(event);
      if (E.isLeft(line)) {
        if (text !== '') yield { _tag: 'Lines', text, events: text.split('\n').length - 1 };
        const { stream: name, revision } = event;
        const why = `the event has no canonical text: ${line.left}`;
        yield { _tag: 'Failed', error: { _tag: 'Corrupt', stream: name, revision, why } };
        return;
      }
      text += `${line.right}\n`;
    }
    yield { _tag: 'Lines', text, events: item.events.length };
  }
}
