import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Json } from '@cloud-kassa/core';
import { attemptKeyOf, receiptIdOf, receiptStream } from '@cloud-kassa/core';
import type { ChainHead, EventStore, ReadItem, StoredEvent } from '@cloud-kassa/event-store';
import { CHAIN_START, canonicalEventText, chainHash, eventIdOf, memoryStore } from '@cloud-kassa/event-store';
import * as TE from 'fp-ts/TaskEither';
import { auditStore } from './audit-store';
import { goodStore } from './good-store.testing';
import { DOMAIN, INN, hashOf, openShop, right } from './shop.testing';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const used = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

type Told = readonly [type: string, data: Json];

/** A store that is never held in memory: its events are made while they are read. */
const madeWhileRead = (
  count: number,
  storiesOf: () => Generator<readonly [stream: string, told: ReadonlyArray<Told>]>,
): EventStore => {
  const pages = async function* (): AsyncGenerator<ReadItem> {
    const heads = new Map<string, ChainHead>();
    let position = 0;
    let page: StoredEvent[] = [];
    for (const [stream, told] of storiesOf()) {
      for (const [type, data] of told) {
        position += 1;
        const head = heads.get(stream) ?? CHAIN_START;
        const revision = head.revision + 1;
        const commandId = `command ${position}`;
        const metadata = {
          correlationId: 'c',
          causationId: 'c',
          commandId,
          commandHash: 'h',
          actor: 'made',
          organisation: INN,
          at: '2026-03-02T12:00:00.000Z',
        };
        const envelope = { eventId: eventIdOf(stream, commandId, 0), type, version: 1, data, metadata };
        const hash = chainHash(head.hash, right(canonicalEventText(stream, revision, envelope)));
        // What a stream is known by is the audit's to keep, not the reader's.
        if (stream.startsWith('clouddevice-') || told.at(-1)?.[0] !== type)
          heads.set(stream, { revision, hash });
        else heads.delete(stream);
        page.push({ ...envelope, stream, revision, hash, position: String(position) });
      }
      if (page.length < 250) continue;
      yield { _tag: 'Events', events: page };
      page = [];
    }
    yield { _tag: 'Events', events: page };
  };
  return { ...memoryStore(), readAll: pages, head: () => TE.right(String(count)) };
};

/** The report of an audit, and by how much its memory grew between two moments of the pass, in bytes. */
const audited = async (store: EventStore, from: number, to: number) => {
  const { keyRing, runtime } = openShop();
  const marks = [from, to];
  const measured: number[] = [];
  const progress = (events: number): void => {
    const next = marks[measured.length];
    if (next !== undefined && events >= next) measured.push(used());
  };
  const report = right(await auditStore({ store, keyRing, runtime, progress })());
  const [before = Number.NaN, after = Number.NaN] = measured;
  return { report, growth: after - before };
};

const MEBIBYTE = 1024 * 1024;

describe('the memory of an audit', () => {
  it('does not grow with the events of a stream', async () => {
    const shop = openShop();
    await shop.connect();
    const [registered] = shop.log.events;
    const at = '2026-03-02T12:00:00.000Z';
    const count = 60_000;
    const device = (): Generator<readonly [string, ReadonlyArray<Told>]> =>
      (function* () {
        yield ['clouddevice-garden', [['clouddevice.DeviceRegistered', registered?.data ?? {}]]];
        for (let index = 1; index < count; index += 2)
          yield [
            'clouddevice-garden',
            [
              ['clouddevice.DeviceSuspended', { at, reason: 'maintenance' }],
              ['clouddevice.DeviceResumed', { at }],
            ],
          ];
      })();
    const { report, growth } = await audited(madeWhileRead(count + 1, device), 10_000, count);
    expect(report).toMatchObject({ verdict: 'ok', events: count + 1 });
    expect(growth).toBeLessThan(MEBIBYTE);
  });

  it('keeps no content of a receipt, only a small record of each', async () => {
    const { shop, plain } = await goodStore();
    const { content } = await shop.stateOf(plain);
    const { buyer: _buyer, ...rest } = content;
    const [sample] = shop.log.stream(receiptStream(plain));
    const data = JSON.parse(JSON.stringify(sample?.data)) as Record<string, Json>;
    const at = '2026-03-02T12:00:00.000Z';
    // A receipt of twenty lines is several kilobytes.
    const large = {
      ...rest,
      items: Array.from({ length: 20 }, () => rest.items[0]),
    } as unknown as typeof content;
    const payloadHash = hashOf(large);
    const count = 6_000;
    const receipts = (): Generator<readonly [string, ReadonlyArray<Told>]> =>
      (function* () {
        for (let index = 0; index < count; index += 1) {
          const source = { document: `document-${index}`, settlementId: 's' };
          const receiptId = receiptIdOf(INN, source);
          const key = attemptKeyOf(receiptId, DOMAIN, 0);
          const document = { fn: '9999078900000001', fd: index + 1, fp: index };
          yield [
            receiptStream(receiptId),
            [
              ['receipt.Registered', { ...data, receiptId, source, content: large as unknown as Json }],
              ['receipt.Enqueued', { at }],
              [
                'receipt.Routed',
                { at, deviceId: 'garden', domain: DOMAIN, key, generation: 0, traceTag: 'tag', refused: [] },
              ],
              ['receipt.SendIntended', { at, key, payloadHash, epoch: 1, worker: 'w', slowStart: false }],
              ['receipt.Fiscalized', { at, document, contentChecked: true, source: 'provider' }],
            ],
          ];
        }
      })();
    const { report, growth } = await audited(madeWhileRead(count * 5, receipts), count * 2, count * 5);
    const each = growth / ((count * 3) / 5);
    expect(report).toMatchObject({ verdict: 'ok', receipts: { byStatus: { fiscalized: count } } });
    expect(report.heads.size).toBe(count);

    expect(each).toBeLessThan(1_500);
  });
});
