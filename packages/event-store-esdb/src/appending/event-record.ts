import { canonicalJson, type Json } from '@cloud-kassa/core';
import type { AppendedEvent, Metadata, StoredEvent, StoreError } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { EsdbRecord, NewRecord } from '../connection/record';
import { positionOf } from '../position';
import { recordId } from './record-id';

/**
 * An event as it is sent, with the bytes of its data and metadata. The system projections of EventStoreDB look for `$correlationId`
 * and `$causationId`, so the two stand under these names; the hash is taken over the names of the envelope.
 *
 * `Left` names the rule of canonical JSON that the data break: they could not be read back as they were.
 */
export const recordOfEvent = (
  event: AppendedEvent,
): Either<string, { readonly record: NewRecord; readonly bytes: number }> => {
  const text = canonicalJson(event.data);
  if (E.isLeft(text)) return E.left(text.left.rule);
  const { correlationId, causationId, commandId, commandHash, actor, organisation, at } = event.metadata;
  const kept = JSON.stringify({
    $correlationId: correlationId,
    $causationId: causationId,
    actor,
    at,
    commandHash,
    commandId,
    eventId: event.eventId,
    hash: event.hash,
    organisation,
    version: event.version,
  });
  const data: Json = JSON.parse(text.right);
  // The client sends bytes as they are, if they are of this very class. What is a value it takes on three detours to its bytes.
  const metadata = new Uint8Array(Buffer.from(kept, 'utf8'));
  const bytes = Buffer.byteLength(text.right) + metadata.length;
  return E.right({ record: { id: recordId(event), type: event.type, data, metadata }, bytes });
};

/** Why a record is no event of this library: someone else wrote it, or it is not as it was written. */
export type NotAnEvent = 'foreign' | StoreError;

/** An event as it was appended. @param stream its stream, without the namespace. */
export const eventOfRecord = (stream: string, record: EsdbRecord): Either<NotAnEvent, StoredEvent> => {
  const { revision, type, metadata: kept, place } = record;
  if (!isRecord(kept) || !('hash' in kept && 'commandId' in kept && 'eventId' in kept))
    return E.left('foreign');
  const corrupt = (why: string): Either<NotAnEvent, never> =>
    E.left({ _tag: 'Corrupt', stream, revision, why });
  if (!isKept(kept)) return corrupt('the metadata are not those of an event');
  if (!record.isJson) return corrupt('the data are not JSON');
  if (place === undefined) return corrupt('the server does not tell the position');
  const { eventId, version, hash, commandId, commandHash, actor, organisation, at } = kept;
  const metadata: Metadata = {
    correlationId: kept.$correlationId,
    causationId: kept.$causationId,
    commandId,
    commandHash,
    actor,
    organisation,
    at,
  };
  // What was parsed as JSON is JSON; what is not canonical in it is shown by the hash.
  const data = record.data as Json;
  return E.right({
    stream,
    revision,
    position: positionOf(place),
    eventId,
    type,
    version,
    data,
    metadata,
    hash,
  });
};

interface Kept extends Omit<Metadata, 'correlationId' | 'causationId'> {
  readonly $correlationId: string;
  readonly $causationId: string;
  readonly eventId: string;
  readonly hash: string;
  readonly version: number;
}

// Written out: this is done for every event that is ever read.
const isKept = (kept: Readonly<Record<string, unknown>>): kept is Readonly<Record<string, unknown>> & Kept =>
  typeof kept['$correlationId'] === 'string' &&
  typeof kept['$causationId'] === 'string' &&
  typeof kept['commandId'] === 'string' &&
  typeof kept['commandHash'] === 'string' &&
  typeof kept['actor'] === 'string' &&
  typeof kept['organisation'] === 'string' &&
  typeof kept['at'] === 'string' &&
  typeof kept['eventId'] === 'string' &&
  typeof kept['hash'] === 'string' &&
  typeof kept['version'] === 'number';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
