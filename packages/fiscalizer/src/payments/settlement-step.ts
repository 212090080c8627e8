import type {
  ConfirmedSettlement,
  Payment,
  PaymentCommand,
  PostponementReason,
  Receipt,
  ReceiptObjection,
  SettlementDocument,
} from '@cloud-kassa/core';
import { basketOf, isErased, settlementSourceOf } from '@cloud-kassa/core';
import type { Instant } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import { isReachable } from '../registration/buyer-of-order';
import { commandIdOf } from '../registration/command-id';
import type { Cause } from './payment-stream';
import { postponementOf } from './postponement-of';
import type { RefundOfReceipt } from '../registration/refund-order';
import type { Examined, Registrar } from '../registration/registrar';
import type { Registration, RegistrationError, RegistrationOrder } from '../registration/registration-order';
import type { Payments } from '../handlers';

/**
 * What a step of a settlement came to. `Moved`: its payment has new events and is to be read again. `Waits`: it stands postponed for a
 * reason, nothing was written. `TryAgain`: something did not answer.
 */
export type StepOutcome =
  | { readonly _tag: 'Moved' }
  | {
      readonly _tag: 'Waits';
      readonly reason: PostponementReason;
      readonly objection?: ReceiptObjection;
      readonly since: Instant;
    }
  | { readonly _tag: 'TryAgain'; readonly why: string };

export interface SettlementStepOptions {
  readonly registrar: Registrar;
  readonly payments: Payments;
  readonly now: () => Instant;
  readonly actor: string;
}

/** One settlement of a payment, with what caused it to stand where it stands. */
export interface SettlementCase {
  readonly payment: Payment;
  readonly settlement: ConfirmedSettlement;
  readonly cause: Cause;
}

type Waiting = { readonly reason: PostponementReason; readonly objection?: ReceiptObjection };

const MOVED: StepOutcome = { _tag: 'Moved' };

const isSame = (one: ReceiptObjection | undefined, other: ReceiptObjection | undefined): boolean =>
  one?.rule === other?.rule && one?.field === other?.field;

/** A receipt that somebody made for this very settlement, with other content: by amount and direction it is the receipt of this money. */
const isReceiptOf = ({ content, attempt }: Receipt, { kind, amount }: ConfirmedSettlement): boolean => {
  const { settlementSign, payments } = content;
  // In FFD 1.05 a missed refund of a sale is a correction of the opposite kind.
  const isBack = settlementSign === 2 || (content.kind === 'correction' && settlementSign === 3);
  const fits = kind === 'payment' ? settlementSign === 1 : isBack;
  return fits && payments.cashless === amount && attempt.phase !== 'Cancelled';
};

/** Takes one step with one settlement that has no receipt yet. Every command has an id computed from its cause. */
export const settlementStep = ({ registrar, payments, now, actor }: SettlementStepOptions) => {
  const give = async (
    { payment, settlement, cause }: SettlementCase,
    step: string,
    command: PaymentCommand,
  ): Promise<StepOutcome | { readonly _tag: 'Refused'; readonly objection: ReceiptObjection }> => {
    const given = await payments.handle(payment.paymentId, command, {
      commandId: commandIdOf(cause.eventId, step),
      causationId: cause.eventId,
      correlationId: cause.correlationId,
      actor,
      organisation: settlement.organisation,
    })();
    if (E.isRight(given)) return MOVED;
    const { left } = given;
    // Another process took this step from the same cause; what it came to stands in the stream.
    if (left._tag === 'CommandIdReused') return MOVED;
    if (left._tag !== 'Refused') return { _tag: 'TryAgain', why: left._tag };
    const { rule, field } = left.refusal;
    return { _tag: 'Refused', objection: { rule, field } };
  };

  const wait = async (one: SettlementCase, { reason, objection }: Waiting): Promise<StepOutcome> => {
    const { settlementId, fiscalization } = one.settlement;
    const told = objection === undefined ? {} : { objection };
    if (
      fiscalization.state === 'postponed' &&
      fiscalization.reason === reason &&
      isSame(fiscalization.objection, objection)
    )
      return { _tag: 'Waits', reason, since: fiscalization.since, ...told };
    const step = `postpone:${reason}:${objection?.rule ?? ''}:${objection?.field ?? ''}`;
    const given = await give(one, step, {
      type: 'PostponeFiscalization',
      data: { now: now(), settlementId, reason, ...told },
    });
    return given._tag === 'Refused' ? { _tag: 'TryAgain', why: given.objection.rule } : given;
  };

  const link = async (one: SettlementCase, receiptId: string): Promise<StepOutcome> => {
    const { settlementId } = one.settlement;
    const given = await give(one, 'link', {
      type: 'LinkReceipt',
      data: { now: now(), settlementId, receiptId },
    });
    return given._tag === 'Refused' ? wait(one, { reason: 'refused', objection: given.objection }) : given;
  };

  /** From here on nobody can give another basket: what is registered next is what stands in the payment now. */
  const resume = async (one: SettlementCase, { content }: Examined): Promise<StepOutcome> => {
    const { settlementId, fiscalization } = one.settlement;
    const { buyer } = content;
    const basketBuyer = basketOf(one.payment, settlementId)?.buyer;
    const isFound =
      fiscalization.state === 'postponed' &&
      fiscalization.reason === 'no-contact' &&
      buyer !== undefined &&
      isReachable(buyer) &&
      buyer.keyId !== basketBuyer?.keyId;
    const given = await give(one, 'resume', {
      type: 'ResumeFiscalization',
      data: { now: now(), settlementId, ...(isFound ? { buyer } : {}) },
    });
    return given._tag === 'Refused' ? wait(one, { reason: 'refused', objection: given.objection }) : given;
  };

  const withoutReceipt = async (
    one: SettlementCase,
    order: RegistrationOrder | RefundOfReceipt,
    error: RegistrationError,
  ): Promise<StepOutcome> => {
    if (error._tag === 'Refused') {
      const adopted = await registrar.adopt(order, (receipt) => isReceiptOf(receipt, one.settlement));
      if (E.isRight(adopted) && adopted.right !== undefined) return link(one, adopted.right.receiptId);
    }
    const postponement = postponementOf(error);
    return postponement._tag === 'TryAgain' ? postponement : wait(one, postponement);
  };

  const carry = async <Order extends RegistrationOrder | RefundOfReceipt>(
    one: SettlementCase,
    order: Order,
    examine: (order: Order) => Promise<E.Either<RegistrationError, Examined>>,
    register: (order: Order) => Promise<E.Either<RegistrationError, Registration>>,
  ): Promise<StepOutcome> => {
    if (one.settlement.fiscalization.state === 'postponed') {
      const examined = await examine(order);
      return E.isLeft(examined) ? withoutReceipt(one, order, examined.left) : resume(one, examined.right);
    }
    const registered = await register(order);
    return E.isLeft(registered)
      ? withoutReceipt(one, order, registered.left)
      : link(one, registered.right.receiptId);
  };

  const circumstancesOf = (
    { payment, settlement, cause }: SettlementCase,
    { customerId }: SettlementDocument,
  ): Omit<RegistrationOrder, 'draft'> => ({
    organisation: settlement.organisation,
    source: settlementSourceOf(payment, settlement.settlementId),
    settled: settlement.settledAt,
    origin: 'payment',
    instrument: settlement.instrument,
    commandId: commandIdOf(cause.eventId, 'register'),
    causationId: cause.eventId,
    correlationId: cause.correlationId,
    actor,
    ...(customerId === undefined ? {} : { customerId }),
  });

  const ofPayment = (one: SettlementCase, basket: SettlementDocument): Promise<StepOutcome> => {
    const { customerId: _customerId, ...content } = basket;
    const order: RegistrationOrder = {
      ...circumstancesOf(one, basket),
      draft: { ...content, kind: 'receipt', settlementSign: 1 },
    };
    return carry(one, order, registrar.examine, registrar.register);
  };

  const ofRefund = async (one: SettlementCase, basket: SettlementDocument): Promise<StepOutcome> => {
    const { payment, settlement } = one;
    const { settlementId, refundOf = '', ownBasket, amount } = settlement;
    const sale = payment.settlements.get(refundOf)?.fiscalization;
    // What keeps the receipt of the sale away keeps that of its refund away too; it ends with it.
    if (sale?.state === 'postponed') return wait(one, sale);
    if (sale?.state !== 'linked') return { _tag: 'TryAgain', why: 'the sale has no receipt yet' };
    const document = ownBasket ?? payment.refunds.get(settlementId)?.basket;
    const { buyer } = basket;
    const order: RefundOfReceipt = {
      ...circumstancesOf(one, basket),
      sale: { kind: 'receipt', receiptId: sale.receiptId },
      returned: document === undefined ? { what: 'rest' } : { what: 'document', document },
      amount,
      moneyIsBack: true,
      ...(buyer === undefined || isErased(buyer.person) ? {} : { buyer }),
    };
    return carry(one, order, registrar.examineRefund, registrar.refund);
  };

  return async (one: SettlementCase): Promise<StepOutcome> => {
    const { payment, settlement } = one;
    const basket = basketOf(payment, settlement.settlementId);
    if (basket === undefined) return wait(one, { reason: 'no-basket' });
    if (basket.payments.cashless !== settlement.amount) return wait(one, { reason: 'amount-differs' });
    return settlement.kind === 'payment' ? ofPayment(one, basket) : ofRefund(one, basket);
  };
};
