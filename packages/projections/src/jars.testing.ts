import type { EventFamily } from '@cloud-kassa/core';
import {
  canonicalEventText,
  CHAIN_START,
  chainHash,
  createEventCodec,
  eventIdOf,
  memoryKeyRing,
  memoryStore,
  type ChainHead,
  type EventStore,
  type Position,
  type StoredEvent,
} from '@cloud-kassa/event-store';
import { seededRuntime } from '@cloud-kassa/runtime';
import * as fc from 'fast-check';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import * as t from 'io-ts';
import { put, remove, UNCHANGED } from './change';
import { projection, type Projection } from './projection';
import { flag, integer, json, optional, table, text } from './table';

/** Jars that are filled and emptied: a small family of events to be projected. One of them holds a person. */
export type JarEvent =
  | { readonly type: 'jar.Filled'; readonly data: { readonly amount: number; readonly label: string } }
  | { readonly type: 'jar.Emptied'; readonly data: object }
  | { readonly type: 'jar.Broken'; readonly data: object }
  | { readonly type: 'jar.Cursed'; readonly data: { readonly amount: number } }
  | {
      readonly type: 'jar.Given';
      readonly data: { readonly to: { readonly keyId: string; readonly person: object } };
    };

const person = t.type({ keyId: t.string, person: t.UnknownRecord });

export const JAR_EVENTS: EventFamily<JarEvent> = {
  aggregate: 'jar',
  definitions: {
    'jar.Filled': { versions: [{ codec: t.type({ amount: t.Integer, label: t.string }) }], sealed: [] },
    'jar.Emptied': { versions: [{ codec: t.UnknownRecord }], sealed: [] },
    'jar.Broken': { versions: [{ codec: t.UnknownRecord }], sealed: [] },
    'jar.Cursed': { versions: [{ codec: t.type({ amount: t.Integer }) }], sealed: [] },
    'jar.Given': { versions: [{ codec: t.type({ to: person }) }], sealed: ['to'] },
  },
};

export const JARS = table({
  name: 'jars',
  columns: {
    jar: text(),
    amount: integer(),
    label: optional(text()),
    isEmpty: flag(),
    fillings: json<ReadonlyArray<number>>(),
    owner: optional(text()),
    people: optional(json<object>()),
  },
  key: ['jar'],
  indexes: [['amount'], ['label', 'amount']],
});

/** The jars of a label in the order in which they were filled last. */
export const SHELVES = table({
  name: 'shelves',
  columns: { label: text(), number: integer(), jar: text() },
  key: ['label', 'number'],
  indexes: [],
});

export const SHELF_LENGTHS = table({
  name: 'shelf_lengths',
  columns: { label: text(), length: integer() },
  key: ['label'],
  indexes: [],
});

const jarOf = ({ stream }: StoredEvent): string => stream.slice('jar-'.length);

export interface Behaviour {
  readonly version?: number;
  /** What this version of the code does about a curse. */
  readonly curse?: 'throws' | 'misfits' | 'counts';
}

/** Rows within streams. A curse can not be projected by a version that throws, or that makes a row which fits no table. */
export const jars = ({ version = 1, curse = 'throws' }: Behaviour = {}): Projection<JarEvent> =>
  projection<JarEvent>({
    name: 'jars',
    version,
    prefixes: ['jar-'],
    family: JAR_EVENTS,
    tables: [JARS],
    order: 'within-streams',
    project: ({ event, stored }, rows) => {
      const jar = jarOf(stored);
      const row = rows.get(JARS, { jar }) ?? { jar, amount: 0, isEmpty: true, fillings: [] };
      switch (event.type) {
        case 'jar.Filled': {
          const { amount, label } = event.data;
          const fillings = [...row.fillings, amount];
          return [put(JARS, { ...row, amount: row.amount + amount, label, isEmpty: false, fillings })];
        }
        case 'jar.Emptied':
          return [put(JARS, { ...row, amount: 0, isEmpty: true, label: undefined })];
        case 'jar.Broken':
          return [remove(JARS, { jar })];
        case 'jar.Given':
          return [put(JARS, { ...row, owner: event.data.to.keyId, people: event.data.to.person })];
        case 'jar.Cursed':
          if (curse === 'throws') throw new Error(`cursed by ${event.data.amount}`);
          return [put(JARS, { ...row, amount: curse === 'misfits' ? 0.5 : row.amount - event.data.amount })];
      }
    },
  });

/** Rows across streams: which jar stands where on a shelf depends on the order of all events. */
export const shelves = ({ version = 1, curse = 'throws' }: Behaviour = {}): Projection<JarEvent> =>
  projection<JarEvent>({
    name: 'shelves',
    version,
    prefixes: ['jar-'],
    family: JAR_EVENTS,
    tables: [SHELVES, SHELF_LENGTHS],
    order: 'across-streams',
    project: ({ event, stored }, rows) => {
      if (event.type === 'jar.Cursed' && curse === 'throws') throw new Error('cursed');
      if (event.type !== 'jar.Filled') return UNCHANGED;
      const { label } = event.data;
      const number = rows.get(SHELF_LENGTHS, { label })?.length ?? 0;
      return [
        put(SHELVES, { label, number, jar: jarOf(stored) }),
        put(SHELF_LENGTHS, { label, length: number + 1 }),
      ];
    },
  });

export const filled = (amount: number, label = 'jam'): JarEvent => ({
  type: 'jar.Filled',
  data: { amount, label },
});
export const emptied: JarEvent = { type: 'jar.Emptied', data: {} };
export const broken: JarEvent = { type: 'jar.Broken', data: {} };
export const cursed = (amount = 1): JarEvent => ({ type: 'jar.Cursed', data: { amount } });
export const given = (email: string): JarEvent => ({
  type: 'jar.Given',
  data: { to: { keyId: 'key-1', person: { email } } },
});

/** An event without a curse. */
export const lawful: fc.Arbitrary<JarEvent> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom('jam', 'honey', 'ёж'))
      .map(([amount, label]) => filled(amount, label)),
  },
  { weight: 1, arbitrary: fc.constantFrom(emptied, broken, given('somebody@example.org')) },
);

export const anyEvent: fc.Arbitrary<JarEvent> = fc.oneof(
  { weight: 9, arbitrary: lawful },
  { weight: 1, arbitrary: fc.constant(cursed()) },
);

/** Events of a few jars, in commit order. */
export const logOf = (event: fc.Arbitrary<JarEvent>, maxLength = 60) =>
  fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), event), { maxLength, size: 'max' });

const runtime = seededRuntime('jars');
export const keyRing = memoryKeyRing({ entropy: runtime.entropy, indexKey: new Uint8Array(32).fill(7) });
const codec = createEventCodec({ family: JAR_EVENTS, keyRing, entropy: runtime.entropy });

/** Writes events of jars to a store. */
export interface JarWriter {
  /** Answers with the position of the event. */
  readonly write: (jar: string, event: JarEvent) => Promise<Position>;
  /** Something that no codec of the family takes. */
  readonly writeRaw: (jar: string, type: string, data: object, version?: number) => Promise<Position>;
}

/** @param actor tells two histories apart: events of other actors are others, though the same happened. */
export const jarWriter = (store: EventStore, actor = 'test'): JarWriter => {
  const heads = new Map<string, ChainHead>();

  const metadataOf = (after: ChainHead) => {
    const commandId = `command-${after.revision + 1}`;
    return {
      actor,
      at: '2026-01-01T00:00:00.000Z',
      causationId: commandId,
      commandHash: '0'.repeat(64),
      commandId,
      correlationId: commandId,
      organisation: '-',
    };
  };

  const headOf = async (stream: string): Promise<ChainHead> => {
    const known = heads.get(stream);
    if (known !== undefined) return known;
    for await (const item of store.readStream(stream, { direction: 'backwards', limit: 1 }))
      if (item._tag === 'Events') return item.events[0] ?? CHAIN_START;
    return CHAIN_START;
  };

  const append = async (
    stream: string,
    after: ChainHead,
    events: Parameters<EventStore['append']>[2],
    head: ChainHead,
  ): Promise<Position> => {
    const expected = after.revision === -1 ? 'no-stream' : after.revision;
    const answer = await succeeded(store.append(stream, expected, events));
    if (answer._tag === 'Conflict') throw new Error(`conflict at ${stream}`);
    heads.set(stream, head);
    return answer.position;
  };

  return {
    write: async (jar, event) => {
      const stream = `jar-${jar}`;
      const after = await headOf(stream);
      const written = await succeeded(codec.write({ stream, after, metadata: metadataOf(after) }, [event]));
      return append(stream, after, written.appended, written.head);
    },
    writeRaw: async (jar, type, data, version = 1) => {
      const stream = `jar-${jar}`;
      const after = await headOf(stream);
      const metadata = metadataOf(after);
      const revision = after.revision + 1;
      const event = {
        eventId: eventIdOf(stream, metadata.commandId, 0),
        type,
        version,
        data: { ...data },
        metadata,
      };
      const canonicalText = right(canonicalEventText(stream, revision, event));
      const hash = chainHash(after.hash, canonicalText);
      return append(stream, after, [{ ...event, hash, canonicalText }], { revision, hash });
    },
  };
};

export const right = <A>(outcome: E.Either<unknown, A>): A => {
  if (E.isLeft(outcome)) throw new Error(`It failed: ${JSON.stringify(outcome.left)}`);
  return outcome.right;
};

/** The answer of a task that is to succeed. */
export const succeeded = async <A>(task: TaskEither<unknown, A>): Promise<A> => right(await task());

/** The first events of a store, as they are in a backup of it. */
export const copyOf = async (store: EventStore, count: number): Promise<EventStore> => {
  const copy = memoryStore();
  for (const event of (await eventsIn(store)).slice(0, count))
    await succeeded(
      copy.append(event.stream, event.revision === 0 ? 'no-stream' : event.revision - 1, [event]),
    );
  return copy;
};

/** All events of a store, in commit order. */
export const eventsIn = async (store: EventStore): Promise<ReadonlyArray<StoredEvent>> => {
  const events: StoredEvent[] = [];
  for await (const item of store.readAll()) if (item._tag === 'Events') events.push(...item.events);
  return events;
};
