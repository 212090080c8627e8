import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/Either';
import { firstRefusal } from '@cloud-kassa/ffd';
import { canonicalJson } from './canonical-json';
import { CLOUD_DEVICE, CLOUD_DEVICE_EVENTS } from './cloud-device';
import type { Decider, Tagged } from './decider';
import type { EventDefinition } from './event-family';
import { isErased } from './event-family';
import { PAYMENT, PAYMENT_EVENTS } from './payment';
import { RECEIPT, RECEIPT_EVENTS } from './receipt';
import { SHIFT, SHIFT_EVENTS } from './shift';

interface Aggregate {
  /** A part of an aggregate may keep the samples of its own events beside it. */
  readonly folders: ReadonlyArray<string>;
  readonly aggregate: string;
  readonly definitions: Readonly<Record<string, EventDefinition>>;
  readonly fold: (events: ReadonlyArray<unknown>) => unknown;
}

const fold =
  <C, S, Event extends Tagged, R>({ initial, evolve }: Decider<C, S, Event, R>) =>
  (events: ReadonlyArray<unknown>): unknown =>
    events.reduce((state: S, event) => evolve(state, event as Event), initial);

const AGGREGATES: ReadonlyArray<Aggregate> = [
  { folders: ['cloud-device'], ...CLOUD_DEVICE_EVENTS, fold: fold(CLOUD_DEVICE) },
  { folders: ['shift'], ...SHIFT_EVENTS, fold: fold(SHIFT) },
  { folders: ['payment'], ...PAYMENT_EVENTS, fold: fold(PAYMENT) },
  { folders: ['receipt', 'receipt/fence'], ...RECEIPT_EVENTS, fold: fold(RECEIPT) },
];

const fileOf = (type: string, version: number): string =>
  `${type.slice(type.indexOf('.') + 1)}.v${version}.json`;

const samplesIn = (folder: string): string => join(__dirname, folder, 'samples');

const read = (folders: ReadonlyArray<string>, file: string): unknown => {
  const paths = folders.map((folder) => join(samplesIn(folder), file));
  return JSON.parse(readFileSync(paths.find((path) => existsSync(path)) ?? file, 'utf8'));
};

const decode = ({ versions }: EventDefinition, version: number, data: unknown): unknown => {
  const codec = versions[version - 1]?.codec;
  if (codec === undefined) throw new Error('no such version');
  const decoded = codec.decode(data);
  if (E.isLeft(decoded)) throw new Error(JSON.stringify(firstRefusal(decoded.left)));
  return decoded.right;
};

/** Reads every version of every event and brings it up to the newest. */
const newest = (
  definition: EventDefinition,
  folders: Aggregate['folders'],
  type: string,
  version: number,
): Tagged => {
  const data = definition.versions
    .slice(version - 1)
    .reduce(
      (known: unknown, { upcast }) => (upcast === undefined ? known : upcast(known)),
      decode(definition, version, read(folders, fileOf(type, version))),
    );
  return { type, data: decode(definition, definition.versions.length, data) };
};

const at = (data: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce((value: unknown, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], data);

describe.each(AGGREGATES)(
  'stored events of $aggregate',
  ({ folders, aggregate, definitions, fold: foldAll }) => {
    const versions = Object.entries(definitions).flatMap(([type, definition]) =>
      definition.versions.map((_version, index) => ({ type, definition, version: index + 1 })),
    );

    it('are named after their aggregate', () => {
      for (const type of Object.keys(definitions))
        expect(type).toMatch(new RegExp(`^${aggregate}\\.[A-Z][A-Za-z]+$`));
    });

    it('have a sample of every version, and no other samples', () => {
      const files = versions.map(({ type, version }) => fileOf(type, version));
      expect(folders.flatMap((folder) => readdirSync(samplesIn(folder))).toSorted()).toEqual(
        files.toSorted(),
      );
    });

    it.each(versions)(
      '$type version $version decodes for ever, and is written back as it was',
      ({ type, definition, version }) => {
        const sample = read(folders, fileOf(type, version));
        const decoded = decode(definition, version, sample);
        expect(decoded).toEqual(sample);
        expect(definition.versions[version - 1]?.codec.encode(decoded)).toEqual(sample);
        expect(E.isRight(canonicalJson(sample))).toBe(true);
      },
    );

    it.each(versions)(
      '$type version $version keeps what a newer writer has added, and is refused without its time',
      ({ type, definition, version }) => {
        const sample = read(folders, fileOf(type, version)) as Readonly<Record<string, unknown>>;
        expect(decode(definition, version, { ...sample, addedLater: 1 })).toEqual({
          ...sample,
          addedLater: 1,
        });
        const { at: _at, ...timeless } = sample;
        expect(() => decode(definition, version, timeless)).toThrow('at');
      },
    );

    it.each(versions)('$type version $version is refused where a field is of another kind', (one) => {
      const sample = read(folders, fileOf(one.type, one.version)) as Readonly<Record<string, unknown>>;
      const taken = Object.keys(sample).filter((key) => {
        const decoded = one.definition.versions[one.version - 1]?.codec.decode({ ...sample, [key]: [null] });
        return decoded === undefined || E.isRight(decoded);
      });
      expect(taken).toEqual([]);
    });

    it('hold their buyers where the family says that they are sealed', () => {
      for (const { type, definition, version } of versions) {
        const { data } = newest(definition, folders, type, version);
        for (const path of definition.sealed)
          expect(at(data, path)).toEqual({
            keyId: expect.any(String) as string,
            person: expect.any(Object) as object,
          });
      }
    });

    it('no person stands anywhere else', () => {
      const persons = (value: unknown, path: string): ReadonlyArray<string> => {
        if (typeof value !== 'object' || value === null) return [];
        if ('person' in value && !isErased(value.person as object)) return [path];
        return Object.entries(value).flatMap(([key, inner]) =>
          persons(inner, path === '' ? key : `${path}.${key}`),
        );
      };
      for (const { type, definition, version } of versions)
        expect(definition.sealed).toEqual(
          expect.arrayContaining([...persons(read(folders, fileOf(type, version)), '')]),
        );
    });

    it('fold in any order', () => {
      const events = versions.map(({ type, definition, version }) =>
        newest(definition, folders, type, version),
      );
      for (let start = 0; start < events.length; start += 1)
        expect(() =>
          foldAll([...events.slice(start), ...events.slice(0, start), ...events.toReversed()]),
        ).not.toThrow();
    });
  },
);
