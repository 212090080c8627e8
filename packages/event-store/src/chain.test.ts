import * as fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { canonicalEventText } from './canonical-event';
import { CHAIN_START, chainHash, verifyChain, verifyNext } from './chain';
import { appended, everything } from './conformance/dealings';
import { sample } from './conformance/samples';
import type { StoredEvent } from './envelope';
import { memoryStore } from './memory-store';
import type { ReadItem } from './store';

/** Pages of two events, as a store would give them. */
async function* pagesOf(events: ReadonlyArray<StoredEvent>): AsyncGenerator<ReadItem> {
  for (let from = 0; from < events.length; from += 2)
    yield { _tag: 'Events', events: events.slice(from, from + 2) };
  yield { _tag: 'CaughtUp', position: '1' };
}

const verify = (events: ReadonlyArray<StoredEvent>) => verifyChain(pagesOf(events))();

const corruptAt = (stream: string, revision: number) =>
  E.left({ _tag: 'Corrupt', stream, revision, why: expect.any(String) });

const withoutText = (event: StoredEvent): StoredEvent => {
  const { canonicalText, ...rest } = event;
  expect(canonicalText).toBeDefined();
  return rest;
};

/** Six events of one stream, with the text kept or not. */
const six = async (keepsText: boolean): Promise<ReadonlyArray<StoredEvent>> => {
  const store = memoryStore();
  const { events } = sample('sample-a', {
    label: 'six',
    size: 6,
    data: (index) => ({ sum: index, note: `событие ${index}` }),
  });
  await appended(store, 'sample-a', 'no-stream', events);
  const stored = await everything(store);
  return keepsText ? stored : stored.map(withoutText);
};

const keeping = [true, false] as const;

describe('the hash chain of a stream', () => {
  it('is SHA-256 over the previous hash and the canonical text, from 64 zeros on', () => {
    const { events } = sample('sample-a', { label: 'one', data: () => 7 });
    const text =
      `{"data":7,"eventId":"${events[0]?.eventId}","metadata":{"actor":"conformance","at":"2026-01-01T00:00:00.000Z",` +
      `"causationId":"one","commandHash":"${'0'.repeat(64)}","commandId":"one","correlationId":"one","organisation":"-"},` +
      `"revision":0,"stream":"sample-a","type":"sample.Happened","version":1}`;
    expect(canonicalEventText('sample-a', 0, events[0] ?? never())).toEqual(E.right(text));
    // echo -n '<64 zeros><text>' | sha256sum
    expect(chainHash('0'.repeat(64), text)).toBe(
      '4cf18aa0e661548515e489824730e3762586960785a68b39385364621d9f62e5',
    );
    expect(events[0]?.hash).toBe('4cf18aa0e661548515e489824730e3762586960785a68b39385364621d9f62e5');
  });

  it.each(keeping)(
    'verifies over pages and streams, and answers with the head of each (text kept: %p)',
    async (keepsText) => {
      const events = await six(keepsText);
      const last = events[5] ?? never();
      const other = sample('sample-b', { label: 'b' });
      const stored = { ...(other.events[0] ?? never()), stream: 'sample-b', revision: 0, position: '7' };
      expect(await verify([...events.slice(0, 3), stored, ...events.slice(3)])).toEqual(
        E.right(
          new Map([
            ['sample-a', { revision: 5, hash: last.hash }],
            ['sample-b', other.head],
          ]),
        ),
      );
    },
  );

  it('goes on from heads that are known', async () => {
    const events = await six(true);
    const heads = new Map([['sample-a', { revision: 2, hash: events[2]?.hash ?? '' }]]);
    expect(await verifyChain(pagesOf(events.slice(3)), heads)()).toEqual(
      E.right(new Map([['sample-a', { revision: 5, hash: events[5]?.hash }]])),
    );
    expect(await verifyChain(pagesOf(events.slice(4)), heads)()).toEqual(corruptAt('sample-a', 3));
    expect(await verifyChain(pagesOf(events.slice(3)))()).toEqual(corruptAt('sample-a', 0));
  });

  it('hands on the failure of a read', async () => {
    const store = memoryStore();
    await store.close();
    expect(await verifyChain(store.readAll())()).toMatchObject(E.left({ _tag: 'Rejected', rule: 'closed' }));
  });

  it.each(keeping)('names the revision of a deleted event (text kept: %p)', async (keepsText) => {
    const events = await six(keepsText);
    for (let at = 0; at < 5; at += 1) {
      expect(await verify(events.toSpliced(at, 1))).toEqual(corruptAt('sample-a', at));
    }
  });

  it('does not see a tail that was cut off: only heads kept elsewhere tell', async () => {
    const events = await six(true);
    expect(E.isRight(await verify(events.slice(0, 4)))).toBe(true);
  });

  it.each(keeping)(
    'names the first of two swapped events, renumbered or not (text kept: %p)',
    async (keepsText) => {
      const events = await six(keepsText);
      for (let at = 0; at < 5; at += 1) {
        const [one, other] = [events[at] ?? never(), events[at + 1] ?? never()];
        expect(await verify(events.toSpliced(at, 2, other, one))).toEqual(corruptAt('sample-a', at));
        const renumbered = [
          { ...other, revision: at },
          { ...one, revision: at + 1 },
        ];
        expect(await verify(events.toSpliced(at, 2, ...renumbered))).toEqual(corruptAt('sample-a', at));
      }
    },
  );

  it.each(keeping)(
    'names an event that was put in, taken twice, or taken from another stream (text kept: %p)',
    async (keepsText) => {
      const events = await six(keepsText);
      const second = events[1] ?? never();
      expect(await verify(events.toSpliced(1, 0, second))).toEqual(corruptAt('sample-a', 2));
      expect(await verify([{ ...(events[0] ?? never()), stream: 'sample-b' }])).toEqual(
        corruptAt('sample-b', 0),
      );
      expect(verifyNext('sample-b', CHAIN_START, events[0] ?? never())).toEqual(corruptAt('sample-b', 0));
    },
  );

  it('names an event one byte of whose text was changed, whichever byte', async () => {
    const events = await six(true);
    await fc.assert(
      fc.asyncProperty(fc.nat(5), fc.nat(), fc.integer({ min: 1, max: 255 }), async (at, where, flip) => {
        const event = events[at] ?? never();
        const bytes = Buffer.from(event.canonicalText ?? '');
        bytes.writeUInt8(bytes.readUInt8(where % bytes.length) ^ flip, where % bytes.length);
        const edited = events.with(at, { ...event, canonicalText: bytes.toString() });
        expect(await verify(edited)).toEqual(corruptAt('sample-a', at));
      }),
    );
  });

  it.each([
    ['data', { sum: 9, note: 'событие 2' }],
    ['type', 'sample.Other'],
    ['version', 2],
    ['eventId', '00000000-0000-5000-8000-000000000000'],
    ['hash', 'f'.repeat(64)],
    ['metadata', { actor: 'someone else' }],
  ] as const)('names an event whose %s was changed beside the text, or without one', async (field, value) => {
    for (const keepsText of keeping) {
      const events = await six(keepsText);
      const event = events[2] ?? never();
      const changed = field === 'metadata' ? { ...event.metadata, ...value } : value;
      expect(await verify(events.with(2, { ...event, [field]: changed }))).toEqual(corruptAt('sample-a', 2));
    }
  });

  it.each([
    'actor',
    'at',
    'causationId',
    'commandHash',
    'commandId',
    'correlationId',
    'organisation',
  ] as const)('covers %s of the metadata', async (field) => {
    const events = await six(false);
    const event = events[4] ?? never();
    const metadata = { ...event.metadata, [field]: `${event.metadata[field]}x` };
    expect(await verify(events.with(4, { ...event, metadata }))).toEqual(corruptAt('sample-a', 4));
  });

  it('does not cover what an adapter adds for its own store', async () => {
    const events = await six(false);
    const metadata = { ...(events[0] ?? never()).metadata, $correlationId: 'x' };
    expect(E.isRight(await verify(events.with(0, { ...(events[0] ?? never()), metadata })))).toBe(true);
  });

  it('names an event whose data have no canonical text at all', async () => {
    const events = await six(false);
    expect(await verify(events.with(3, { ...(events[3] ?? never()), data: 0.5 }))).toEqual(
      corruptAt('sample-a', 3),
    );
  });

  it('takes no text for canonical that is not one, even under a right hash', async () => {
    const [event] = await six(true);
    const text = ` ${event?.canonicalText}`;
    const spaced = { ...(event ?? never()), canonicalText: text, hash: chainHash(CHAIN_START.hash, text) };
    expect(verifyNext('sample-a', CHAIN_START, spaced)).toEqual(corruptAt('sample-a', 0));
  });

  it('is not satisfied by a change that carries its own right hash, since the next event follows from the old one', async () => {
    const events = await six(true);
    const forged = sample('sample-a', {
      label: 'forged',
      after: { revision: 1, hash: events[1]?.hash ?? '' },
    }).events[0];
    const stored = { ...(forged ?? never()), stream: 'sample-a', revision: 2, position: '3' };
    expect(await verify(events.with(2, stored))).toEqual(corruptAt('sample-a', 3));
  });
});

const never = (): never => {
  throw new Error('There is no such event.');
};
