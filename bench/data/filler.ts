import { CHAIN_START, chainHash } from '@cloud-kassa/event-store';
import { receiptIdOf, receiptStream } from '@cloud-kassa/core';
import type { PlacedEvent } from '../fill-store-file';
import { ORGANISATION } from './history';
import type { RecordedAppend } from './recording-store';

/**
 * Receipts that only fill a store: copies of a few under ids of their own, with chains that hold. Their buyers do not open, since what
 * is sealed is bound to its stream, and nobody reads them.
 */
export function* filler(
  templates: ReadonlyArray<ReadonlyArray<RecordedAppend>>,
  count: number,
): Generator<ReadonlyArray<PlacedEvent>> {
  for (let number = 0; number < count; number += 1) {
    const template = templates[number % templates.length] ?? [];
    const [old = ''] = template.map(({ stream }) => stream);
    const source = { document: `filler-${number}`, settlementId: 'payment' };
    const stream = receiptStream(receiptIdOf(ORGANISATION, source));
    const [oldId, newId] = [old, stream].map((name) => name.slice(receiptStream('').length));
    let previous = CHAIN_START.hash;
    yield template
      .flatMap(({ events }) => events)
      .map((event, revision) => {
        const canonicalText = (event.canonicalText ?? '').replaceAll(oldId ?? '', newId ?? '');
        previous = chainHash(previous, canonicalText);
        return { stream, revision, event: { ...event, canonicalText, hash: previous } };
      });
  }
}
