import * as E from 'fp-ts/Either';
import { canonicalJson } from '../canonical-json';
import type { Decider } from '../decider';
import type { Refusal } from '../refusal';
import { sameValue } from '../same-value';
import type { AttemptCommand } from './attempt/commands';
import { decideAttempt } from './attempt/decide';
import type { ReceiptCommand, RegisterReceipt } from './commands';
import type { ReceiptContent } from './content';
import type { ReceiptEvent } from './events';
import type { FenceCommand } from './fence/commands';
import { decideFence } from './fence/decide';
import { isFenceHeld } from './fence/state';
import { receiptIdOf } from './identity';
import { differingFields, sameContent } from './payload';
import type { AnyReceiptRule } from './rejections';
import { admitReceipt } from './rules/admit-receipt';
import type { Receipt, ReceiptState } from './state';
import { evolveReceipt } from './state';

export type ReceiptRefusal = Refusal<AnyReceiptRule>;

type Decision = E.Either<ReceiptRefusal, ReadonlyArray<ReceiptEvent>>;

const refuse = (rule: AnyReceiptRule, field: string, detail?: Refusal['detail']): Decision =>
  E.left(detail === undefined ? { rule, field } : { rule, field, detail });

/**
 * The fields by which a settlement that is registered again differs from the first time. A source that is told again after a person
 * amended the receipt may give either content: the one it gave first, or the amended one.
 */
const differences = (receipt: Receipt, data: RegisterReceipt['data']): ReadonlyArray<string> => [
  ...(sameContent(receipt.content, data.content)
    ? []
    : differingFields(receipt.registered ?? receipt.content, data.content).map(
        (field) => `content.${field}`,
      )),
  ...(sameValue(receipt.parents, data.parents) ? [] : ['parents']),
];

/** What a receipt says of its parents: its content, and whom it names. */
type Child = Pick<RegisterReceipt['data'], 'content' | 'parents' | 'receiptId'>;

const isRefund = ({ content }: Child): boolean =>
  content.settlementSign === 2 || content.settlementSign === 4;

/** A return to the buyer names what is returned; where the sale is kept here, the sale's own stream must have reserved it. */
const parentRefusal = (data: Child): Decision | undefined => {
  const namesSale = data.parents.some(({ relation }) => relation === 'refunds');
  if (data.content.kind === 'receipt' && isRefund(data) && !namesSale)
    return refuse('parent-missing', 'parents');
  const unreserved = data.parents.findIndex(
    ({ relation, link, reservation }) =>
      link.kind === 'receipt' && relation !== 'corrects' && reservation !== data.receiptId,
  );
  return unreserved < 0 ? undefined : refuse('refund-not-reserved', `parents.${unreserved}.reservation`);
};

const register = (data: RegisterReceipt['data'], state: ReceiptState): Decision => {
  if (E.isLeft(canonicalJson(data.source))) return refuse('receipt-id', 'source');
  if (data.receiptId !== receiptIdOf(data.organisation, data.source))
    return refuse('receipt-id', 'receiptId');
  if (state !== undefined) {
    const fields = differences(state, data);
    const [first] = fields;
    return first === undefined
      ? E.right([])
      : refuse('settlement-differs', first, { fields: fields.join(', ') });
  }
  const refused = parentRefusal(data);
  if (refused !== undefined) return refused;
  const { now, receiptId, organisation, source, facts, parents, legalDeadline, assumed, legacyVat } = data;
  const ground = legacyVat === undefined ? {} : { legacyVat };
  const admitted = admitReceipt(data.content, facts, data.profile, { organisation, ...ground });
  if (E.isLeft(admitted)) return admitted;
  return E.right([
    {
      type: 'receipt.Registered',
      data: {
        at: now,
        receiptId,
        organisation,
        source,
        content: admitted.right,
        facts,
        parents,
        legalDeadline,
        assumed,
        ...ground,
      },
    },
  ]);
};

/** What refunds and offsets draw on: sign, money and the amounts of the lines. Names and other texts may be corrected. */
const fenced = ({ kind, settlementSign, items, payments, total }: ReceiptContent): object => ({
  kind,
  settlementSign,
  payments,
  total,
  lines: items.map(({ price, quantity, sum, vatCode, vatSum, paymentMethod }) => ({
    price,
    quantity,
    sum,
    vatCode,
    vatSum,
    paymentMethod,
  })),
});

/** Amended content names its parents as a new receipt does, and keeps what is reserved against it. */
const amendmentRefusal = (content: ReceiptContent, receipt: Receipt): Decision | undefined =>
  isFenceHeld(receipt.fence) && !sameValue(fenced(content), fenced(receipt.content))
    ? refuse('reserved-against', 'settlement.content')
    : parentRefusal({ ...receipt, content });

/** What a reservation holds must not go away under it: neither with the receipt nor with what the receipt sold. */
const decideBehindFence = (command: AttemptCommand, receipt: Receipt): Decision => {
  const decided = decideAttempt(command, receipt.attempt, receipt);
  if (E.isLeft(decided) || decided.right.length === 0) return decided;
  if (command.type === 'CancelReceipt' && isFenceHeld(receipt.fence))
    return refuse('reserved-against', 'receiptId');
  return command.type === 'SettleReceipt' && command.data.settlement.how === 'amend'
    ? (amendmentRefusal(command.data.settlement.content, receipt) ?? decided)
    : decided;
};

const decideRegistered = (command: Exclude<ReceiptCommand, RegisterReceipt>, receipt: Receipt): Decision => {
  switch (command.type) {
    case 'RecordBuyerCopy': {
      if (receipt.attempt.document === undefined) return refuse('not-fiscalized', 'status');
      const { now, channel, by, status } = command.data;
      const last = receipt.buyerCopies.findLast((copy) => copy.channel === channel && copy.by === by);
      return E.right(
        last?.status === status
          ? []
          : [{ type: 'receipt.BuyerCopyRecorded', data: { at: now, channel, by, status } }],
      );
    }
    case 'RecordOfdConfirmation':
      if (receipt.attempt.document === undefined) return refuse('not-fiscalized', 'status');
      return E.right(
        receipt.ofdConfirmedAt === undefined
          ? [{ type: 'receipt.OfdConfirmed', data: { at: command.data.now } }]
          : [],
      );
    case 'ReserveRefund':
    case 'ReleaseRefund':
    case 'ReserveOffset':
    case 'ReleaseOffset':
      return decideFence(command satisfies FenceCommand, receipt, receipt.fence);
    default:
      return decideBehindFence(command satisfies AttemptCommand, receipt);
  }
};

/** Decides one command to a receipt. Total: whatever is not possible is refused with a rule. */
export const decideReceipt = (command: ReceiptCommand, state: ReceiptState): Decision => {
  if (command.type === 'RegisterReceipt') return register(command.data, state);
  return state === undefined ? refuse('not-registered', 'receiptId') : decideRegistered(command, state);
};

/** The receipt as a decider. */
export const RECEIPT: Decider<ReceiptCommand, ReceiptState, ReceiptEvent, ReceiptRefusal> = {
  initial: undefined,
  decide: decideReceipt,
  evolve: evolveReceipt,
};
