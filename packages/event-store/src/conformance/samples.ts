import type { Json } from '@cloud-kassa/core';
import { canonicalJson } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import { eventText } from '../canonical-event';
import { CHAIN_START, chainHash, type ChainHead } from '../chain';
import type { AppendedEvent, Metadata } from '../envelope';
import { eventIdOf } from '../event-id';

export interface Sample {
  readonly events: ReadonlyArray<AppendedEvent>;
  /** Where the stream's chain ends when they are appended. */
  readonly head: ChainHead;
}

export interface SampleOptions {
  /** Samples of one label have the same ids in the same stream. */
  readonly label: string;
  readonly after?: ChainHead;
  readonly size?: number;
  readonly data?: (index: number) => Json;
  readonly type?: string;
}

/** A well-chained batch for a stream. */
export const sample = (stream: string, options: SampleOptions): Sample => {
  const {
    label,
    after = CHAIN_START,
    size = 1,
    data = (index) => ({ label, index }),
    type = 'sample.Happened',
  } = options;
  const events: AppendedEvent[] = [];
  let head = after;
  for (let index = 0; index < size; index += 1) {
    const envelope = {
      eventId: eventIdOf(stream, label, index),
      type,
      version: 1,
      metadata: metadataOf(label),
    };
    const body = data(index);
    const dataText = E.getOrElse(() => '')(canonicalJson(body));
    const canonicalText = eventText(stream, head.revision + 1, envelope, dataText);
    head = { revision: head.revision + 1, hash: chainHash(head.hash, canonicalText) };
    events.push({ ...envelope, data: body, hash: head.hash, canonicalText });
  }
  return { events, head };
};

const metadataOf = (label: string): Metadata => ({
  actor: 'conformance',
  at: '2026-01-01T00:00:00.000Z',
  causationId: label,
  commandHash: '0'.repeat(64),
  commandId: label,
  correlationId: label,
  organisation: '-',
});
