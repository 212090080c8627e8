import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Json } from '@cloud-kassa/core';
import { canonicalJson } from '@cloud-kassa/core';
import { recordCodec } from '@cloud-kassa/ffd';
import type { StoredEvent } from '@cloud-kassa/event-store';

/**
 * A stored event as one line of canonical JSON: stream, revision, position, event id, type, version, data as they lie in the store (persons
 * sealed), metadata and hash. The hash can be computed from the line and the one before it.
 */
export const envelopeLine = (event: StoredEvent): E.Either<string, string> => {
  const { stream, revision, position, eventId, type, version, data, metadata, hash } = event;
  const { correlationId, causationId, commandId, commandHash, actor, organisation, at } = metadata;
  const ours = { correlationId, causationId, commandId, commandHash, actor, organisation, at };
  return E.mapLeft(({ rule }: { readonly rule: string }) => rule)(
    canonicalJson({ stream, revision, position, eventId, type, version, data, metadata: ours, hash }),
  );
};

const MetadataCodec = recordCodec('Metadata', {
  correlationId: t.string,
  causationId: t.string,
  commandId: t.string,
  commandHash: t.string,
  actor: t.string,
  organisation: t.string,
  at: t.string,
});

const EnvelopeCodec = recordCodec('Envelope', {
  stream: t.string,
  revision: t.number,
  position: t.string,
  eventId: t.string,
  type: t.string,
  version: t.number,
  data: t.unknown,
  metadata: MetadataCodec,
  hash: t.string,
});

/** Reads what {@link envelopeLine} wrote; `undefined` where a line is none. */
export const eventOfLine = (line: string): StoredEvent | undefined => {
  const parsed = E.tryCatch(
    () => JSON.parse(line) as unknown,
    () => undefined,
  );
  if (E.isLeft(parsed) || !EnvelopeCodec.is(parsed.right)) return undefined;
  const { data, ...envelope } = parsed.right;
  // What was parsed as JSON is JSON; what is not canonical in it has no hash.
  return { ...envelope, data: data as Json };
};
