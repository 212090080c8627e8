import type { TlvNode } from '@cloud-kassa/ffd';
import { tlv } from '@cloud-kassa/ffd';
import type { AdmittedReceipt } from '../admission/admit';
import { parseDay, parseLocal, SECONDS_OF_DAY } from '../arithmetic/calendar';
import { VAT_RATES } from '../arithmetic/vat';
import type { FfdVersion, Registration } from '../kkt/registration';
import type { BuyerRequest, Cashier } from '../request';
import { agentNodes, industryNode, itemNode, number, russianDay, text, texts } from './item-nodes';

/** Кассир (1021) and his INN (1203). */
export const cashierNodes = (cashier: Cashier | undefined): ReadonlyArray<TlvNode> =>
  cashier === undefined ? [] : [tlv.string(1021, cashier.name), ...text(1203, cashier.inn)];

const vatNodes = ({ vatTotals }: AdmittedReceipt): ReadonlyArray<TlvNode> => {
  const own = vatTotals.filter(({ code }) => VAT_RATES.get(code)?.receiptTag !== 1115);
  const nested = vatTotals.filter(({ code }) => VAT_RATES.get(code)?.receiptTag === 1115);
  return [
    ...own.map(({ code, amount }) => tlv.integer(VAT_RATES.get(code)?.receiptTag ?? 0, amount)),
    ...(nested.length === 0
      ? []
      : [
          tlv.nodes(
            1115,
            nested.map(({ code, amount }) =>
              tlv.nodes(1119, [tlv.integer(1199, code), tlv.integer(1120, amount)]),
            ),
          ),
        ]),
  ];
};

const buyerNodes = (buyer: BuyerRequest, ffd: FfdVersion): ReadonlyArray<TlvNode> => {
  const nodes = [
    ...text(1227, buyer.name),
    ...text(1228, buyer.inn),
    ...text(1243, buyer.birthday === undefined ? undefined : russianDay(buyer.birthday)),
    ...text(1244, buyer.citizenship),
    ...text(1245, buyer.documentCode),
    ...text(1246, buyer.documentData),
    ...text(1254, buyer.address),
  ];
  return ffd === '1.2' && nodes.length > 0 ? [tlv.nodes(1256, nodes)] : nodes;
};

const correctionNodes = ({ correction }: AdmittedReceipt): ReadonlyArray<TlvNode> =>
  correction === undefined
    ? []
    : [
        tlv.integer(1173, correction.type),
        tlv.nodes(1174, [
          tlv.unixtime(1178, (parseDay(correction.date) ?? 0) * SECONDS_OF_DAY),
          ...text(1179, correction.number),
        ]),
      ];

/** [М-] somewhere (1, 5, 7, 17 in 2106): 2107 says so with 1; the value is unconfirmed. */
const markingVerdict = ({ items }: AdmittedReceipt): ReadonlyArray<TlvNode> => {
  const negative = items.some(
    ({ checkResult }) => checkResult !== undefined && [1, 5, 7, 17].includes(checkResult),
  );
  return negative ? [tlv.integer(2107, 1)] : [];
};

const rareNodes = (receipt: AdmittedReceipt, ffd: FfdVersion): ReadonlyArray<TlvNode> => [
  ...text(1036, receipt.machineNumber),
  ...text(1192, receipt.additional),
  ...(receipt.userProperty === undefined
    ? []
    : [
        tlv.nodes(1084, [
          tlv.string(1085, receipt.userProperty.name),
          tlv.string(1086, receipt.userProperty.value),
        ]),
      ]),
  ...(receipt.agent === undefined
    ? []
    : [tlv.integer(1057, receipt.agent.mask), ...agentNodes(receipt.agent)]),
  ...texts(1171, receipt.supplierPhones),
  ...(receipt.buyer === undefined ? [] : buyerNodes(receipt.buyer, ffd)),
  ...(receipt.industry === undefined ? [] : [industryNode(1261, receipt.industry)]),
  ...(receipt.operational === undefined
    ? []
    : [
        tlv.nodes(1270, [
          tlv.integer(1271, receipt.operational.id),
          tlv.string(1272, receipt.operational.data),
          tlv.unixtime(1273, parseLocal(receipt.operational.at) ?? 0),
        ]),
      ]),
  ...(receipt.cashlessDetails === undefined
    ? []
    : [
        tlv.nodes(
          1234,
          receipt.cashlessDetails.map((detail) =>
            tlv.nodes(1235, [
              tlv.integer(1082, detail.amount),
              tlv.integer(1236, detail.method),
              tlv.string(1237, detail.identifiers),
              ...text(1238, detail.additional),
            ]),
          ),
        ),
      ]),
  ...markingVerdict(receipt),
];

/** A receipt, correction or strict-reporting form (3, 31, 4, 41) without its head. Source: the format, tables 20, 27 and their twins. */
export const receiptNodes = (
  receipt: AdmittedReceipt,
  numbers: { readonly shift: number; readonly numberInShift: number },
  registration: Registration,
): ReadonlyArray<TlvNode> => [
  tlv.integer(1038, numbers.shift),
  tlv.integer(1042, numbers.numberInShift),
  tlv.string(1048, registration.organisation.name),
  tlv.string(1009, receipt.address),
  tlv.string(1187, receipt.place),
  ...cashierNodes(receipt.cashier),
  tlv.integer(1054, receipt.settlementSign),
  tlv.integer(1055, receipt.taxation),
  ...correctionNodes(receipt),
  ...receipt.items.map(itemNode),
  tlv.integer(1020, receipt.total),
  tlv.integer(1031, receipt.payments.cash),
  tlv.integer(1081, receipt.payments.cashless),
  tlv.integer(1215, receipt.payments.prepaid),
  tlv.integer(1216, receipt.payments.credit),
  tlv.integer(1217, receipt.payments.provision),
  ...vatNodes(receipt),
  ...text(1008, receipt.contact),
  ...number(1125, receipt.internet === true ? 1 : undefined),
  ...number(1108, registration.conditions.internetOnly ? 1 : undefined),
  ...text(1117, receipt.sender ?? registration.sender),
  ...rareNodes(receipt, registration.ffd),
];
