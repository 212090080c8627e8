import { receiptStream } from '@cloud-kassa/core';
import type { AppendedEvent, StoredEvent } from '@cloud-kassa/event-store';
import { memoryKeyRing } from '@cloud-kassa/event-store';
import type { AuditReport } from '../audit-report';
import { auditStore } from '../audit-store';
import type { GoodStore } from '../good-store.testing';
import { auditOf, goodStore, rulesIn } from '../good-store.testing';
import { right } from '../shop.testing';
import type { Events } from '../tampering.testing';
import {
  changed,
  eventLike,
  insertedAfter,
  isOf,
  rechained,
  rewritten,
  storeWith,
  withData,
  withoutText,
} from '../tampering.testing';
import type { ChainRule } from './chain-rules';
import { CHAIN_RULES } from './chain-rules';

let good: GoodStore;
beforeAll(async () => {
  good = await goodStore();
});

const audited = (events: Events): Promise<AuditReport> => auditOf(good.shop, events);

/** The stream of a sale, whose fourth event is the document. */
const plain = (): string => receiptStream(good.plain);
const fiscalized = (event: StoredEvent): boolean => isOf(plain(), 'receipt.Fiscalized')(event);

const sealedOf = ({ data }: AppendedEvent): Readonly<Record<string, unknown>> =>
  JSON.parse(JSON.stringify(data)) as Readonly<Record<string, unknown>>;

/** The registration of the sale with something done to its sealed buyer. */
const withBuyer = (change: (buyer: Readonly<Record<string, unknown>>) => object) => (event: StoredEvent) => {
  const data = sealedOf(event);
  const content = data['content'] as Readonly<Record<string, unknown>>;
  const buyer = content['buyer'] as Readonly<Record<string, unknown>>;
  return withData({ content: { ...content, buyer: change(buyer) } as never })(event);
};

type Breakage = () => Promise<AuditReport>;

/** For every rule a store in which nothing else is wrong. */
const BREAKAGES: Readonly<Record<ChainRule, Breakage>> = {
  'chain-broken': () =>
    audited(changed(good.events, fiscalized, (event) => withData({ contentChecked: false })(event))),
  'text-differs': () =>
    audited(
      changed(good.events, fiscalized, (event) => ({
        ...event,
        data: { ...(event.data as object), contentChecked: false },
      })),
    ),
  'stored-unreadably': async () => {
    const store = storeWith(good.events);
    const { keyRing, runtime } = good.shop;
    const broken = {
      ...store,
      readAll: async function* () {
        yield { _tag: 'Events', events: good.events.slice(0, 3) } as const;
        const error = { _tag: 'Corrupt', stream: 'receipt-1', revision: 0, why: 'no text' } as const;
        yield { _tag: 'Failed', error } as const;
      },
    };
    return right(await auditStore({ store: broken, keyRing, runtime })());
  },
  'position-order': () => {
    const [first, second, ...rest] = good.events;
    if (first === undefined || second === undefined) throw new Error('no events');
    return audited([
      { ...first, position: second.position },
      { ...second, position: first.position },
      ...rest,
    ]);
  },
  'event-id': () =>
    audited(
      rewritten(good.events, (events) =>
        changed(events, fiscalized, (event) => ({
          ...event,
          eventId: '6f3a7c52-2d0e-5c1b-9a64-54f0c1a5d009',
        })),
      ),
    ),
  'unknown-stream': () =>
    audited(
      rewritten(good.events, (events) =>
        insertedAfter(events, fiscalized, (event) => [
          eventLike({ ...event, stream: 'lamp-1' }, 'lamp.Switched', {}),
        ]),
      ),
    ),
  'unknown-type': () =>
    audited(
      rewritten(good.events, (events) =>
        insertedAfter(events, fiscalized, (event) => [eventLike(event, 'payment.PaymentExpired', {})]),
      ),
    ),
  'newer-version': () =>
    audited(
      rewritten(good.events, (events) =>
        changed(events, fiscalized, (event) => withoutText({ ...event, version: 2 })),
      ),
    ),
  undecodable: () =>
    audited(rewritten(good.events, (events) => changed(events, fiscalized, withData({ source: 'rumour' })))),
  'key-missing': () => {
    const { entropy } = good.shop.runtime;
    const keyRing = memoryKeyRing({ entropy, indexKey: entropy(32) });
    return auditOf({ ...good.shop, keyRing }, good.events.filter(isOf(plain())));
  },
  'seal-broken': () =>
    audited(
      rewritten(good.events, (events) =>
        changed(
          events,
          isOf(plain(), 'receipt.Registered'),
          withBuyer((buyer) => ({ ...buyer, sealed: { ...(buyer['sealed'] as object), ct: 'AAAA' } })),
        ),
      ),
    ),
  'person-open': () =>
    audited(
      rewritten(good.events, (events) =>
        changed(
          events,
          isOf(plain(), 'receipt.Registered'),
          withBuyer(({ keyId }) => ({ keyId, person: { email: 'canary@example.ru' } })),
        ),
      ),
    ),
};

describe('what is wrong with an event as it is stored', () => {
  it('is nothing in a store that was made by handlers, nor in one whose chains were made anew of the same events', async () => {
    expect((await audited(good.events)).verdict).toBe('ok');
    expect((await audited(rechained(good.events))).verdict).toBe('ok');
  });

  it.each(Object.keys(CHAIN_RULES) as ReadonlyArray<ChainRule>)('is found: %s', async (rule) => {
    const report = await BREAKAGES[rule]();
    expect(new Set(rulesIn(report))).toEqual(new Set([rule]));
    expect(report.verdict).toBe('failed');
    expect(report.byRule[rule]).toBe(report.findingCount);
    expect(JSON.stringify(report.findings)).not.toContain('canary');
  });

  it('is named by stream and revision, the earliest first', async () => {
    const report = await audited(
      changed(
        changed(good.events, isOf(receiptStream(good.waiting), 'receipt.Enqueued'), withoutTextButOther),
        isOf(receiptStream(good.sale), 'receipt.Enqueued'),
        withoutTextButOther,
      ),
    );
    expect(report.firstBadEvent).toMatchObject({
      rule: 'chain-broken',
      stream: receiptStream(good.sale),
      revision: 1,
      detail: { expectedRevision: 1 },
    });
    expect(report.findingCount).toBe(2);
  });
});

const withoutTextButOther = (event: StoredEvent): StoredEvent =>
  withoutText({ ...event, metadata: { ...event.metadata, actor: 'somebody' } });

describe('events of a stream', () => {
  const breaks = async (edit: (events: Events) => Events): Promise<ReadonlyArray<unknown>> => {
    const report = await audited(edit(good.events));
    return report.findings
      .filter(({ rule }) => rule === 'chain-broken')
      .map(({ stream, detail }) => [stream, detail['expectedRevision']]);
  };
  const isSecond = (event: StoredEvent): boolean => event.stream === plain() && event.revision === 1;

  it('that are missing are found, each gap once', async () => {
    expect(await breaks((events) => events.filter((event) => !isSecond(event)))).toEqual([[plain(), 1]]);
  });

  it('that changed their places are found', async () => {
    const swapped = (events: Events): Events => {
      const at = events.findIndex(isSecond);
      const next = events.findIndex((event) => event.stream === plain() && event.revision === 2);
      return events.map((event, index) => {
        const other = index === at ? events[next] : index === next ? events[at] : undefined;
        return other === undefined ? event : { ...other, position: event.position };
      });
    };
    expect((await breaks(swapped)).length).toBeGreaterThan(0);
  });

  it('that were put in without the key to the chain are found', async () => {
    const inserted = (events: Events): Events =>
      insertedAfter(events, isSecond, (event) => [
        { ...eventLike(event, 'receipt.Resumed', { at: event.metadata.at }), revision: 2 },
      ]);
    expect((await breaks(inserted)).length).toBeGreaterThan(0);
  });

  it('are found changed whichever byte of which event it was', async () => {
    for (const [index, event] of good.events.entries()) {
      const at = (7 * index) % event.hash.length;
      const hash = event.hash.slice(0, at) + (event.hash[at] === '0' ? '1' : '0') + event.hash.slice(at + 1);
      const report = await audited(
        good.events.map((other) => (other === event ? { ...event, hash } : other)),
      );
      expect(report.firstBadEvent).toMatchObject({
        rule: 'chain-broken',
        stream: event.stream,
        revision: event.revision,
      });
    }
  });
});

describe('a person whose key was erased', () => {
  it('is no finding: the chain holds and the audit counts it', async () => {
    const own = await goodStore();
    const email = 'buyer2@example.com';
    await own.shop.keyRing.erase(right(await own.shop.keyRing.keyIdFor(email)()))();
    const report = await auditOf(own.shop, own.events);
    expect(report.verdict).toBe('ok');
    expect(report.persons.erased).toBe(2);
    expect(report.persons.sealed).toBeGreaterThan(2);
  });

  it('whose key is only missing does not hide what else the events say', async () => {
    const report = await BREAKAGES['key-missing']();
    expect(report.receipts.byStatus.fiscalized).toBe(1);
    expect(report.documents.recorded).toBe(1);
    expect(report.findings[0]?.detail).toEqual({
      type: 'receipt.Registered',
      version: 1,
      path: 'content.buyer',
    });
  });
});

describe('streams of others', () => {
  it('that divide work are not looked at, and so are those that are named', async () => {
    const events = rewritten(good.events, (all) =>
      insertedAfter(all, fiscalized, (event) => [
        eventLike({ ...event, stream: 'lease-7' }, 'lease.Beaten', {}),
        eventLike({ ...event, stream: 'lamp-1' }, 'lamp.Switched', {}),
      ]),
    );
    expect(rulesIn(await audited(events))).toEqual(['unknown-stream']);
    const report = await auditOf(good.shop, events, { ignore: ['lease-', 'lamp-'] });
    expect(report).toMatchObject({ verdict: 'ok', ignored: 2, events: good.events.length });
  });
});
