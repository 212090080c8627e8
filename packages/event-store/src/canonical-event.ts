import { canonicalJson, type NotCanonical } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { AppendedEvent, Metadata } from './envelope';

type Envelope = Pick<AppendedEvent, 'eventId' | 'type' | 'version' | 'metadata'>;

const HEAD = '{"data":';

/** The canonical text of an event in its place, made from the canonical text of its data. The keys are in sorted order. */
export const eventText = (stream: string, revision: number, event: Envelope, dataText: string): string =>
  `${HEAD}${dataText}${tail(stream, revision, event)}`;

/** The canonical text of an event in its place, made from the parsed value. */
export const canonicalEventText = (
  stream: string,
  revision: number,
  event: Envelope & Pick<AppendedEvent, 'data'>,
): Either<NotCanonical, string> =>
  E.map((dataText: string) => eventText(stream, revision, event, dataText))(canonicalJson(event.data));

/** Does this text speak of the same event in the same place? The data between are not compared. */
export const textBelongs = (text: string, stream: string, revision: number, event: Envelope): boolean =>
  text.startsWith(HEAD) && text.endsWith(tail(stream, revision, event));

const tail = (stream: string, revision: number, { eventId, type, version, metadata }: Envelope): string =>
  `,"eventId":${quoted(eventId)},"metadata":${metadataText(metadata)},"revision":${revision},"stream":${quoted(stream)},"type":${quoted(type)},"version":${version}}`;

// Only the fields of ours: what an adapter adds for its own store lies outside the hash.
const metadataText = (metadata: Metadata): string =>
  `{"actor":${quoted(metadata.actor)},"at":${quoted(metadata.at)},"causationId":${quoted(metadata.causationId)},` +
  `"commandHash":${quoted(metadata.commandHash)},"commandId":${quoted(metadata.commandId)},` +
  `"correlationId":${quoted(metadata.correlationId)},"organisation":${quoted(metadata.organisation)}}`;

const quoted = (text: string): string => JSON.stringify(text);
