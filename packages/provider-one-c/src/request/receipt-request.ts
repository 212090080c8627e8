import * as E from 'fp-ts/Either';
import type { ReceiptContent } from '@cloud-kassa/core';
import { isErased, receiptContact } from '@cloud-kassa/core';
import type { LocalDate } from '@cloud-kassa/ffd';
import { dateOf } from '@cloud-kassa/ffd';
import type { JsonWrittenObject, NotExpressible } from '@cloud-kassa/provider';
import type { OneCSettings } from '../settings';
import { rowOf } from './code-table';
import { OPERATION_TYPES, PAYMENT_FIELDS, TAXATION_SYSTEMS } from './codes';
import type { ExpressionRule } from './expression-rules';
import { notExpressible } from './expression-rules';
import { itemRequest, roubles } from './item';
import { agentFields, customerDetail, industryAttribute, midnight } from './parties';

type Written = E.Either<NotExpressible, JsonWrittenObject>;

/** What of the settings decides what a receipt looks like in the protocol. */
export type RequestSettings = Pick<OneCSettings, 'vatRates' | 'formats' | 'markingCodeAs'>;

/** The day whose codes hold: of a correction the day of the settlement that is corrected. */
const settlementDate = ({ correction, settledAt }: ReceiptContent): LocalDate =>
  correction?.settledOn ?? dateOf(settledAt);

const brokenRule = (
  content: ReceiptContent,
  { formats }: RequestSettings,
): readonly [rule: ExpressionRule, field: string] | undefined => {
  const { buyer, items, total } = content;
  if (!formats.includes(content.ffd)) return ['format', 'ffd'];
  if (buyer !== undefined && isErased(buyer.person)) return ['contact-erased', 'buyer.person'];
  if (buyer === undefined || receiptContact(buyer.person) === undefined)
    return ['contact-required', 'buyer.person'];
  if (content.additionalAttribute !== undefined) return ['receipt-attribute', 'additionalAttribute'];
  if (content.userAttribute !== undefined) return ['user-attribute', 'userAttribute'];
  if (items.length === 0) return ['items-required', 'items'];
  const sum = items.reduce((whole, item) => whole + item.sum, 0);
  return sum === total ? undefined : ['total-of-items', 'total'];
};

/** One contact goes into the document (tag 1008): the e-mail address where both are known. */
const contactFields = ({ buyer }: ReceiptContent): JsonWrittenObject => {
  const contact = buyer === undefined ? '' : (receiptContact(buyer.person) ?? '');
  return contact.includes('@')
    ? { customerEmail: contact, customerPhone: '' }
    : { customerEmail: '', customerPhone: contact };
};

const correctionData = ({ correction }: ReceiptContent): JsonWrittenObject | undefined =>
  correction === undefined
    ? undefined
    : {
        type: correction.type,
        number: correction.orderNumber ?? '',
        description: '',
        date: midnight(correction.settledOn),
      };

const documentHeader = (content: ReceiptContent, on: LocalDate): Written => {
  const { cashier, place, buyer } = content;
  const taxation = rowOf(TAXATION_SYSTEMS, content.taxation, on);
  if (taxation === undefined) return notExpressible('taxation-system', 'taxation');
  const agent = agentFields('agentType', content.agent, 'agent', on);
  if (E.isLeft(agent)) return agent;
  return E.right({
    cashierName: cashier?.name ?? '',
    cashierINN: cashier?.inn,
    operationType: rowOf(OPERATION_TYPES, content.settlementSign, on)?.wire,
    isCorrection: content.kind === 'correction',
    taxationSystem: taxation.wire,
    ...contactFields(content),
    senderEmail: content.senderEmail ?? '',
    saleAddress: place.address ?? '',
    saleLocation: place.place ?? '',
    automatNumber: content.automatNumber ?? '',
    ...agent.right,
    correctionData: correctionData(content),
    industryAttribute: content.industry === undefined ? undefined : industryAttribute(content.industry),
    customerDetail: buyer === undefined || isErased(buyer.person) ? undefined : customerDetail(buyer.person),
  });
};

const payments = (content: ReceiptContent): JsonWrittenObject =>
  Object.fromEntries(PAYMENT_FIELDS.map(({ code, wire }) => [wire, roubles(content.payments[code])]));

/**
 * The `receiptRequest` of a receipt or correction: header, lines, five sums. Equal receipts give equal texts. `Left` names what the
 * protocol has no words for. The Internet sign (1125), the zone, the time of the settlement and the totals of VAT have no place in the
 * protocol either: the register of the provider knows or makes them itself.
 */
export const receiptRequest = (content: ReceiptContent, settings: RequestSettings): Written => {
  const broken = brokenRule(content, settings);
  if (broken !== undefined) return notExpressible(...broken);
  const on = settlementDate(content);
  const header = documentHeader(content, on);
  if (E.isLeft(header)) return header;
  const items: JsonWrittenObject[] = [];
  for (const [index, item] of content.items.entries()) {
    const written = itemRequest(item, index, content, on, settings);
    if (E.isLeft(written)) return written;
    items.push(written.right);
  }
  return E.right({ documentHeader: header.right, items, payments: payments(content) });
};

/** The whole body of `POST /kkts/receipts`. */
export const operationRequest = (operationId: string, receipt: JsonWrittenObject): JsonWrittenObject => ({
  operationRequest: { operationId },
  receiptRequest: receipt,
});
