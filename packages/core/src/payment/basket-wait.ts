import type { Instant } from '@cloud-kassa/ffd';
import type { PaymentEvent } from './events';
import { evolvePayment } from './evolve';
import type { ConfirmedSettlement, Payment, PaymentState } from './state';
import { basketOf } from './state';

/** What a settlement must wait for before it can become a receipt: its basket, or one of its amount. */
export type BasketWait = 'no-basket' | 'amount-differs';

const basketWait = (
  payment: Payment,
  { settlementId, amount }: ConfirmedSettlement,
): BasketWait | undefined => {
  const basket = basketOf(payment, settlementId);
  if (basket === undefined) return 'no-basket';
  return basket.payments.cashless === amount ? undefined : 'amount-differs';
};

/** For what basket a settlement is known to wait; one that waits for something else, or for nothing, is not touched. */
const knownWait = ({ fiscalization }: ConfirmedSettlement): BasketWait | 'another-reason' => {
  if (fiscalization.state !== 'postponed') return 'another-reason';
  const { reason } = fiscalization;
  return reason === 'no-basket' || reason === 'amount-differs' ? reason : 'another-reason';
};

const released = (
  payment: Payment,
  settlement: ConfirmedSettlement,
  at: Instant,
): ReadonlyArray<PaymentEvent> => {
  const known = knownWait(settlement);
  const { settlementId } = settlement;
  const wait = basketWait(payment, settlement);
  if (known === 'another-reason' || known === wait) return [];
  return wait === undefined
    ? [{ type: 'payment.FiscalizationResumed', data: { at, settlementId } }]
    : [{ type: 'payment.FiscalizationPostponed', data: { at, settlementId, reason: wait } }];
};

/** An event that may bring a basket, with what it means for the settlements that waited for one. */
export const withReleased = (event: PaymentEvent, state: PaymentState): ReadonlyArray<PaymentEvent> => {
  const payment = evolvePayment(state, event);
  if (payment === undefined) return [event];
  return [
    event,
    ...[...payment.settlements.values()].flatMap((settlement) =>
      released(payment, settlement, event.data.at),
    ),
  ];
};

/** An event that confirms a settlement, with the reason why it has to wait, if it has to. */
export const withWait = (
  event: PaymentEvent,
  settlementId: string,
  state: PaymentState,
): ReadonlyArray<PaymentEvent> => {
  const payment = evolvePayment(state, event);
  const settlement = payment?.settlements.get(settlementId);
  const reason =
    payment === undefined || settlement === undefined ? undefined : basketWait(payment, settlement);
  if (reason === undefined) return [event];
  return [
    event,
    { type: 'payment.FiscalizationPostponed', data: { at: event.data.at, settlementId, reason } },
  ];
};
