import * as E from 'fp-ts/Either';
import { differingKeys } from '../same-value';
import { withReleased, withWait } from './basket-wait';
import type {
  ConfirmPayment,
  DeclinePayment,
  ExpirePayment,
  IssuePaymentLink,
  RequestPayment,
} from './commands';
import type { PaymentEvent } from './events';
import type { PaymentRefusal, PaymentRule } from './rejections';
import { refusal } from './rejections';
import { basketProblem, impersonalDocument } from './settlement-document';
import type { PaymentRequest, PaymentState } from './state';
import { isLate, paidSettlements } from './state';

export type Decision = E.Either<PaymentRefusal, ReadonlyArray<PaymentEvent>>;

export const NOTHING: Decision = E.right([]);

export const refuse = (rule: PaymentRule, field: string, detail?: PaymentRefusal['detail']): Decision =>
  E.left(refusal(rule, field, detail));

const flat = ({
  organisation,
  sourceDocument,
  instrument,
  settlement,
}: Omit<PaymentRequest, 'amount' | 'requestedAt'>): object => ({
  organisation,
  sourceDocument,
  instrument,
  ...impersonalDocument(settlement),
});

/** Decides the request of a payment. */
export const requestPayment = (data: RequestPayment['data'], payment: PaymentState): Decision => {
  const { now, paymentId, organisation, sourceDocument, instrument, settlement } = data;
  if (payment?.request !== undefined) {
    const fields = differingKeys(flat(payment.request), flat(data));
    const [first] = fields;
    return first === undefined ? NOTHING : refuse('payment-differs', first, { fields: fields.join(', ') });
  }
  const problem = basketProblem(settlement);
  if (problem !== undefined) return refuse(problem.rule, `settlement.${problem.field}`);
  const paid = payment === undefined ? [] : paidSettlements(payment);
  if (paid.some((settled) => settled.organisation !== organisation))
    return refuse('organisation-differs', 'organisation');
  const amount = settlement.payments.cashless;
  const id = payment?.paymentId ?? paymentId;
  const asked = { at: now, paymentId: id, organisation, sourceDocument, instrument, amount, settlement };
  return E.right(withReleased({ type: 'payment.PaymentRequested', data: asked }, payment));
};

/** Decides the issue of a payment link. */
export const issueLink = ({ now, ...link }: IssuePaymentLink['data'], payment: PaymentState): Decision => {
  const known = payment?.links.get(link.linkId);
  if (known !== undefined) {
    const { ended: _ended, ...issued } = known;
    const fields = differingKeys(issued, link);
    const [first] = fields;
    return first === undefined ? NOTHING : refuse('link-differs', first, { fields: fields.join(', ') });
  }
  if (payment?.request === undefined) return refuse('payment-unknown', 'paymentId');
  if (paidSettlements(payment).length > 0) return refuse('already-paid', 'paymentId');
  if (link.expiresAt !== undefined && link.expiresAt <= now) return refuse('link-lifetime', 'expiresAt');
  return E.right([{ type: 'payment.PaymentLinkIssued', data: { at: now, ...link } }]);
};

/** Decides a notice that money came. Money is never turned away: late, repeated and without a basket it is recorded, with the reason. */
export const confirmPayment = (data: ConfirmPayment['data'], payment: PaymentState): Decision => {
  const { now, paymentId, settlementId, organisation, instrument, amount, paidAt, linkId } = data;
  const known = payment?.settlements.get(settlementId);
  if (known?.kind === 'refund' || payment?.refunds.has(settlementId) === true)
    return refuse('settlement-id-used', 'settlementId');
  if (known !== undefined) return known.amount === amount ? NOTHING : refuse('settlement-differs', 'amount');
  if (amount === 0) return refuse('nothing-paid', 'amount');
  const before = payment === undefined ? [] : paidSettlements(payment);
  const owner = payment?.request?.organisation ?? before[0]?.organisation ?? organisation;
  if (owner !== organisation) return refuse('organisation-differs', 'organisation');
  const came = {
    at: now,
    paymentId: payment?.paymentId ?? paymentId,
    settlementId,
    organisation,
    instrument,
    amount,
    paidAt,
    ...(linkId === undefined ? {} : { linkId }),
    late: payment !== undefined && isLate(payment, linkId),
    repeated: before.length > 0,
  };
  return E.right(withWait({ type: 'payment.PaymentConfirmed', data: came }, settlementId, payment));
};

/** Has this attempt anything left to end? After money came, or for what is not known or over, a notice of failure changes nothing. */
const isOver = (payment: PaymentState, linkId: string | undefined): boolean => {
  if (payment?.request === undefined || payment.ended !== undefined || paidSettlements(payment).length > 0)
    return true;
  if (linkId === undefined) return false;
  const link = payment.links.get(linkId);
  return link === undefined || link.ended !== undefined;
};

/** Decides a notice that an attempt to pay failed. */
export const declinePayment = (
  { now, linkId, code }: DeclinePayment['data'],
  payment: PaymentState,
): Decision => {
  if (isOver(payment, linkId)) return NOTHING;
  const told = { ...(linkId === undefined ? {} : { linkId }), ...(code === undefined ? {} : { code }) };
  return E.right([{ type: 'payment.PaymentDeclined', data: { at: now, ...told } }]);
};

/** Decides that the time to pay is over. */
export const expirePayment = (
  { now, linkId, cancelled }: ExpirePayment['data'],
  payment: PaymentState,
): Decision =>
  isOver(payment, linkId)
    ? NOTHING
    : E.right([
        {
          type: 'payment.PaymentExpired',
          data: { at: now, cancelled, ...(linkId === undefined ? {} : { linkId }) },
        },
      ]);
