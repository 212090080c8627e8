import {
  canonicalEventText,
  CHAIN_START,
  chainHash,
  eventIdOf,
  type AppendedEvent,
  type ChainHead,
} from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';

export interface Batch {
  readonly events: ReadonlyArray<AppendedEvent>;
  /** Where the stream's chain ends when they are appended. */
  readonly head: ChainHead;
}

export interface BatchOptions {
  /** Batches of one label have the same ids in the same stream. */
  readonly label: string;
  readonly after?: ChainHead;
  readonly size?: number;
  /** Length of a text in the data. */
  readonly padding?: number;
}

/** Events that continue the chain of a stream. */
export const batch = (
  stream: string,
  { label, after = CHAIN_START, size = 1, padding = 0 }: BatchOptions,
): Batch => {
  const events: AppendedEvent[] = [];
  let head = after;
  for (let index = 0; index < size; index += 1) {
    const event = {
      eventId: eventIdOf(stream, label, index),
      type: 'sample.Happened',
      version: 1,
      data: { index, label, padding: 'x'.repeat(padding) },
      metadata: {
        actor: 'test',
        at: '2026-01-01T00:00:00.000Z',
        causationId: label,
        commandHash: '0'.repeat(64),
        commandId: label,
        correlationId: label,
        organisation: '-',
      },
    };
    const revision = head.revision + 1;
    const text = canonicalEventText(stream, revision, event);
    if (E.isLeft(text)) throw new Error(text.left.rule);
    head = { revision, hash: chainHash(head.hash, text.right) };
    events.push({ ...event, hash: head.hash, canonicalText: text.right });
  }
  return { events, head };
};
