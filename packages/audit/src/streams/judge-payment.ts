import type { PaymentEvent } from '@cloud-kassa/core';
import type { Books, ReadEvent } from '../books';
import { trailOf } from '../books';
import type { FindingDetail } from '../finding';
import type { StreamRule } from '../rules/stream-rules';
import type { PaymentTrail, SettlementTrail } from './payment-trail';
import { newPaymentTrail } from './payment-trail';

type Of<Type extends PaymentEvent['type']> = Extract<PaymentEvent, { readonly type: Type }>['data'];

/** Adds a finding about the event that is being read. */
type Objecting = (rule: StreamRule, detail: FindingDetail) => void;

const forbid = (objects: Objecting, forbidden: boolean, why: string): void => {
  if (forbidden) objects('transition-forbidden', { why });
};

const isPaid = ({ settlements }: PaymentTrail): boolean =>
  [...settlements.values()].some(({ kind }) => kind === 'payment');

const refunded = ({ refunds }: PaymentTrail, settlementId: string): number =>
  [...refunds.values()]
    .filter((refund) => refund.settlementId === settlementId && refund.phase !== 'declined')
    .reduce((sum, { amount }) => sum + amount, 0);

const organised = (trail: PaymentTrail, objects: Objecting, organisation: string): void => {
  if (trail.organisation !== undefined && trail.organisation !== organisation)
    objects('identity', { field: 'organisation' });
  trail.organisation ??= organisation;
};

const requested = (trail: PaymentTrail, objects: Objecting, data: Of<'payment.PaymentRequested'>): void => {
  forbid(objects, trail.isRequested, 'requested before');
  forbid(objects, data.amount !== data.settlement.payments.cashless, 'amount of another document');
  organised(trail, objects, data.organisation);
  trail.isRequested = true;
};

const linkIssued = (trail: PaymentTrail, objects: Objecting, data: Of<'payment.PaymentLinkIssued'>): void => {
  forbid(objects, !trail.isRequested || isPaid(trail), 'nothing is asked for');
  forbid(objects, trail.links.has(data.linkId), 'issued before');
  trail.links.set(data.linkId, false);
};

const ended = (trail: PaymentTrail, objects: Objecting, linkId: string | undefined): void => {
  forbid(objects, !trail.isRequested || isPaid(trail), 'nothing is asked for');
  if (linkId === undefined) return;
  forbid(objects, trail.links.get(linkId) !== false, 'the link is not open');
  trail.links.set(linkId, true);
};

const confirmed = (trail: PaymentTrail, objects: Objecting, data: Of<'payment.PaymentConfirmed'>): void => {
  const { settlementId, amount, repeated, instrument } = data;
  forbid(objects, trail.settlements.has(settlementId), 'confirmed before');
  forbid(objects, amount === 0, 'nothing was paid');
  forbid(objects, repeated !== isPaid(trail), 'whether it was paid before is stated wrongly');
  organised(trail, objects, data.organisation);
  trail.settlements.set(settlementId, { kind: 'payment', amount, state: 'due', instrument });
};

/** Refunds of one settlement together never exceed it. */
const refund = (
  trail: PaymentTrail,
  objects: Objecting,
  { refundId, settlementId, amount }: Of<'payment.RefundRequested'> | Of<'payment.RefundConfirmed'>,
  phase: 'requested' | 'confirmed',
): void => {
  const paid = trail.settlements.get(settlementId);
  forbid(objects, paid?.kind !== 'payment', 'no such settlement');
  trail.refunds.set(refundId, { settlementId, amount, phase });
  const back = refunded(trail, settlementId);
  if (paid !== undefined && back > paid.amount)
    objects('refund-above-paid', { settlementId, paid: paid.amount, refunded: back });
};

const refundRequested = (
  trail: PaymentTrail,
  objects: Objecting,
  data: Of<'payment.RefundRequested'>,
): void => {
  forbid(objects, trail.refunds.has(data.refundId), 'requested before');
  refund(trail, objects, data, 'requested');
};

const refundConfirmed = (
  trail: PaymentTrail,
  objects: Objecting,
  data: Of<'payment.RefundConfirmed'>,
): void => {
  const { refundId, amount, late, unrequested } = data;
  const known = trail.refunds.get(refundId);
  forbid(objects, trail.settlements.has(refundId), 'confirmed before');
  forbid(objects, known !== undefined && known.amount !== amount, 'another amount than requested');
  forbid(objects, unrequested !== (known === undefined), 'whether it was requested is stated wrongly');
  forbid(objects, late !== (known?.phase === 'declined'), 'whether it was declined is stated wrongly');
  refund(trail, objects, data, 'confirmed');
  trail.settlements.set(refundId, { kind: 'refund', amount, state: 'due' });
};

const refundDeclined = (
  trail: PaymentTrail,
  objects: Objecting,
  { refundId }: Of<'payment.RefundDeclined'>,
): void => {
  const known = trail.refunds.get(refundId);
  forbid(objects, known?.phase !== 'requested', 'not requested');
  if (known !== undefined) trail.refunds.set(refundId, { ...known, phase: 'declined' });
};

const stand = (
  trail: PaymentTrail,
  objects: Objecting,
  settlementId: string,
  change: (settlement: SettlementTrail) => SettlementTrail | undefined,
): void => {
  const settlement = trail.settlements.get(settlementId);
  const changed = settlement === undefined ? undefined : change(settlement);
  forbid(objects, changed === undefined, 'the settlement does not stand so');
  if (changed !== undefined) trail.settlements.set(settlementId, changed);
};

const receiptLinked = (
  books: Books,
  trail: PaymentTrail,
  objects: Objecting,
  { stored, event }: ReadEvent<Extract<PaymentEvent, { readonly type: 'payment.ReceiptLinked' }>>,
): void => {
  const { settlementId, receiptId } = event.data;
  stand(trail, objects, settlementId, (settlement) =>
    settlement.state === 'linked' ? undefined : { ...settlement, state: 'linked', receiptId },
  );
  const receipt = books.receipts.get(receiptId);
  if (receipt === undefined) return;
  if (receipt.linked) books.findings.add('receipt-linked-twice', stored, { settlementId, receiptId });
  receipt.linked = true;
};

const judge = (books: Books, trail: PaymentTrail, read: ReadEvent<PaymentEvent>): void => {
  const { event, stored, isNewest } = read;
  const objects: Objecting = (rule, detail) => books.findings.add(rule, stored, detail);
  switch (event.type) {
    case 'payment.PaymentRequested':
      return requested(trail, objects, event.data);
    case 'payment.PaymentLinkIssued':
      return linkIssued(trail, objects, event.data);
    case 'payment.PaymentConfirmed':
      return confirmed(trail, objects, event.data);
    case 'payment.PaymentDeclined':
    case 'payment.PaymentExpired':
      return ended(trail, objects, event.data.linkId);
    case 'payment.RefundRequested':
      return refundRequested(trail, objects, event.data);
    case 'payment.RefundConfirmed':
      return refundConfirmed(trail, objects, event.data);
    case 'payment.RefundDeclined':
      return refundDeclined(trail, objects, event.data);
    case 'payment.FiscalizationPostponed': {
      const { settlementId, reason } = event.data;
      return stand(trail, objects, settlementId, (settlement) =>
        settlement.state === 'linked' ? undefined : { ...settlement, state: reason },
      );
    }
    case 'payment.FiscalizationResumed':
      return stand(trail, objects, event.data.settlementId, (settlement) =>
        settlement.state === 'linked' || settlement.state === 'due'
          ? undefined
          : { ...settlement, state: 'due' },
      );
    case 'payment.ReceiptLinked':
      return receiptLinked(books, trail, objects, { event, stored, isNewest });
  }
};

/** Judges one event of a payment by what the events before it say. */
export const judgePayment = (books: Books, paymentId: string, read: ReadEvent<PaymentEvent>): void => {
  const trail = trailOf(books.payments, paymentId, newPaymentTrail);
  if (trail.unread) return;
  const { event, stored } = read;
  if ('paymentId' in event.data && event.data.paymentId !== paymentId)
    books.findings.add('identity', stored, { field: 'paymentId' });
  if (!trail.begun && !('paymentId' in event.data)) {
    books.findings.add('transition-forbidden', stored, { why: 'neither requested nor paid' });
    trail.unread = true;
    return;
  }
  trail.begun = true;
  judge(books, trail, read);
};
