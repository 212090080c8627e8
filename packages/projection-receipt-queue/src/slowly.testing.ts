import {
  PAYMENT,
  PAYMENT_EVENTS,
  QUEUE_STATUS_OF,
  RECEIPT,
  RECEIPT_EVENTS,
  settlementsWithoutReceipt,
  type PaymentEvent,
  type PaymentState,
  type ReceiptEvent,
  type ReceiptState,
} from '@cloud-kassa/core';
import { createImpersonalReader, type StoredEvent } from '@cloud-kassa/event-store';
import { right } from './world.testing';

/** The events of each stream of one kind, as the aggregate knows them. */
const byStream = (
  events: ReadonlyArray<StoredEvent>,
  prefix: string,
): ReadonlyArray<ReadonlyArray<StoredEvent>> => {
  const streams = new Map<string, StoredEvent[]>();
  for (const event of events) {
    if (!event.stream.startsWith(prefix)) continue;
    const stream = streams.get(event.stream) ?? [];
    streams.set(event.stream, [...stream, event]);
  }
  return [...streams.values()];
};

const expectedReceipt = (stream: ReadonlyArray<StoredEvent>) => {
  const events: ReadonlyArray<ReceiptEvent> = createImpersonalReader(RECEIPT_EVENTS)(stream).map(
    (read) => right(read).event,
  );
  let phaseSince = '';
  let before: ReceiptState;
  for (const event of events) {
    const after = RECEIPT.evolve(before, event);
    if (after?.attempt.phase !== before?.attempt.phase) phaseSince = event.data.at;
    before = after;
  }
  const receipt = before;
  if (receipt === undefined) throw new Error('no receipt');
  const { attempt, content, facts, source } = receipt;
  const sends = events.flatMap((event) => (event.type === 'receipt.SendIntended' ? [event.data.at] : []));
  const waits = attempt.postponed === undefined ? undefined : attempt.postponed.until;
  return {
    receiptId: receipt.receiptId,
    organisation: receipt.organisation,
    sourceDocument: source.document,
    settlementId: source.settlementId,
    registerId: facts.register.registerId,
    deviceId: attempt.route?.deviceId ?? facts.register.deviceId,
    status: QUEUE_STATUS_OF[attempt.phase],
    phase: attempt.phase,
    phaseSince,
    isEnqueued: attempt.enqueued,
    sends: sends.length,
    lastSentAt: sends.at(-1),
    open: attempt.open,
    nextTryAt:
      attempt.postponed !== undefined ? waits : attempt.phase === 'Ready' ? attempt.retryAt : undefined,
    compensatedBy: attempt.compensatedBy,
    legalDeadline: receipt.legalDeadline,
    alarms: attempt.alarms,
    registeredAt: receipt.registeredAt,
    updatedAt: events.at(-1)?.data.at,
    kind: content.kind,
    sign: content.settlementSign,
    total: content.total,
    taxation: content.taxation,
    origin: facts.origin,
    instrument: facts.instrument,
    parents: receipt.parents,
    buyerKeyId: content.buyer?.keyId,
    epoch: attempt.epoch,
    amendments: attempt.amendments,
    revision: events.length - 1,
    fn: attempt.document?.fn,
    fd: attempt.document?.fd,
    fp: attempt.document?.fp,
  };
};

const expectedPayments = (stream: ReadonlyArray<StoredEvent>) => {
  const events: ReadonlyArray<PaymentEvent> = createImpersonalReader(PAYMENT_EVENTS)(stream).map(
    (read) => right(read).event,
  );
  const payment: PaymentState = events.reduce(PAYMENT.evolve, PAYMENT.initial);
  if (payment === undefined) return [];
  return settlementsWithoutReceipt(payment).map((settlement) => {
    const { settlementId, kind, refundOf, organisation, amount, instrument, settledAt, fiscalization } =
      settlement;
    const { late, repeated } = settlement;
    const why = fiscalization.state === 'postponed' ? fiscalization : undefined;
    return {
      paymentId: payment.paymentId,
      settlementId,
      organisation,
      kind,
      refundOf,
      sourceDocument: payment.request?.sourceDocument,
      amount,
      instrument,
      settledAt,
      late,
      repeated,
      state: fiscalization.state,
      reason: why?.reason,
      objectionRule: why?.objection?.rule,
      objectionField: why?.objection?.field,
      since: fiscalization.state === 'linked' ? undefined : fiscalization.since,
    };
  });
};

/** What the queue has to show, from the states that commands are decided on: every stream is folded by itself, from its start. */
export const slowly = (events: ReadonlyArray<StoredEvent>) => ({
  receipts: byStream(events, 'receipt-').map(expectedReceipt),
  payments: byStream(events, 'payment-').flatMap(expectedPayments),
});
