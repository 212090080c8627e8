import * as E from 'fp-ts/Either';
import type { InputRefusal } from '../../codec/refusal';
import type { FfdVersion } from '../../kkt/registration';
import type { ItemRequest, ReceiptRequest } from '../../request';
import { itemOf } from './item-of';
import { agentMask, agentOf, buyerOf, contactOf, industryOf, supplierOf } from './parties-of';
import type { OneCSettings } from './settings';
import type { WireHeader, WireReceipt } from './wire-request';
import { given, present, wireDay, wireMoment } from './wire-texts';

const LAST_TAXATION = 6;

const header = (field: string, rule: string): InputRefusal => ({
  field: `receiptRequest.documentHeader.${field}`,
  rule,
});

const itemsOf = (
  { items = [] }: WireReceipt,
  settings: OneCSettings,
): E.Either<InputRefusal, ReadonlyArray<ItemRequest>> => {
  const lines: Array<ItemRequest> = [];
  for (const [index, item] of items.entries()) {
    const line = itemOf(item, index, settings);
    if (E.isLeft(line)) return line;
    lines.push(line.right);
  }
  return E.right(lines);
};

const paymentsOf = ({ payments }: WireReceipt): ReceiptRequest['payments'] => ({
  cash: payments.cash ?? 0,
  cashless: payments.electronic ?? 0,
  prepaid: payments.prePayment ?? 0,
  credit: payments.postPayment ?? 0,
  provision: payments.barter ?? 0,
});

const correctionOf = ({ correctionData }: WireHeader): ReceiptRequest['correction'] => {
  if (correctionData === undefined) return undefined;
  const number = given(correctionData.number);
  return {
    type: correctionData.type,
    date: wireDay(correctionData.date ?? ''),
    ...(number === undefined ? {} : { number }),
  };
};

const operationalOf = ({ operationalAttribute }: WireHeader): ReceiptRequest['operational'] =>
  operationalAttribute === undefined
    ? undefined
    : {
        id: operationalAttribute.operationID,
        data: operationalAttribute.operationData ?? '',
        at: wireMoment(operationalAttribute.dateTime ?? ''),
      };

const cashierOf = ({ cashierName, cashierINN }: WireHeader): ReceiptRequest['cashier'] => {
  const name = given(cashierName);
  const inn = given(cashierINN);
  if (name === undefined) return undefined;
  return inn === undefined ? { name } : { name, inn };
};

/**
 * A receipt of the wire as the register is asked for it. Roubles are kopecks by now; the total (1020), which the protocol does not
 * have, is what the payments add up to, so that the register judges whether it lies within the rouble of the lines.
 *
 * In FFD 1.2, which knows no agent of a whole receipt, agent and supplier of the header go into every line that names none.
 */
export const receiptOf = (
  wire: WireReceipt,
  ffd: FfdVersion,
  settings: OneCSettings,
): E.Either<InputRefusal, ReceiptRequest> => {
  const { documentHeader } = wire;
  const { taxationSystem, agentType, isCorrection } = documentHeader;
  if (taxationSystem < 1 || taxationSystem > LAST_TAXATION)
    return E.left(header('taxationSystem', 'unknown-taxation-system'));
  const mask = agentType === undefined ? undefined : agentMask(agentType, settings);
  if (agentType !== undefined && mask === undefined) return E.left(header('agentType', 'unknown-agent'));
  const items = itemsOf(wire, settings);
  if (E.isLeft(items)) return items;
  const agent = mask === undefined ? undefined : agentOf(mask, documentHeader.agentData);
  const supplier = supplierOf(documentHeader.vendorData);
  const inLines = ffd === '1.2';
  const ofLines = inLines ? present({ agent, supplier }) : {};
  const payments = paymentsOf(wire);
  const total = Object.values(payments).reduce((sum, amount) => sum + amount, 0);
  return E.right({
    kind: isCorrection === true ? 'correction' : 'receipt',
    settlementSign: documentHeader.operationType,
    taxation: 1 << (taxationSystem - 1),
    items: items.right.map((item) => ({ ...ofLines, ...item })),
    total,
    payments,
    ...present({
      contact: contactOf(documentHeader, settings),
      internet: settings.internetSign && isCorrection !== true ? true : undefined,
      place: given(documentHeader.saleLocation),
      address: given(documentHeader.saleAddress),
      cashier: cashierOf(documentHeader),
      sender: given(documentHeader.senderEmail),
      machineNumber: given(documentHeader.automatNumber),
      buyer: buyerOf(documentHeader.customerDetail),
      agent: inLines ? undefined : agent,
      supplierPhones: inLines ? undefined : supplier?.phones,
      industry: industryOf(documentHeader.industryAttribute),
      operational: operationalOf(documentHeader),
      correction: correctionOf(documentHeader),
    }),
  });
};
