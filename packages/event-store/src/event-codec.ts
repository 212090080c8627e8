import {
  canonicalJson,
  type EventDefinition,
  type EventFamily,
  type Json,
  type Tagged,
} from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import type { Either } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { eventText } from './canonical-event';
import { chainHash, type ChainHead } from './chain';
import { errorPath, where, type DecodeFailure } from './decode-failure';
import type { AppendedEvent, Metadata, StoredEvent } from './envelope';
import { eventIdOf } from './event-id';
import type { DataKey, KeyRing, KeyRingError } from './key-ring';
import { open as openSealed, personLeftOpen, personsToSeal, seal, sealsIn } from './sealing';
import { noteWritten } from './written-place';

/** An event as the aggregate knows it, in its newest version, and how it lies in the store. */
export interface Decoded<Event> {
  readonly event: Event;
  readonly stored: StoredEvent;
}

/** A decided event that must not be stored, because it could not be read back or would show a person. A fault of the decider. */
export interface NotStorable {
  readonly _tag: 'NotStorable';
  readonly type: string;
  readonly path: string;
  readonly rule: string;
}

export interface Writing {
  readonly stream: string;
  /** The last event of the stream; the first new one comes after it. */
  readonly after: ChainHead;
  readonly metadata: Metadata;
}

export interface Written<Event> {
  /** What goes to the store, as often as needed: a repeated append must carry the same bytes. */
  readonly appended: ReadonlyArray<AppendedEvent>;
  /** The events as they will be read back. */
  readonly events: ReadonlyArray<Event>;
  readonly head: ChainHead;
}

/** The one way from stored events to those of an aggregate and back: for commands, projections, audit and tools alike. */
export interface EventCodec<Event extends Tagged> {
  /**
   * Reads a page: choose the codec by type and version, open what is sealed, decode, lift to the newest version. Each event has
   * its own answer. `Left` only when the key ring does not answer. The chain is not looked at here (see `verifyNext`).
   */
  readonly read: (
    page: ReadonlyArray<StoredEvent>,
  ) => TaskEither<KeyRingError, ReadonlyArray<Either<DecodeFailure, Decoded<Event>>>>;
  /** Makes decided events into stored ones: checked by the newest codec, sealed, canonical, chained. */
  readonly write: (
    writing: Writing,
    events: ReadonlyArray<Event>,
  ) => TaskEither<KeyRingError | NotStorable, Written<Event>>;
}

export interface EventCodecOptions<Event extends Tagged> {
  readonly family: EventFamily<Event>;
  readonly keyRing: KeyRing;
  readonly entropy: (length: number) => Uint8Array;
}

/**
 * Reads a page without asking for a key: every person reads as erased, be the key there or not. What is made from such events (read
 * models, exports) can not hold a person's data, and needs no change when a person is erased.
 */
export type ImpersonalReader<Event extends Tagged> = (
  page: ReadonlyArray<StoredEvent>,
) => ReadonlyArray<Either<DecodeFailure, Decoded<Event>>>;

/** @throws TypeError where a version of an event has no way to the newest one. */
export const createImpersonalReader = <Event extends Tagged>(
  family: EventFamily<Event>,
): ImpersonalReader<Event> => {
  const definitions = definitionsOf(family);
  return (page) => {
    const keys = new Map(kidsIn(page, definitions).map((kid) => [kid, 'erased' as const]));
    return page.map((stored) => decode<Event>(definitions, stored, keys));
  };
};

export const createEventCodec = <Event extends Tagged>(
  options: EventCodecOptions<Event>,
): EventCodec<Event> => {
  const { keyRing, entropy } = options;
  const definitions = definitionsOf(options.family);

  const read: EventCodec<Event>['read'] = (page) => async () => {
    const kids = kidsIn(page, definitions);
    const keys = kids.length === 0 ? NO_KEYS : await keyRing.find([...new Set(kids)])();
    return E.isLeft(keys)
      ? keys
      : E.right(page.map((stored) => decode<Event>(definitions, stored, keys.right)));
  };

  const keysToSeal = async (
    events: ReadonlyArray<Event>,
  ): Promise<Either<KeyRingError, ReadonlyMap<string, DataKey>>> => {
    const keyIds = events.flatMap(({ type, data }) =>
      personsToSeal(data, definitions.get(type)?.sealed ?? []),
    );
    const keys = new Map<string, DataKey>();
    for (const keyId of new Set(keyIds)) {
      const key = await keyRing.keyFor(keyId)();
      if (E.isLeft(key)) return key;
      keys.set(keyId, key.right);
    }
    return E.right(keys);
  };

  const write: EventCodec<Event>['write'] = (writing, events) => async () => {
    const keys = await keysToSeal(events);
    if (E.isLeft(keys)) return keys;
    const { stream, metadata } = writing;
    const appended: AppendedEvent[] = [];
    const readBack: Event[] = [];
    let head = writing.after;
    for (const [index, { type, data }] of events.entries()) {
      const notStorable = ({ path, rule }: { readonly path: string; readonly rule: string }) =>
        E.left<NotStorable>({ _tag: 'NotStorable', type, path, rule });
      const definition = definitions.get(type);
      if (definition === undefined) return notStorable({ path: '', rule: 'unknown-type' });
      const version = definition.versions.length;
      const encoded = newest(definition).codec.encode(data);
      const decoded = lifted(definition, version, encoded);
      if (E.isLeft(decoded)) return notStorable(decoded.left);
      const eventId = eventIdOf(stream, metadata.commandId, index);
      const sealed = seal(encoded, definition.sealed, { stream, eventId }, keys.right, entropy);
      if (E.isLeft(sealed)) return notStorable(sealed.left);
      const dataText = canonicalJson(sealed.right);
      if (E.isLeft(dataText)) return notStorable(dataText.left);
      const leftOpen = dataText.right.includes('"person":') ? personLeftOpen(sealed.right) : undefined;
      if (leftOpen !== undefined) return notStorable({ path: leftOpen, rule: 'person-open' });
      const revision = head.revision + 1;
      const envelope = { eventId, type, version, metadata };
      const canonicalText = eventText(stream, revision, envelope, dataText.right);
      const hash = chainHash(head.hash, canonicalText);
      // What has a canonical text is JSON.
      const event = { ...envelope, data: sealed.right as Json, hash, canonicalText };
      appended.push(noteWritten(event, stream, revision));
      readBack.push({ type, data: decoded.right } as Event);
      head = { revision, hash };
    }
    return E.right({ appended, events: readBack, head });
  };

  return { read, write };
};

type Opening = ReadonlyMap<string, DataKey | 'erased'>;
type Definitions = ReadonlyMap<string, EventDefinition>;

const definitionsOf = <Event extends Tagged>(family: EventFamily<Event>): Definitions => {
  const definitions = new Map<string, EventDefinition>(Object.entries(family.definitions));
  for (const [type, { versions }] of definitions) {
    if (versions.slice(0, -1).some((version) => version.upcast === undefined)) {
      throw new TypeError(`A version of ${type} that is not the newest has no way to the next one.`);
    }
  }
  return definitions;
};

/** The names of the keys that open a page. */
const kidsIn = (page: ReadonlyArray<StoredEvent>, definitions: Definitions): ReadonlyArray<string> =>
  page.flatMap(({ type, data }) => sealsIn(data, definitions.get(type)?.sealed ?? []));

const decode = <Event extends Tagged>(
  definitions: Definitions,
  stored: StoredEvent,
  keys: Opening,
): Either<DecodeFailure, Decoded<Event>> => {
  const definition = definitions.get(stored.type);
  if (definition === undefined) return E.left({ _tag: 'UnknownType', ...where(stored) });
  const newestKnown = definition.versions.length;
  if (stored.version > newestKnown) {
    return E.left({ _tag: 'NewerVersion', ...where(stored), version: stored.version, newestKnown });
  }
  const opened =
    definition.sealed.length === 0
      ? E.right(stored.data)
      : openSealed(stored.data, definition.sealed, stored, keys);
  if (E.isLeft(opened)) return E.left({ _tag: 'Undecodable', ...where(stored), ...opened.left });
  const data = lifted(definition, stored.version, opened.right);
  return E.isLeft(data)
    ? E.left({ _tag: 'Undecodable', ...where(stored), ...data.left })
    : // The definition under this type decoded these data; that is what the family promises about its event.
      E.right({ event: { type: stored.type, data: data.right } as Event, stored });
};

const NO_KEYS: Either<KeyRingError, Opening> = E.right(new Map<string, DataKey>());

const newest = ({ versions }: EventDefinition): EventDefinition['versions'][number] =>
  versions.at(-1) ?? versions[0];

/** Data of one version as data of the newest. */
const lifted = (
  { versions }: EventDefinition,
  version: number,
  data: unknown,
): Either<{ readonly path: string; readonly rule: string }, unknown> => {
  const own = versions[version - 1];
  if (own === undefined) return E.left({ path: '', rule: 'version' });
  const decoded = own.codec.decode(data);
  if (E.isLeft(decoded)) return E.left({ path: errorPath(decoded.left), rule: 'codec' });
  let lift = decoded.right;
  for (let at = version; at < versions.length; at += 1) lift = versions[at - 1]?.upcast?.(lift);
  return E.right(lift);
};
