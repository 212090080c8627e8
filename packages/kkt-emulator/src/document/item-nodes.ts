import type { TlvNode } from '@cloud-kassa/ffd';
import { tlv } from '@cloud-kassa/ffd';
import type { AdmittedItem } from '../admission/admit';
import { carriesVat } from '../arithmetic/vat';
import type { AgentRequest, IndustryRequest, SupplierRequest } from '../request';

/** One string element when there is a text. */
export const text = (tag: number, value: string | undefined): ReadonlyArray<TlvNode> =>
  value === undefined ? [] : [tlv.string(tag, value)];

/** One integer element when there is a number. */
export const number = (tag: number, value: number | undefined): ReadonlyArray<TlvNode> =>
  value === undefined ? [] : [tlv.integer(tag, value)];

/** One element a text (1073, 1074, 1075, 1171). */
export const texts = (tag: number, values: ReadonlyArray<string> | undefined): ReadonlyArray<TlvNode> =>
  (values ?? []).map((value) => tlv.string(tag, value));

/** `DD.MM.YYYY` of `YYYY-MM-DD` (1243, 1263). */
export const russianDay = (day: string): string => day.split('-').toReversed().join('.');

/** Данные агента: inside 1223, or on the receipt itself up to FFD 1.1. */
export const agentNodes = (agent: AgentRequest): ReadonlyArray<TlvNode> => [
  ...text(1044, agent.operation),
  ...texts(1073, agent.agentPhones),
  ...texts(1074, agent.receiverPhones),
  ...texts(1075, agent.transferPhones),
  ...text(1026, agent.transferName),
  ...text(1005, agent.transferAddress),
  ...text(1016, agent.transferInn),
];

const block = (tag: number, nodes: ReadonlyArray<TlvNode>): ReadonlyArray<TlvNode> =>
  nodes.length === 0 ? [] : [tlv.nodes(tag, nodes)];

const itemAgentNodes = (agent: AgentRequest): ReadonlyArray<TlvNode> => [
  tlv.integer(1222, agent.mask),
  ...block(1223, agentNodes(agent)),
];

const supplierNodes = (supplier: SupplierRequest): ReadonlyArray<TlvNode> => [
  ...text(1226, supplier.inn),
  ...block(1224, [...texts(1171, supplier.phones), ...text(1225, supplier.name)]),
];

/** Отраслевой реквизит: 1260 of a line or 1261 of a receipt. */
export const industryNode = (tag: 1260 | 1261, industry: IndustryRequest): TlvNode =>
  tlv.nodes(tag, [
    tlv.string(1262, industry.authority),
    tlv.string(1263, russianDay(industry.date)),
    tlv.string(1264, industry.number),
    tlv.string(1265, industry.value),
  ]);

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../gu) ?? [], (byte) => Number.parseInt(byte, 16));

const markingNodes = (item: AdmittedItem): ReadonlyArray<TlvNode> => [
  ...(item.productCode === undefined ? [] : [tlv.bytes(1162, bytesOf(item.productCode))]),
  ...(item.goodsCode === undefined
    ? []
    : [tlv.nodes(1163, [tlv.string(item.goodsCode.kind, item.goodsCode.value)])]),
  ...(item.fraction === undefined
    ? []
    : [
        tlv.nodes(1291, [
          tlv.integer(1293, item.fraction.numerator),
          tlv.integer(1294, item.fraction.denominator),
        ]),
      ]),
  ...(item.checkResult === undefined ? [] : [tlv.integer(2102, 0), tlv.integer(2106, item.checkResult)]),
];

/** Предмет расчета (1059). VAT of the line (1200) is not written for codes 5 and 6. Source: the format, tables 21, 59 and 97. */
export const itemNode = (item: AdmittedItem): TlvNode =>
  tlv.nodes(1059, [
    ...number(1214, item.method),
    ...number(1212, item.subject),
    tlv.string(1030, item.name),
    tlv.integer(1079, item.price),
    tlv.decimal(1023, item.quantity),
    ...number(2108, item.measure),
    ...text(1197, item.unit),
    tlv.integer(1043, item.sum),
    tlv.integer(1199, item.vatCode),
    ...number(1198, item.unitVat),
    ...(carriesVat(item.vatCode) ? number(1200, item.vatSum) : []),
    ...(item.agent === undefined ? [] : itemAgentNodes(item.agent)),
    ...(item.supplier === undefined ? [] : supplierNodes(item.supplier)),
    ...number(1229, item.excise),
    ...text(1230, item.country),
    ...text(1231, item.customsDeclaration),
    ...text(1191, item.additional),
    ...(item.industry ?? []).map((industry) => industryNode(1260, industry)),
    ...markingNodes(item),
  ]);
