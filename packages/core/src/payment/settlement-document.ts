import * as t from 'io-ts';
import type { Kopecks, LocalDateTime, Payments, Taxation } from '@cloud-kassa/ffd';
import {
  KopecksCodec,
  lineSum,
  LocalDateCodec,
  paymentsMatch,
  PaymentsCodec,
  recordCodec,
  sumKopecks,
  TaxationCodec,
  totalAllowed,
} from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { Buyer } from '../receipt/buyer';
import { BuyerCodec } from '../receipt/buyer';
import type { Agent, Cashier, IndustryAttribute, Place, ReceiptItem } from '../receipt/content';
import { AgentCodec, ReceiptItemCodec } from '../receipt/content';
import type { ReceiptDraft } from '../receipt/rules/draft';

/**
 * What is settled by a payment (документ расчёта), as the shop gives it before the money comes: everything a receipt needs that is not
 * decided by the money itself (sign and time of the settlement) or by the register (version of the format, zone, way of computing VAT).
 */
export interface SettlementDocument {
  /** Tag 1055. */
  readonly taxation: Taxation;
  readonly items: ReadonlyArray<ReceiptItem>;
  /** Tag 1020. */
  readonly total: Kopecks;
  /** `cashless` is the amount of the payment; the rest is an offset of advances, credit or counter-provision. Cash is refused. */
  readonly payments: Payments;
  readonly buyer?: Buyer;
  /** The shop's name for its customer, by which a contact may be found later (S28). Not personal by itself. */
  readonly customerId?: string;
  /** Tag 1117. */
  readonly senderEmail?: string;
  readonly place: Place;
  /** Tag 1125. */
  readonly internet: boolean;
  /** Tag 1036. */
  readonly automatNumber?: string;
  readonly cashier?: Cashier;
  /** Tag 1192. */
  readonly additionalAttribute?: string;
  /** Tag 1084. */
  readonly userAttribute?: { readonly name: string; readonly value: string };
  /** Receipt-level agent, FFD 1.05 and 1.1 only. */
  readonly agent?: Agent;
  readonly industry?: IndustryAttribute;
}

export const SettlementDocumentCodec: t.Type<SettlementDocument, unknown> = recordCodec(
  'SettlementDocument',
  {
    taxation: TaxationCodec,
    items: t.readonlyArray(ReceiptItemCodec),
    total: KopecksCodec,
    payments: PaymentsCodec,
    place: recordCodec('Place', {}, { address: t.string, place: t.string }),
    internet: t.boolean,
  },
  {
    buyer: BuyerCodec,
    customerId: t.string,
    senderEmail: t.string,
    automatNumber: t.string,
    cashier: recordCodec('Cashier', { name: t.string }, { inn: t.string }),
    additionalAttribute: t.string,
    userAttribute: recordCodec('UserAttribute', { name: t.string, value: t.string }),
    agent: AgentCodec,
    industry: recordCodec('IndustryAttribute', {
      authority: t.string,
      documentDate: LocalDateCodec,
      documentNumber: t.string,
      value: t.string,
    }),
  },
);

/** Why a settlement document cannot be paid. What else a receipt needs is judged when it is registered. */
export type BasketRule = 'no-lines' | 'line-sum' | 'total' | 'payments' | 'cash' | 'nothing-to-pay';

/** The first thing wrong with the sums of a document, with the field inside it. */
export const basketProblem = ({
  items,
  total,
  payments,
}: SettlementDocument): { rule: BasketRule; field: string } | undefined => {
  if (items.length === 0) return { rule: 'no-lines', field: 'items' };
  const wrong = items.findIndex(({ price, quantity, sum }) => {
    const computed = lineSum(price, quantity);
    return E.isLeft(computed) || computed.right !== sum;
  });
  if (wrong >= 0) return { rule: 'line-sum', field: `items.${wrong}.sum` };
  const itemsSum = sumKopecks(items.map(({ sum }) => sum));
  if (E.isLeft(itemsSum) || !totalAllowed(itemsSum.right, total)) return { rule: 'total', field: 'total' };
  if (payments.cash > 0) return { rule: 'cash', field: 'payments.cash' };
  if (!paymentsMatch(payments, total)) return { rule: 'payments', field: 'payments' };
  return payments.cashless === 0 ? { rule: 'nothing-to-pay', field: 'payments.cashless' } : undefined;
};

/** The document with the buyer named by the id of the key only: what two readings are compared by, before and after an erasure. */
export const impersonalDocument = ({ buyer, ...rest }: SettlementDocument): object =>
  buyer === undefined ? rest : { ...rest, buyer: { keyId: buyer.keyId } };

/**
 * The draft of the receipt of a settlement: the money came in (sale, sign 1) or went back (sale refund, sign 2, with the methods and rates of
 * the document that is returned). `settledAt` is the moment the money was confirmed, in the register's zone (54-FZ art. 1.2 cl. 5).
 */
export const receiptDraftOf = (
  document: SettlementDocument,
  kind: 'payment' | 'refund',
  settledAt: LocalDateTime,
): ReceiptDraft => {
  const { customerId: _customerId, ...content } = document;
  return { ...content, kind: 'receipt', settlementSign: kind === 'payment' ? 1 : 2, settledAt };
};
