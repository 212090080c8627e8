import type { ReceiptContent, ReceiptEvent } from '@cloud-kassa/core';
import { RECEIPT_EVENTS, receiptStream } from '@cloud-kassa/core';
import type { ChainHead, EventStore, KeyRingError, StoreError, StoredEvent } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import { FORGETFUL_KEY_RING, readingCodec } from '../reading-codec';

const codec = readingCodec(RECEIPT_EVENTS, FORGETFUL_KEY_RING);

/** An event of a receipt that was read once more. */
export interface ReceiptRead {
  readonly event: ReceiptEvent;
  readonly stored: StoredEvent;
}

/**
 * Reads the stream of one receipt once more, persons left closed, up to where the audit has read it. `undefined` where an event is not
 * readable: it was found before.
 */
export const readReceipt = async (
  store: EventStore,
  receiptId: string,
  heads: ReadonlyMap<string, ChainHead>,
): Promise<E.Either<StoreError | KeyRingError, ReadonlyArray<ReceiptRead> | undefined>> => {
  const stream = receiptStream(receiptId);
  const end = heads.get(stream)?.revision ?? -1;
  const events: ReceiptRead[] = [];
  for await (const item of store.readStream(stream, { limit: end + 1 })) {
    if (item._tag === 'Failed') return E.left(item.error);
    if (item._tag === 'CaughtUp') continue;
    const page = await codec.read(item.events)();
    if (E.isLeft(page)) return page;
    for (const read of page.right) {
      if (E.isLeft(read)) return E.right(undefined);
      events.push(read.right);
    }
  }
  return E.right(events);
};

/** The content that an event gives the receipt, if it gives one. */
export const contentIn = ({ data }: ReceiptEvent): ReceiptContent | undefined =>
  'content' in data ? data.content : undefined;
