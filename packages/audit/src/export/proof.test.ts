import { receiptStream } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import { checkpointOf } from '../checkpoint/checkpoint';
import type { GoodStore } from '../good-store.testing';
import { auditOf, goodStore } from '../good-store.testing';
import { right } from '../shop.testing';
import { changed, isOf, rewritten, storeWith, withData } from '../tampering.testing';
import { exportEvents } from './export-events';
import { eventOfLine } from './envelope-line';
import { proofOf, verifyProof } from './proof';

let good: GoodStore;
beforeAll(async () => {
  good = await goodStore();
});

const exported = async (stream?: string): Promise<ReadonlyArray<string>> => {
  let text = '';
  for await (const item of exportEvents(good.shop.store, stream === undefined ? {} : { stream })) {
    if (item._tag === 'Failed') throw new Error('failed');
    expect(item.text.split('\n').length - 1).toBe(item.events);
    text += item.text;
  }
  return text.split('\n').filter((line) => line !== '');
};

describe('an export', () => {
  it('has every event as it is stored, one a line, in commit order', async () => {
    const lines = await exported();
    expect(lines).toHaveLength(good.events.length);
    const read = lines.map((line) => eventOfLine(line));
    expect(
      (
        await auditOf(
          good.shop,
          read.flatMap((event) => (event === undefined ? [] : [event])),
        )
      ).verdict,
    ).toBe('ok');
  });

  it('of one stream has that stream', async () => {
    const stream = receiptStream(good.plain);
    const lines = await exported(stream);
    expect(lines.map((line) => eventOfLine(line)?.stream)).toEqual(lines.map(() => stream));
    expect(lines).toHaveLength(good.shop.log.stream(stream).length);
  });

  it('keeps persons sealed', async () => {
    expect((await exported()).join('\n')).not.toContain('@example.com');
  });

  it('ends with why there is no more where the store can not be read', async () => {
    const items = [];
    for await (const item of exportEvents(good.shop.store, { stream: 'no stream' })) items.push(item);
    expect(items).toMatchObject([{ _tag: 'Failed', error: { _tag: 'Rejected', rule: 'stream-name' } }]);
    const half = changed(
      good.events.slice(0, 3),
      ({ revision }) => revision === 0,
      (event) => ({
        ...event,
        data: { share: 0.5 },
      }),
    );
    const failed = [];
    for await (const item of exportEvents(storeWith(half))) failed.push(item);
    expect(failed).toMatchObject([{ _tag: 'Failed', error: { _tag: 'Corrupt', revision: 0 } }]);
  });
});

describe('the proof of a receipt', () => {
  const proof = async (): Promise<string> => right(await proofOf(good.shop.store, good.plain)());

  it('is checked with nothing but its text, and ends where the checkpoint says', async () => {
    const text = await proof();
    const checked = right(await verifyProof(text)());
    const { heads } = checkpointOf(await auditOf(good.shop, good.events));
    expect(checked).toMatchObject({
      receiptId: good.plain,
      events: 5,
      documents: [{ fd: expect.any(Number) }],
    });
    expect(heads?.get(receiptStream(good.plain))).toEqual(checked.head);
    expect(text).not.toContain('@example.com');
    expect(text).not.toContain(good.sale);
  });

  it('is not given of a receipt that is not there', async () => {
    const receiptId = '00000000-0000-0000-0000-000000000000';
    expect(await proofOf(good.shop.store, receiptId)()).toEqual(E.left({ _tag: 'NoSuchReceipt', receiptId }));
  });

  it('shows every change of every line', async () => {
    const lines = (await proof()).split('\n').filter((line) => line !== '');
    for (const [index, line] of lines.entries()) {
      const dropped = lines.filter((other) => other !== line).join('\n');
      expect(E.isLeft(await verifyProof(dropped)())).toBe(true);
      // Positions are no part of an event: they belong to the store it lies in.
      for (const at of [
        line.indexOf('"actor"') + 10,
        line.indexOf('"hash"') + 9,
        line.indexOf('"events"') + 9,
      ]) {
        if (at < 20) continue;
        const changedLine = line.slice(0, at) + (line[at] === 'a' ? 'b' : 'a') + line.slice(at + 1);
        const text = lines.map((other, place) => (place === index ? changedLine : other)).join('\n');
        expect(E.isLeft(await verifyProof(text)())).toBe(true);
      }
    }
  });

  it.each([
    ['no-header', () => ''],
    ['no-envelope', (text: string) => text.split('\n').slice(0, 1).join('\n')],
    ['chain-broken', (text: string) => text.replace('"actor":"shop"', '"actor":"shap"')],
    ['header-differs', (text: string) => text.replace(/"fd":\d+/, '"fd":1')],
    ['chain-broken', (text: string) => text.replaceAll(good.plain, good.sale)],
  ] as const)('is refused: %s', async (why, change) => {
    expect(await verifyProof(change(await proof()))()).toMatchObject({ _tag: 'Left', left: { why } });
  });

  const forged = (change: Readonly<Record<string, never>>, type: string) =>
    proofOf(
      storeWith(
        rewritten(good.events, (events) =>
          changed(events, isOf(receiptStream(good.plain), type), withData(change)),
        ),
      ),
      good.plain,
    )();

  it('is not given of a receipt whose story does not hold', async () => {
    const story = async (type: string, change: object): Promise<unknown> => {
      const answer = await forged(change as never, type);
      return E.isLeft(answer) && answer.left._tag === 'ProofFailure' ? answer.left : 'given';
    };
    expect(await story('receipt.Registered', { receiptId: good.sale })).toMatchObject({
      line: 2,
      why: 'receipt-id',
    });
    expect(await story('receipt.Routed', { key: 'drawn' })).toMatchObject({ line: 4, why: 'attempt-key' });
    expect(await story('receipt.SendIntended', { key: 'drawn' })).toMatchObject({
      line: 5,
      why: 'attempt-key',
    });
    expect(await story('receipt.Fiscalized', { source: 'rumour' })).toMatchObject({
      line: 6,
      why: 'undecodable',
    });
  });
});
