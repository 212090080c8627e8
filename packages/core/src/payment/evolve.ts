import type {
  FiscalizationPostponed,
  FiscalizationResumed,
  PaymentConfirmed,
  PaymentEvent,
  PaymentLinkIssued,
  PaymentRequested,
  RefundConfirmed,
} from './events';
import type {
  ConfirmedSettlement,
  Fiscalization,
  Payment,
  PaymentEnd,
  PaymentLink,
  PaymentState,
  Refund,
} from './state';

const put = <V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> =>
  new Map([...map, [key, value]]);

const begun = (paymentId: string): Payment => ({
  paymentId,
  links: new Map(),
  settlements: new Map(),
  refunds: new Map(),
});

const requested = (payment: Payment, data: PaymentRequested['data']): Payment => {
  const { at, organisation, sourceDocument, instrument, amount, settlement } = data;
  return {
    ...payment,
    request: { organisation, sourceDocument, instrument, amount, settlement, requestedAt: at },
  };
};

/** A new link gives the payment another chance. */
const linkIssued = (
  payment: Payment,
  { linkId, kind, address, expiresAt }: PaymentLinkIssued['data'],
): Payment => {
  const link: PaymentLink = { linkId, kind, address, ...(expiresAt === undefined ? {} : { expiresAt }) };
  const { ended: _ended, ...rest } = payment;
  return { ...rest, links: put(payment.links, linkId, link) };
};

const ended = (payment: Payment, linkId: string | undefined, end: PaymentEnd): Payment => {
  if (linkId === undefined) return { ...payment, ended: end };
  const link = payment.links.get(linkId);
  return link === undefined
    ? payment
    : { ...payment, links: put(payment.links, linkId, { ...link, ended: end }) };
};

const confirmed = (payment: Payment, data: PaymentConfirmed['data']): Payment => {
  const { at, settlementId, organisation, instrument, amount, paidAt, late, repeated } = data;
  const settlement: ConfirmedSettlement = {
    settlementId,
    kind: 'payment',
    organisation,
    instrument,
    amount,
    settledAt: paidAt,
    late,
    repeated,
    fiscalization: { state: 'due', since: at },
  };
  return { ...payment, settlements: put(payment.settlements, settlementId, settlement) };
};

const refundConfirmed = (payment: Payment, data: RefundConfirmed['data']): Payment => {
  const { at, refundId, settlementId, amount, refundedAt, late } = data;
  const paid = payment.settlements.get(settlementId);
  if (paid === undefined) return payment;
  const { organisation, instrument } = paid;
  const refund: Refund = {
    ...(payment.refunds.get(refundId) ?? { refundId, settlementId }),
    amount,
    phase: 'confirmed',
  };
  const settlement: ConfirmedSettlement = {
    settlementId: refundId,
    kind: 'refund',
    refundOf: settlementId,
    organisation,
    instrument,
    amount,
    settledAt: refundedAt,
    late,
    repeated: false,
    fiscalization: { state: 'due', since: at },
  };
  return {
    ...payment,
    refunds: put(payment.refunds, refundId, refund),
    settlements: put(payment.settlements, refundId, settlement),
  };
};

const withSettlement = (
  payment: Payment,
  settlementId: string,
  change: Partial<ConfirmedSettlement>,
): Payment => {
  const settlement = payment.settlements.get(settlementId);
  if (settlement === undefined) return payment;
  return { ...payment, settlements: put(payment.settlements, settlementId, { ...settlement, ...change }) };
};

const now = (payment: Payment, settlementId: string, fiscalization: Fiscalization): Payment =>
  withSettlement(payment, settlementId, { fiscalization });

const resumed = (
  payment: Payment,
  { at, settlementId, basket, buyer }: FiscalizationResumed['data'],
): Payment =>
  withSettlement(payment, settlementId, {
    fiscalization: { state: 'due', since: at },
    ...(basket === undefined ? {} : { ownBasket: basket }),
    ...(buyer === undefined ? {} : { ownBuyer: buyer }),
  });

const refundPhase = (payment: Payment, refundId: string, phase: Refund['phase']): Payment => {
  const refund = payment.refunds.get(refundId);
  return refund === undefined
    ? payment
    : { ...payment, refunds: put(payment.refunds, refundId, { ...refund, phase }) };
};

const postponed = (
  payment: Payment,
  { at, settlementId, reason, objection }: FiscalizationPostponed['data'],
): Payment =>
  now(payment, settlementId, {
    state: 'postponed',
    reason,
    since: at,
    ...(objection === undefined ? {} : { objection }),
  });

const changed = (payment: Payment, event: PaymentEvent): Payment => {
  switch (event.type) {
    case 'payment.PaymentRequested':
      return requested(payment, event.data);
    case 'payment.PaymentLinkIssued':
      return linkIssued(payment, event.data);
    case 'payment.PaymentConfirmed':
      return confirmed(payment, event.data);
    case 'payment.PaymentDeclined':
      return ended(payment, event.data.linkId, 'declined');
    case 'payment.PaymentExpired':
      return ended(payment, event.data.linkId, 'expired');
    case 'payment.RefundRequested': {
      const { at: _at, ...refund } = event.data;
      return {
        ...payment,
        refunds: put(payment.refunds, refund.refundId, { ...refund, phase: 'requested' }),
      };
    }
    case 'payment.RefundConfirmed':
      return refundConfirmed(payment, event.data);
    case 'payment.RefundDeclined':
      return refundPhase(payment, event.data.refundId, 'declined');
    case 'payment.FiscalizationPostponed':
      return postponed(payment, event.data);
    case 'payment.FiscalizationResumed':
      return resumed(payment, event.data);
    case 'payment.ReceiptLinked':
      return now(payment, event.data.settlementId, { state: 'linked', receiptId: event.data.receiptId });
  }
};

/** Folds one event into the payment. Total: a stream begins with a request or with a confirmation that came before it. */
export const evolvePayment = (state: PaymentState, event: PaymentEvent): PaymentState => {
  if (state !== undefined) return changed(state, event);
  return event.type === 'payment.PaymentRequested' || event.type === 'payment.PaymentConfirmed'
    ? changed(begun(event.data.paymentId), event)
    : undefined;
};
