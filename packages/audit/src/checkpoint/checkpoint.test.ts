import { receiptStream } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import type { GoodStore } from '../good-store.testing';
import { auditOf, goodStore, rulesIn } from '../good-store.testing';
import type { CheckpointRule } from '../rules/checkpoint-rules';
import { CHECKPOINT_RULES } from '../rules/checkpoint-rules';
import { right } from '../shop.testing';
import type { Events } from '../tampering.testing';
import { changed, isOf, rechained, rewritten, storeWith, withData } from '../tampering.testing';
import type { Checkpoint } from './checkpoint';
import { checkpointOf, checkpointText, readCheckpoint } from './checkpoint';
import { compareWithCheckpoint } from './compare-with-checkpoint';

let good: GoodStore;
let full: Checkpoint;
let short: Checkpoint;
beforeAll(async () => {
  good = await goodStore();
  full = checkpointOf(await auditOf(good.shop, good.events));
  short = right(readCheckpoint(checkpointText(full, 'short')));
});

const compared = async (events: Events, checkpoint: Checkpoint) =>
  right(await compareWithCheckpoint({ store: storeWith(events), runtime: good.shop.runtime }, checkpoint)());

/** The store as somebody would leave it who knows how to make chains. */
const BREAKAGES: Readonly<Record<CheckpointRule, () => Events>> = {
  'tail-cut': () => good.events.slice(0, -1),
  'chain-rewritten': () =>
    rewritten(good.events, (events) =>
      changed(events, isOf(receiptStream(good.plain), 'receipt.Fiscalized'), (event) => {
        const { document } = JSON.parse(JSON.stringify(event.data)) as {
          readonly document: Record<string, never>;
        };
        return withData({ document: { ...document, fp: 1 } })(event);
      }),
    ),
};

describe('a checkpoint that was kept elsewhere', () => {
  const rules = Object.keys(CHECKPOINT_RULES) as ReadonlyArray<CheckpointRule>;

  it.each(rules)('shows, with the ends of all chains, where it is: %s', async (rule) => {
    const found = await compared(BREAKAGES[rule](), full);
    expect(found.map((finding) => finding.rule)).toEqual([rule]);
    expect(found[0]?.stream).not.toBe('$all');
  });

  it.each(rules)('shows, with the digest alone, that it is so: %s', async (rule) => {
    const found = await compared(BREAKAGES[rule](), short);
    expect(found).toMatchObject([{ rule, stream: '$all' }]);
  });

  it.each(rules)('is needed: without it nothing is found: %s', async (rule) => {
    expect((await auditOf(good.shop, BREAKAGES[rule]())).verdict).toBe('ok');
  });

  it.each(rules)('is compared by an audit in the same pass: %s', async (rule) => {
    const events = BREAKAGES[rule]();
    expect(rulesIn(await auditOf(good.shop, events, { checkpoint: full }))).toEqual([rule]);
    expect(rulesIn(await auditOf(good.shop, events, { checkpoint: short }))).toEqual([rule]);
  });

  it('holds for a store that has grown', async () => {
    const own = await goodStore();
    const checkpoint = checkpointOf(await auditOf(own.shop, own.events));
    await own.shop.sell(17);
    for (const kept of [checkpoint, right(readCheckpoint(checkpointText(checkpoint, 'short')))]) {
      const { store, runtime } = own.shop;
      expect(right(await compareWithCheckpoint({ store, runtime }, kept)())).toEqual([]);
      expect((await auditOf(own.shop, own.shop.log.events, { checkpoint: kept })).verdict).toBe('ok');
    }
  });

  it('names a stream that is gone as a whole, and an older copy of the store', async () => {
    const gone = rechained(good.events.filter(({ stream }) => stream !== receiptStream(good.waiting)));
    expect((await compared(gone, full)).map(({ rule, stream }) => [rule, stream])).toEqual([
      ['tail-cut', receiptStream(good.waiting)],
    ]);
    expect((await compared([], full)).length).toBe(full.streams);
    expect((await compared([], short)).map(({ rule }) => rule)).toEqual(['tail-cut']);
  });

  it('finds a broken chain on its way as well', async () => {
    const broken = changed(good.events, isOf(receiptStream(good.plain), 'receipt.Enqueued'), (event) => ({
      ...event,
      metadata: { ...event.metadata, actor: 'somebody' },
    }));
    expect((await compared(broken, full)).map(({ rule }) => rule)).toEqual(['chain-broken']);
  });

  it('of an empty store fits every store', async () => {
    const empty = checkpointOf(await auditOf(good.shop, []));
    expect(empty).toMatchObject({ events: 0, streams: 0, position: '-' });
    expect(await compared(good.events, right(readCheckpoint(checkpointText(empty, 'full'))))).toEqual([]);
  });
});

describe('the text of a checkpoint', () => {
  it('is read back as it was', () => {
    expect(right(readCheckpoint(checkpointText(full, 'full')))).toEqual(full);
    const { heads: _heads, ...rest } = full;
    expect(short).toEqual(rest);
    expect(checkpointText(short, 'full')).toBe(checkpointText(full, 'short'));
    expect(checkpointText(full, 'short').trim().split('\n')).toHaveLength(1);
  });

  it.each([
    ['', { line: 1, why: 'no-json' }],
    ['{}', { line: 1, why: 'no-checkpoint' }],
    ['head {}', { line: 2, why: 'no-chain-head' }],
    ['without a chain', { line: 1, why: 'digest-differs' }],
  ])('is refused by line: %s', (what, refusal) => {
    const [head = '', ...ends] = checkpointText(full, 'full').split('\n');
    const text =
      what === 'head {}'
        ? `${head}\n{}`
        : what === 'without a chain'
          ? [head, ...ends.slice(1)].join('\n')
          : what;
    expect(readCheckpoint(text)).toEqual(E.left({ _tag: 'NotACheckpoint', ...refusal }));
  });
});
