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
import { exactRecordCodec, InnCodec, InstantCodec, KopecksCodec } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Caller, Written } from './caller';
import { contextOf, writtenOf } from './caller';
import { readInput } from './input';
import { InstrumentCodec, LinkKindCodec, NameCodec, StreamPartCodec } from './input-codecs';
import type { KassaError } from './kassa-error';
import { notFound, ofHandler, ofLoad } from './kassa-error';
import type { Kit } from './kit';
import { ofRegistration } from './of-registration';
import type { Outcome } from './outcome';
import { done, failed } from './outcome';
import { readBasket } from './read-basket';
import type { BasketInput, BuyerInput } from './receipt-input';

/** A payment that is asked for. */
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

/** Money that goes back. */
export interface RefundOrder {
  /** The id of the refund: it names the settlement of the money that goes back. */
  readonly refundId: string;
  /** The settlement that is returned, all of it or a part. */
  readonly settlementId: string;
  /** Kopecks. */
  readonly amount: number;
  /** What is returned. Left out where all of the settlement goes back; a part without it is refused (`basket-missing`). */
  readonly basket?: BasketInput;
}

/** What would become of a payment's receipt if the money came now. */
export interface Preflight {
  readonly registerId: string;
  readonly deviceId: string;
  /** Whether the provider says now that it makes receipts. */
  readonly available: boolean;
  /** Why not: `unreachable`, or what the provider names. */
  readonly why?: string;
}

export interface PaymentView {
  readonly phase: PaymentPhase;
  readonly payment: Payment;
}

/** Payments (оплаты, S31 to S38). Each confirmed settlement becomes a receipt by itself, or shows a dated reason why not yet. */
export interface Payments {
  /**
   * Would this order get its receipt? Ask before the money is taken: money that came cannot be refused any more, and a receipt that it
   * cannot get waits for a person. Judges the basket, the contact and the route as they would be judged, and asks the provider of the
   * device. Writes nothing. Refused as the receipt would be; `no-route` where no device or register takes it.
   */
  readonly examine: (order: PaymentOrder) => Promise<Outcome<Preflight>>;
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
  /** The money has gone back. Taken with or without a request; a part that nobody said the basket of waits as `no-basket`: see `resume`. */
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
  /** Gives what a postponed settlement waited for: the basket, the buyer. Of a refund `settlementId` is the refund's id. */
  readonly resume: (
    paymentId: string,
    settlementId: string,
    given?: { readonly basket?: BasketInput; readonly buyer?: BuyerInput },
    caller?: Caller,
  ) => Promise<Outcome<Written>>;
  readonly get: (paymentId: string) => Promise<Outcome<PaymentView>>;
}

/** Stands for the bank's operation, which is not there before the money is. */
const NO_SETTLEMENT_YET = 'not yet';

const OrderCodec = exactRecordCodec(
  'PaymentOrder',
  { paymentId: StreamPartCodec, organisation: InnCodec, sourceDocument: NameCodec, basket: t.UnknownRecord },
  { instrument: InstrumentCodec },
);

const NoticeCodec = exactRecordCodec(
  'PaymentNotice',
  { settlementId: NameCodec, organisation: InnCodec, amount: KopecksCodec },
  { paidAt: InstantCodec, instrument: InstrumentCodec, linkId: NameCodec },
);

const LinkCodec = exactRecordCodec(
  'PaymentLink',
  { linkId: NameCodec, kind: LinkKindCodec, address: t.string },
  { expiresAt: InstantCodec },
);

const DeclineCodec = exactRecordCodec('DeclinedPayment', {}, { linkId: NameCodec, code: NameCodec });

const ExpiryCodec = exactRecordCodec('ExpiredPayment', {}, { linkId: NameCodec, cancelled: t.boolean });

const refundFields = { refundId: NameCodec, settlementId: NameCodec, amount: KopecksCodec };

const RefundCodec = exactRecordCodec('RefundOrder', refundFields, { basket: t.UnknownRecord });

const RefundNoticeCodec = exactRecordCodec('RefundNotice', refundFields, { refundedAt: InstantCodec });

const RefundDeclineCodec = exactRecordCodec('DeclinedRefund', { refundId: NameCodec }, { code: NameCodec });

const GivenCodec = exactRecordCodec('Given', {}, { basket: t.UnknownRecord, buyer: t.UnknownRecord });

/** A field of the basket is told as the basket has it, whoever judged it. */
const inBasket = (error: KassaError): KassaError =>
  error.code === 'refused' ? { ...error, field: error.field.replace(/^(?:settlement|basket)\./, '') } : error;

const NO_PAYMENT = notFound('paymentId', 'There is no such payment.', 'Такой оплаты нет.');

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
    return E.isLeft(handled)
      ? failed(inBasket(ofHandler(handled.left, 'payment')))
      : done(writtenOf(handled.right));
  };

  const load = async (paymentId: string): Promise<Outcome<Payment | undefined>> => {
    if (!StreamPartCodec.is(paymentId)) return done(undefined);
    const loaded = await handlers.shown.payments.load(paymentId)();
    return E.isLeft(loaded) ? failed(ofLoad(loaded.left)) : done(loaded.right.state);
  };

  const find = async (paymentId: string): Promise<Outcome<Payment>> => {
    const payment = await load(paymentId);
    if (!payment.ok) return payment;
    return payment.value === undefined ? failed(NO_PAYMENT) : done(payment.value);
  };

  /** A notice about a payment that nobody asked for and no money came by says nothing. */
  const notice = async (
    paymentId: string,
    caller: Caller,
    command: E.Either<KassaError, PaymentCommand>,
  ): Promise<Outcome<Written>> => {
    if (E.isLeft(command)) return failed(command.left);
    const payment = await load(paymentId);
    if (!payment.ok) return payment;
    if (payment.value === undefined) return done({ duplicate: true });
    return give(paymentId, command.right, organisationOf(payment.value), caller);
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

  /** Asked by a page that waits: an answer that does not come is one. */
  const availabilityOf = async (deviceId: string): Promise<Pick<Preflight, 'available' | 'why'>> => {
    const answer = await kit.registry.provider(deviceId)?.availability();
    if (answer === undefined || answer._tag === 'Unreachable')
      return { available: false, why: 'unreachable' };
    return answer._tag === 'Available' ? { available: true } : { available: false, why: answer.why };
  };

  return {
    examine: async (order) => {
      const read = readInput(OrderCodec, order);
      if (E.isLeft(read)) return failed(read.left);
      const { paymentId, organisation, instrument = 'sbp' } = read.right;
      const settlement = await basketOf(order.basket);
      if (E.isLeft(settlement)) return failed(settlement.left);
      const refreshed = await kit.registry.refresh()();
      if (E.isLeft(refreshed)) return failed(ofLoad(refreshed.left));
      const { customerId, ...content } = settlement.right;
      const examined = await kit.registrar.examine({
        organisation,
        source: { document: paymentId, settlementId: NO_SETTLEMENT_YET },
        origin: 'payment',
        instrument,
        actor: kit.actor,
        draft: { ...content, kind: 'receipt', settlementSign: 1 },
        ...(customerId === undefined ? {} : { customerId }),
      });
      if (E.isLeft(examined)) return failed(ofRegistration(examined.left));
      const { registerId, deviceId } = examined.right.facts.register;
      return done({ registerId, deviceId, ...(await availabilityOf(deviceId)) });
    },

    request: async (order, caller = {}) => {
      const read = readInput(OrderCodec, order);
      if (E.isLeft(read)) return failed(read.left);
      const { paymentId, organisation, sourceDocument, instrument = 'sbp' } = read.right;
      const settlement = await basketOf(order.basket);
      if (E.isLeft(settlement)) return failed(settlement.left);
      const data = { now: now(), paymentId, organisation, sourceDocument, instrument };
      return give(
        paymentId,
        { type: 'RequestPayment', data: { ...data, settlement: settlement.right } },
        organisation,
        caller,
      );
    },

    issueLink: (paymentId, link, caller = {}) =>
      change(paymentId, caller, () =>
        E.map((issued: t.TypeOf<typeof LinkCodec>): PaymentCommand => ({
          type: 'IssuePaymentLink',
          data: { now: now(), ...issued },
        }))(readInput(LinkCodec, link)),
      ),

    confirm: async (paymentId, told, caller = {}) => {
      const payment = readInput(StreamPartCodec, paymentId, 'paymentId');
      if (E.isLeft(payment)) return failed(payment.left);
      const read = readInput(NoticeCodec, told);
      if (E.isLeft(read)) return failed(read.left);
      const { paidAt = now(), instrument = 'sbp', ...came } = read.right;
      const data = { now: now(), paymentId, ...came, paidAt, instrument };
      return give(paymentId, { type: 'ConfirmPayment', data }, came.organisation, caller);
    },

    decline: (paymentId, how = {}, caller = {}) =>
      notice(
        paymentId,
        caller,
        E.map((told: t.TypeOf<typeof DeclineCodec>): PaymentCommand => ({
          type: 'DeclinePayment',
          data: { now: now(), ...told },
        }))(readInput(DeclineCodec, how)),
      ),

    expire: (paymentId, how = {}, caller = {}) =>
      notice(
        paymentId,
        caller,
        E.map(({ cancelled = false, ...told }: t.TypeOf<typeof ExpiryCodec>): PaymentCommand => ({
          type: 'ExpirePayment',
          data: { now: now(), cancelled, ...told },
        }))(readInput(ExpiryCodec, how)),
      ),

    requestRefund: (paymentId, refund, caller = {}) =>
      change(paymentId, caller, async () => {
        const read = readInput(RefundCodec, refund);
        if (E.isLeft(read)) return read;
        const { basket: _basket, ...order } = read.right;
        const data = { now: now(), ...order };
        if (refund.basket === undefined) return E.right({ type: 'RequestRefund', data });
        return E.map((returned: SettlementDocument): PaymentCommand => ({
          type: 'RequestRefund',
          data: { ...data, basket: returned },
        }))(await basketOf(refund.basket));
      }),

    confirmRefund: (paymentId, refund, caller = {}) =>
      change(paymentId, caller, () =>
        E.map(({ refundedAt = now(), ...told }: t.TypeOf<typeof RefundNoticeCodec>): PaymentCommand => ({
          type: 'ConfirmRefund',
          data: { now: now(), ...told, refundedAt },
        }))(readInput(RefundNoticeCodec, refund)),
      ),

    declineRefund: (paymentId, refund, caller = {}) =>
      notice(
        paymentId,
        caller,
        E.map((told: t.TypeOf<typeof RefundDeclineCodec>): PaymentCommand => ({
          type: 'DeclineRefund',
          data: { now: now(), ...told },
        }))(readInput(RefundDeclineCodec, refund)),
      ),

    resume: (paymentId, settlementId, given = {}, caller = {}) =>
      change(paymentId, caller, async () => {
        const settlement = readInput(NameCodec, settlementId, 'settlementId');
        if (E.isLeft(settlement)) return settlement;
        const read = readInput(GivenCodec, given);
        if (E.isLeft(read)) return read;
        const { basket, buyer } = given;
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
