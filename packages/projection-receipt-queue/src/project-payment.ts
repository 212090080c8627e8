import type { PaymentEvent } from '@cloud-kassa/core';
import type { StoredEvent } from '@cloud-kassa/event-store';
import { put, remove, UNCHANGED, type Change, type Rows } from '@cloud-kassa/projections';
import { PAYMENTS, PAYMENTS_WITHOUT_RECEIPT, type KnownSettlement, type WithoutReceiptRow } from './tables';

interface Payment {
  readonly paymentId: string;
  readonly sourceDocument?: string | undefined;
  readonly settlements: ReadonlyArray<KnownSettlement>;
}

type Fiscalization = Pick<
  WithoutReceiptRow,
  'state' | 'reason' | 'objectionRule' | 'objectionField' | 'since'
>;

const due = (since: string): Fiscalization => ({ state: 'due', since });

const withoutReceipt = (
  { paymentId, sourceDocument }: Payment,
  settlement: KnownSettlement,
  fiscalization: Fiscalization,
): Change => put(PAYMENTS_WITHOUT_RECEIPT, { paymentId, sourceDocument, ...settlement, ...fiscalization });

/** A settlement that has just become known: its receipt is due. */
const confirmed = (payment: Payment, settlement: KnownSettlement): ReadonlyArray<Change> => {
  const others = payment.settlements.filter(({ settlementId }) => settlementId !== settlement.settlementId);
  return [
    put(PAYMENTS, { ...payment, settlements: [...others, settlement] }),
    withoutReceipt(payment, settlement, due(settlement.confirmedAt)),
  ];
};

/** Money may have come before it was known what for. */
const requested = (payment: Payment, sourceDocument: string, rows: Rows): ReadonlyArray<Change> => [
  put(PAYMENTS, { ...payment, sourceDocument }),
  ...payment.settlements.flatMap(({ settlementId }) => {
    const row = rows.get(PAYMENTS_WITHOUT_RECEIPT, { paymentId: payment.paymentId, settlementId });
    return row === undefined ? [] : [put(PAYMENTS_WITHOUT_RECEIPT, { ...row, sourceDocument })];
  }),
];

const changed = (payment: Payment, event: PaymentEvent, rows: Rows): ReadonlyArray<Change> => {
  const settlementOf = (id: string): KnownSettlement | undefined =>
    payment.settlements.find(({ settlementId }) => settlementId === id);
  switch (event.type) {
    case 'payment.PaymentRequested':
      return requested(payment, event.data.sourceDocument, rows);
    case 'payment.PaymentConfirmed': {
      const { at, settlementId, organisation, instrument, amount, paidAt, late, repeated } = event.data;
      return confirmed(payment, {
        settlementId,
        kind: 'payment',
        organisation,
        instrument,
        amount,
        settledAt: paidAt,
        confirmedAt: at,
        late,
        repeated,
      });
    }
    case 'payment.RefundConfirmed': {
      const { at, refundId, settlementId, amount, refundedAt, late } = event.data;
      const paid = settlementOf(settlementId);
      if (paid === undefined) return UNCHANGED;
      return confirmed(payment, {
        settlementId: refundId,
        kind: 'refund',
        refundOf: settlementId,
        organisation: paid.organisation,
        instrument: paid.instrument,
        amount,
        settledAt: refundedAt,
        confirmedAt: at,
        late,
        repeated: false,
      });
    }
    case 'payment.FiscalizationPostponed': {
      const { at, settlementId, reason, objection } = event.data;
      const settlement = settlementOf(settlementId);
      if (settlement === undefined) return UNCHANGED;
      const why = { reason, objectionRule: objection?.rule, objectionField: objection?.field };
      return [withoutReceipt(payment, settlement, { state: 'postponed', ...why, since: at })];
    }
    case 'payment.FiscalizationResumed': {
      const settlement = settlementOf(event.data.settlementId);
      return settlement === undefined ? UNCHANGED : [withoutReceipt(payment, settlement, due(event.data.at))];
    }
    case 'payment.ReceiptLinked': {
      const { settlementId } = event.data;
      return [remove(PAYMENTS_WITHOUT_RECEIPT, { paymentId: payment.paymentId, settlementId })];
    }
    case 'payment.PaymentLinkIssued':
    case 'payment.PaymentDeclined':
    case 'payment.PaymentExpired':
    case 'payment.RefundRequested':
    case 'payment.RefundDeclined':
      return UNCHANGED;
  }
};

const PREFIX = 'payment-';

/** Keeps the settlements that have no receipt yet. A payment begins with a request or with money. */
export const projectPayment = (
  event: PaymentEvent,
  { stream }: StoredEvent,
  rows: Rows,
): ReadonlyArray<Change> => {
  const paymentId = stream.slice(PREFIX.length);
  const known = rows.get(PAYMENTS, { paymentId });
  if (known !== undefined) return changed(known, event, rows);
  return event.type === 'payment.PaymentRequested' || event.type === 'payment.PaymentConfirmed'
    ? changed({ paymentId, settlements: [] }, event, rows)
    : UNCHANGED;
};
