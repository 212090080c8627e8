import { hash } from 'node:crypto';
import { canonicalJson } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { canonicalEventText, eventText, textBelongs } from './canonical-event';
import type { StoredEvent } from './envelope';
import type { ReadItem, StoreError } from './store';

/** Up to where a stream's chain is known: the revision and the hash of the last event, −1 and 64 zeros before the first. */
export interface ChainHead {
  readonly revision: number;
  readonly hash: string;
}

export const CHAIN_START: ChainHead = { revision: -1, hash: '0'.repeat(64) };

/** Lowercase hex SHA-256 over the previous hash of the stream and the canonical text of the event. */
export const chainHash = (previous: string, canonicalText: string): string =>
  hash('sha256', previous + canonicalText);

/**
 * Checks that an event is the next of its stream: no revision is left out, the kept text (if any) speaks of this very event, and
 * the hash is that of the text after the previous hash. `Corrupt` names the revision where the chain breaks.
 */
export const verifyNext = (
  stream: string,
  head: ChainHead,
  event: StoredEvent,
): Either<StoreError, ChainHead> => {
  const revision = head.revision + 1;
  if (event.stream !== stream) return corrupt(stream, revision, 'an event of another stream stands here');
  if (event.revision !== revision) return corrupt(stream, revision, 'the event of this revision is missing');
  const text = event.canonicalText;
  if (text === undefined) {
    const made = canonicalEventText(stream, revision, event);
    if (E.isLeft(made)) return corrupt(stream, revision, `the data are not canonical: ${made.left.rule}`);
    return linked(stream, head, event, made.right);
  }
  if (!textBelongs(text, stream, revision, event))
    return corrupt(stream, revision, 'the kept text is of another event');
  return linked(stream, head, event, text);
};

const linked = (
  stream: string,
  head: ChainHead,
  event: StoredEvent,
  text: string,
): Either<StoreError, ChainHead> =>
  chainHash(head.hash, text) === event.hash
    ? E.right(event)
    : corrupt(
        stream,
        event.revision,
        'the hash does not follow from the event before and the text of this one',
      );

const corrupt = (stream: string, revision: number, why: string): Either<StoreError, never> =>
  E.left({ _tag: 'Corrupt', stream, revision, why });

/** As {@link verifyNext}; where the store keeps the text, the parsed data are compared with it too. */
export const verifyRead = (
  stream: string,
  head: ChainHead,
  event: StoredEvent,
): Either<StoreError, ChainHead> => {
  const next = verifyNext(stream, head, event);
  if (E.isLeft(next)) return next;
  const { revision, hash: reached } = next.right;
  return textSaysData(event)
    ? E.right({ revision, hash: reached })
    : corrupt(stream, revision, 'the data differ from the kept text');
};

/**
 * Verifies the chains of all streams in what was read (of one stream or of a whole store) and answers with the head of each.
 * `Left` is the first bad event, with stream and revision, or the failure of the read.
 *
 * Where the store keeps the text, the parsed data are compared with it too. A tail that was cut off, and a chain that was
 * rewritten from some event to its end, are found only by comparing the heads with ones that were kept elsewhere.
 *
 * @param heads where streams are known up to, when only what came later is read.
 */
export const verifyChain =
  (
    items: AsyncIterable<ReadItem>,
    heads: ReadonlyMap<string, ChainHead> = new Map(),
  ): TaskEither<StoreError, ReadonlyMap<string, ChainHead>> =>
  async () => {
    const verified = new Map(heads);
    for await (const item of items) {
      if (item._tag === 'Failed') return E.left(item.error);
      if (item._tag === 'CaughtUp') continue;
      for (const event of item.events) {
        const next = verifyRead(event.stream, verified.get(event.stream) ?? CHAIN_START, event);
        if (E.isLeft(next)) return next;
        verified.set(event.stream, next.right);
      }
    }
    return E.right(verified);
  };

const textSaysData = (event: StoredEvent): boolean => {
  if (event.canonicalText === undefined) return true;
  const data = canonicalJson(event.data);
  return (
    E.isRight(data) && event.canonicalText === eventText(event.stream, event.revision, event, data.right)
  );
};
