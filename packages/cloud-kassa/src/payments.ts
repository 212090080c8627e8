import type {
  Buyer,
  LinkKind,
  Payment,
  PaymentCommand,
  PaymentInstrument,
  PaymentPhase,
  SettlementDocument,
} from '@cloud-kassa/core';
import { paymentPhase } from '@cloud-kassa/core';
import { InnCodec, InstantCodec, KopecksCodec } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { Caller, Written } from './caller';
import { contextOf, writtenOf } from './caller';
import { readInput } from './input';
import type { KassaError } from './kassa-error';
import { notFound, ofHandler, ofLoad } from './kassa-error';
import type { Kit } from './kit';
import type { Outcome } from './outcome';
import { done, failed } from './outcome';
import { readBasket } from './read-basket';
import type { BasketInput, BuyerInput } from './receipt-input';

export interface PaymentOrder {
  readonly paymentId: string;
  /** INN. */
  readonly organisation: string;
  /** The order or other document that is paid (документ-основание). */
  readonly sourceDocument: string;
  /** Default `sbp`, the fast payment system (СБП). */
  readonly instrument?: PaymentInstrument;
  readonly basket: BasketInput;
}

/** Money came. A repeated notice, one out of order and one that is late are all harmless. */
export interface PaymentNotice {
  /** The bank's id of the operation: it names the settlement, and one settlement gets one receipt. */
  readonly settlementId: string;
  readonly organisation: string;
  /** Kopecks. */
  readonly amount: number;
  /** When the bank moved the money; UTC, ISO 8601. Default: now. */
  readonly paidAt?: string;
  readonly instrument?: PaymentInstrument;
  readonly linkId?: string;
}

export interface RefundOrder {
  /** The id of the refund: it names the settlement of the money that goes back. */
  readonly refundId: string;
  /** The settlement that is returned, all of it or a part. */
  readonly settlementId: string;
  /** Kopecks. */
  readonly amount: number;
  /** What is returned; may be left out where all goes back. */
  readonly basket?: BasketInput;
}

export interface PaymentView {
  readonly phase: PaymentPhase;
  readonly payment: Payment;
}

/** Payments (оплаты, S31 to S38). Each confirmed settlement becomes a receipt by itself, or shows a dated reason why not yet. */
export interface Payments {
  readonly request: (order: PaymentOrder, caller?: Caller) => Promise<Outcome<Written>>;
  readonly issueLink: (
    paymentId: string,
    link: {
      readonly linkId: string;
      readonly kind: LinkKind;
      readonly address: string;
      readonly expiresAt?: string;
    },
    caller?: Caller,
  ) => Promise<Outcome<Written>>;
  readonly confirm: (paymentId: string, notice: PaymentNotice, caller?: Caller) => Promise<Outcome<Written>>;
  readonly decline: (
    paymentId: string,
    how?: { readonly linkId?: string; readonly code?: string },
    caller?: Caller,
  ) => Promise<Outcome<Written>>;
  readonly expire: (
    paymentId: string,
    how?: { readonly linkId?: string; readonly cancelled?: boolean },
    caller?: Caller,
  ) => Promise<Outcome<Written>>;
  readonly requestRefund: (
    paymentId: string,
    refund: RefundOrder,
    caller?: Caller,
  ) => Promise<Outcome<Written>>;
  readonly confirmRefund: (
    paymentId: string,
    refund: Omit<RefundOrder, 'basket'> & { readonly refundedAt?: string },
    caller?: Caller,
  ) => Promise<Outcome<Written>>;
  readonly declineRefund: (
    paymentId: string,
    refund: { readonly refundId: string; readonly code?: string },
    caller?: Caller,
  ) => Promise<Outcome<Written>>;
  /** Gives what a postponed settlement waited for: the basket, the buyer. */
  readonly resume: (
    paymentId: string,
    settlementId: string,
    given?: { readonly basket?: BasketInput; readonly buyer?: BuyerInput },
    caller?: Caller,
  ) => Promise<Outcome<Written>>;
  readonly get: (paymentId: string) => Promise<Outcome<PaymentView>>;
}

type Made<Type extends PaymentCommand['type']> = Extract<PaymentCommand, { readonly type: Type }>;

/** The organisation a payment's events are kept under: that of its request, else that of the money that came. */
const organisationOf = (payment: Payment): string =>
  payment.request?.organisation ?? [...payment.settlements.values()][0]?.organisation ?? '-';

export const paymentsOn = (kit: Kit): Payments => {
  const { handlers, now } = kit;

  const give = async (
    paymentId: string,
    command: PaymentCommand,
    organisation: string,
    caller: Caller,
  ): Promise<Outcome<Written>> => {
    const handled = await handlers.payments.handle(
      paymentId,
      command,
      contextOf(caller, organisation, kit),
    )();
    return E.isLeft(handled) ? failed(ofHandler(handled.left)) : done(writtenOf(handled.right));
  };

  const find = async (paymentId: string): Promise<Outcome<Payment>> => {
    const loaded = await handlers.payments.load(paymentId)();
    if (E.isLeft(loaded)) return failed(ofLoad(loaded.left));
    const { state } = loaded.right;
    return state === undefined ? failed(notFound('paymentId', 'There is no such payment.')) : done(state);
  };

  /** A notice about a payment that nobody asked for and no money came by says nothing. */
  const notice = async (
    paymentId: string,
    caller: Caller,
    command: PaymentCommand,
  ): Promise<Outcome<Written>> => {
    const loaded = await handlers.payments.load(paymentId)();
    if (E.isLeft(loaded)) return failed(ofLoad(loaded.left));
    const { state } = loaded.right;
    return give(paymentId, command, state === undefined ? '-' : organisationOf(state), caller);
  };

  const change = async (
    paymentId: string,
    caller: Caller,
    make: () => E.Either<KassaError, PaymentCommand> | Promise<E.Either<KassaError, PaymentCommand>>,
  ): Promise<Outcome<Written>> => {
    const payment = await find(paymentId);
    if (!payment.ok) return payment;
    const command = await make();
    return E.isLeft(command)
      ? failed(command.left)
      : give(paymentId, command.right, organisationOf(payment.value), caller);
  };

  const basketOf = async (basket: BasketInput): Promise<E.Either<KassaError, SettlementDocument>> => {
    const buyer = await buyerOf(basket.buyer);
    return E.isLeft(buyer) ? buyer : readBasket(basket, buyer.right);
  };

  const buyerOf = async (given: BuyerInput | undefined): Promise<E.Either<KassaError, Buyer | undefined>> =>
    given === undefined ? E.right(undefined) : kit.bindBuyer(given);

  return {
    request: async ({ paymentId, organisation, sourceDocument, instrument = 'sbp', basket }, caller = {}) => {
      const inn = readInput(InnCodec, organisation, 'organisation');
      if (E.isLeft(inn)) return failed(inn.left);
      const settlement = await basketOf(basket);
      if (E.isLeft(settlement)) return failed(settlement.left);
      const data = { now: now(), paymentId, organisation: inn.right, sourceDocument, instrument };
      return give(
        paymentId,
        { type: 'RequestPayment', data: { ...data, settlement: settlement.right } },
        inn.right,
        caller,
      );
    },

    issueLink: (paymentId, { expiresAt, ...link }, caller = {}) =>
      change(paymentId, caller, () => {
        if (expiresAt === undefined)
          return E.right({ type: 'IssuePaymentLink', data: { now: now(), ...link } });
        return E.map((until: Made<'IssuePaymentLink'>['data']['now']): PaymentCommand => ({
          type: 'IssuePaymentLink',
          data: { now: now(), ...link, expiresAt: until },
        }))(readInput(InstantCodec, expiresAt, 'expiresAt'));
      }),

    confirm: async (paymentId, told, caller = {}) => {
      const { settlementId, organisation, amount, paidAt = now(), instrument = 'sbp', linkId } = told;
      const inn = readInput(InnCodec, organisation, 'organisation');
      if (E.isLeft(inn)) return failed(inn.left);
      const money = readInput(KopecksCodec, amount, 'amount');
      if (E.isLeft(money)) return failed(money.left);
      const at = readInput(InstantCodec, paidAt, 'paidAt');
      if (E.isLeft(at)) return failed(at.left);
      const data = { now: now(), paymentId, settlementId, organisation: inn.right, instrument };
      return give(
        paymentId,
        {
          type: 'ConfirmPayment',
          data: {
            ...data,
            amount: money.right,
            paidAt: at.right,
            ...(linkId === undefined ? {} : { linkId }),
          },
        },
        inn.right,
        caller,
      );
    },

    decline: (paymentId, how = {}, caller = {}) =>
      notice(paymentId, caller, { type: 'DeclinePayment', data: { now: now(), ...how } }),

    expire: (paymentId, { cancelled = false, ...how } = {}, caller = {}) =>
      notice(paymentId, caller, { type: 'ExpirePayment', data: { now: now(), cancelled, ...how } }),

    requestRefund: (paymentId, { refundId, settlementId, amount, basket }, caller = {}) =>
      change(paymentId, caller, async () => {
        const money = readInput(KopecksCodec, amount, 'amount');
        if (E.isLeft(money)) return money;
        const data = { now: now(), refundId, settlementId, amount: money.right };
        if (basket === undefined) return E.right({ type: 'RequestRefund', data });
        return E.map((returned: SettlementDocument): PaymentCommand => ({
          type: 'RequestRefund',
          data: { ...data, basket: returned },
        }))(await basketOf(basket));
      }),

    confirmRefund: (paymentId, { refundId, settlementId, amount, refundedAt = now() }, caller = {}) =>
      change(paymentId, caller, () => {
        const money = readInput(KopecksCodec, amount, 'amount');
        if (E.isLeft(money)) return money;
        return E.map((at: Made<'ConfirmRefund'>['data']['refundedAt']): PaymentCommand => ({
          type: 'ConfirmRefund',
          data: { now: now(), refundId, settlementId, amount: money.right, refundedAt: at },
        }))(readInput(InstantCodec, refundedAt, 'refundedAt'));
      }),

    declineRefund: (paymentId, refund, caller = {}) =>
      notice(paymentId, caller, { type: 'DeclineRefund', data: { now: now(), ...refund } }),

    resume: (paymentId, settlementId, { basket, buyer } = {}, caller = {}) =>
      change(paymentId, caller, async () => {
        const person = await buyerOf(buyer);
        if (E.isLeft(person)) return person;
        const data = {
          now: now(),
          settlementId,
          ...(person.right === undefined ? {} : { buyer: person.right }),
        };
        if (basket === undefined) return E.right({ type: 'ResumeFiscalization', data });
        return E.map((document: SettlementDocument): PaymentCommand => ({
          type: 'ResumeFiscalization',
          data: { ...data, basket: document },
        }))(await basketOf(basket));
      }),

    get: async (paymentId) => {
      const payment = await find(paymentId);
      return payment.ok ? done({ phase: paymentPhase(payment.value), payment: payment.value }) : payment;
    },
  };
};
