import type { Json } from '@cloud-kassa/core';
import type { EventStore, ReadItem, StoredEvent } from '@cloud-kassa/event-store';
import { CHAIN_START, canonicalEventText, chainHash, eventIdOf, memoryStore } from '@cloud-kassa/event-store';
import * as TE from 'fp-ts/TaskEither';
import { right } from './shop.testing';

/** All events of a store, free to be changed: whoever can write to the file can do this. */
export type Events = ReadonlyArray<StoredEvent>;

/** A store that has exactly these events, whatever they are. It takes none. */
export const storeWith = (events: Events, pageSize = 64): EventStore => {
  const like = memoryStore();
  const pages = async function* (given: Events): AsyncGenerator<ReadItem> {
    for (let from = 0; from < given.length; from += pageSize)
      yield { _tag: 'Events', events: given.slice(from, from + pageSize) };
  };
  return {
    ...like,
    append: () => TE.left({ _tag: 'Unavailable', why: 'read only' }),
    head: () => TE.right(events.at(-1)?.position),
    readAll: () => pages(events),
    readStream: (stream, { limit } = {}) =>
      pages(events.filter((event) => event.stream === stream).slice(0, limit)),
  };
};

/** The events with one of them changed, its hash left as it was. */
export const changed = (
  events: Events,
  which: (event: StoredEvent) => boolean,
  change: (event: StoredEvent) => StoredEvent,
): Events => {
  const at = events.findIndex(which);
  if (at < 0) throw new Error('no such event');
  return events.map((event, index) => (index === at ? change(event) : event));
};

export const isOf =
  (stream: string, type?: string) =>
  (event: StoredEvent): boolean =>
    event.stream === stream && (type === undefined || event.type === type);

/** The texts go: a store may keep none. */
export const withoutText = ({ canonicalText: _text, ...event }: StoredEvent): StoredEvent => event;

/** The chains made anew, as somebody would who knows how: revisions without gaps, right hashes, positions in order. */
export const rechained = (events: Events): Events => {
  const heads = new Map<string, { readonly revision: number; readonly hash: string }>();
  return events.map((event, index) => {
    const { stream } = event;
    const head = heads.get(stream) ?? CHAIN_START;
    const revision = head.revision + 1;
    const canonicalText = right(canonicalEventText(stream, revision, event));
    const hash = chainHash(head.hash, canonicalText);
    heads.set(stream, { revision, hash });
    return { ...event, revision, hash, canonicalText, position: String(index + 1) };
  });
};

/** Another event in the place of one, of a command of its own. */
export const eventLike = (
  like: StoredEvent,
  type: string,
  data: Json,
  commandId = `forged ${type}`,
): StoredEvent => ({
  ...withoutText(like),
  eventId: eventIdOf(like.stream, commandId, 0),
  type,
  version: 1,
  data,
  metadata: { ...like.metadata, commandId, causationId: commandId },
});

/** The data of an event with some of its fields changed. */
export const withData =
  (change: Readonly<Record<string, Json>>) =>
  (event: StoredEvent): StoredEvent => {
    const data = JSON.parse(JSON.stringify(event.data)) as Readonly<Record<string, Json>>;
    return withoutText({ ...event, data: { ...data, ...change } });
  };

/** The events without some, with others behind one, or with one changed; the chains made anew. */
export const rewritten = (events: Events, edit: (events: Events) => Events): Events =>
  rechained(edit(events));

/** Puts events behind the first one that fits. */
export const insertedAfter = (
  events: Events,
  which: (event: StoredEvent) => boolean,
  make: (event: StoredEvent) => ReadonlyArray<StoredEvent>,
): Events => {
  const at = events.findIndex(which);
  const found = events[at];
  if (found === undefined) throw new Error('no such event');
  return [...events.slice(0, at + 1), ...make(found), ...events.slice(at + 1)];
};
