import * as E from 'fp-ts/Either';
import { decideReceipt } from './decide';
import { receiptIdOf } from './identity';
import type { Parent } from './parent';
import {
  CONTENT,
  DAY,
  FACTS,
  MINUTE,
  NOW,
  ORGANISATION,
  RECEIPT_ID,
  SOURCE,
  decided,
  given,
  later,
  register,
  verdict,
} from './receipt.testing';
import { AMENDED, amend, intend, play, refusedInvalid, send } from './attempt/attempt.testing';
import { WAYS } from './attempt/ways.testing';
import {
  day,
  money,
  sampleContent,
  sampleDraft,
  sampleFacts,
  sampleItem,
} from './rules/sample-receipt.arbitrary';
import { DEFAULT_PROFILE } from './rules/profile';
import type { ReceiptState } from './state';
import { evolveReceipt } from './state';

const refund = sampleContent('1.2', sampleDraft('1.2', { settlementSign: 2 }));
const external: Parent = {
  relation: 'refunds',
  link: { kind: 'external', fn: '7380440902582955', fd: 9895, fp: 1, checked: false },
};
const kept: Parent = {
  relation: 'refunds',
  link: { kind: 'receipt', receiptId: 'sale-1' },
  reservation: RECEIPT_ID,
};

describe('the registration of a settlement', () => {
  it('keeps the receipt with all that it was admitted on', () => {
    const command = register({ assumed: ['items.0.subject'], parents: [external] });
    expect(decided(command, undefined)).toEqual([
      {
        type: 'receipt.Registered',
        data: {
          at: NOW,
          receiptId: RECEIPT_ID,
          organisation: ORGANISATION,
          source: SOURCE,
          content: CONTENT,
          facts: FACTS,
          parents: [external],
          legalDeadline: later(DAY),
          assumed: ['items.0.subject'],
        },
      },
    ]);
  });

  it('begins accepted, not in the queue, with nothing sent, reserved or copied', () => {
    const receipt = given(register());
    expect(receipt).toMatchObject({
      receiptId: RECEIPT_ID,
      source: SOURCE,
      registeredAt: NOW,
      legalDeadline: later(DAY),
      buyerCopies: [],
      attempt: { phase: 'Accepted', enqueued: false, open: 0, epoch: 0, generation: 0 },
    });
    expect([receipt.fence.refunds.size, receipt.fence.offsets.size]).toEqual([0, 0]);
  });

  it('identity: the id is that of organisation, source document and settlement', () => {
    for (const source of [
      { ...SOURCE, document: 'order-1002' },
      { ...SOURCE, settlementId: 'payment-2' },
    ]) {
      expect(verdict(register({ source }), undefined)).toBe('receipt-id receiptId');
      expect(verdict(register({ source, receiptId: receiptIdOf(ORGANISATION, source) }), undefined)).toBe(1);
    }
    expect(verdict(register({ receiptId: receiptIdOf('7725327863', SOURCE) }), undefined)).toBe(
      'receipt-id receiptId',
    );
  });

  it('identity: half a surrogate pair names nothing, though it would give an id', () => {
    const source = { document: 'order-\ud800', settlementId: 'payment-1' };
    const receiptId = receiptIdOf(ORGANISATION, source);
    expect(verdict(register({ source, receiptId }), undefined)).toBe('receipt-id source');
  });

  it('identity: two settlements of equal content and one document are two receipts', () => {
    const again = { document: SOURCE.document, settlementId: 'payment-2' };
    expect(receiptIdOf(ORGANISATION, again)).not.toBe(RECEIPT_ID);
  });

  it('tag 1199: an earlier rate is admitted on its ground, and the ground is kept', () => {
    const items = [sampleItem('1.2', { vatCode: 1, paymentMethod: 7 })];
    const content = sampleContent('1.2', sampleDraft('1.2', { items }));
    const legacyVat = { ground: 'credit-of-earlier-shipment', earlier: day('2025-12-30') } as const;
    expect(verdict(register({ content }), undefined)).toBe('vat-code-not-in-force items.0.vatCode');
    const [event] = decided(register({ content, legacyVat }), undefined);
    expect(event?.data).toHaveProperty('legacyVat', legacyVat);
  });

  it('admits the content on the facts, under the profile, for the organisation', () => {
    expect(verdict(register({ content: { ...CONTENT, total: money(1) } }), undefined)).toBe(
      'total-outside-rouble total',
    );
    expect(verdict(register({ facts: sampleFacts('1.2', { register: { zone: 3 } }) }), undefined)).toBe(
      'zone-differs zone',
    );
    const profile = { ...DEFAULT_PROFILE, mostLines: 0 };
    expect(verdict(register({ profile }), undefined)).toBe('too-many-lines items');
    const other = '7725327863';
    expect(
      verdict(register({ organisation: other, receiptId: receiptIdOf(other, SOURCE) }), undefined),
    ).toMatch(/^organisation-differs /);
  });
});

describe('a settlement that is registered again', () => {
  const first = given(register());

  it('identity: with the same content it changes nothing, whatever has become of the facts', () => {
    expect(verdict(register(), first)).toBe(0);
    const facts = sampleFacts('1.2', { origin: 'manual', device: { revision: 99 }, register: { zone: 3 } });
    expect(verdict(register({ now: later(DAY), facts, legalDeadline: NOW, assumed: ['place'] }), first)).toBe(
      0,
    );
    expect(verdict(register(), play(...WAYS.fiscalized))).toBe(0);
    expect(verdict(register(), play(...WAYS.cancelled))).toBe(0);
  });

  it('identity: with other content it is refused, and the fields that differ are named', () => {
    const content = { ...CONTENT, total: money(80_700), internet: false, cashier: { name: 'Петров' } };
    expect(decideReceipt(register({ content, parents: [external] }), first)).toEqual(
      E.left({
        rule: 'settlement-differs',
        field: 'content.cashier',
        detail: { fields: 'content.cashier, content.internet, content.total, parents' },
      }),
    );
  });

  it('identity: the buyer is compared by key id', () => {
    const verdicts = ['buyer-1', 'buyer-2'].map((keyId) =>
      verdict(
        register({ content: { ...CONTENT, buyer: { keyId, person: { phone: '+79123451234' } } } }),
        first,
      ),
    );
    expect(verdicts).toEqual([0, 'settlement-differs content.buyer']);
  });

  it('identity: parents are compared by what they say, whatever the order of their keys', () => {
    const turned = Object.fromEntries(
      Object.entries({
        ...kept,
        link: Object.fromEntries(Object.entries(kept.link).toReversed()),
      }).toReversed(),
    ) as unknown as Parent;
    const receipt = given(register({ content: refund, parents: [kept] }));
    expect(verdict(register({ content: refund, parents: [turned] }), receipt)).toBe(0);
    expect(verdict(register({ content: refund, parents: [external] }), receipt)).toBe(
      'settlement-differs parents',
    );
    expect(verdict(register({ content: refund, parents: [kept, external] }), receipt)).toBe(
      'settlement-differs parents',
    );
  });

  it('identity: after a person amended it, the source may tell either content', () => {
    const amended = play(...WAYS['held as invalid'], amend());
    expect(verdict(register(), amended)).toBe(0);
    expect(verdict(register({ content: AMENDED }), amended)).toBe(0);
    const third = { ...CONTENT, internet: false };
    expect(verdict(register({ content: third }), amended)).toBe('settlement-differs content.internet');
    const twice = play(
      ...WAYS['held as invalid'],
      amend(),
      intend({ waitedMs: MINUTE }),
      send(refusedInvalid),
      amend({ ...AMENDED, place: { place: 'https://other.example.ru' } }),
    );
    expect(verdict(register(), twice)).toBe(0);
    expect(verdict(register({ content: AMENDED }), twice)).toBe('settlement-differs content.items');
  });

  it('an event of a second registration, which no writer makes, leaves the first as it is', () => {
    const events = decided(register({ content: AMENDED }), undefined);
    expect(events.reduce(evolveReceipt, first as ReceiptState)).toBe(first);
  });
});
