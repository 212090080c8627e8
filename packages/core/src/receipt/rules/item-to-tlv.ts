import * as E from 'fp-ts/Either';
import type { FfdVersion, LocalDate, TlvNode } from '@cloud-kassa/ffd';
import { INN_PLACEHOLDER, tlv } from '@cloud-kassa/ffd';
import type { Agent, AgentData, IndustryAttribute, Marking, ReceiptItem, Supplier } from '../content';
import type { NotGoodsCode } from './goods-code';
import { goodsCode } from './goods-code';

/** No node for an absent value. */
export const optional = <A>(value: A | undefined, node: (value: A) => TlvNode): ReadonlyArray<TlvNode> =>
  value === undefined ? [] : [node(value)];

/** A date as texts of the format hold it: DD.MM.YYYY. */
export const dayMonthYear = (date: string): string => date.split('-').toReversed().join('.');

const text =
  (tag: number) =>
  (value: string): TlvNode =>
    tlv.string(tag, value);

const phones = (tag: number, values: ReadonlyArray<string> | undefined): ReadonlyArray<TlvNode> =>
  (values ?? []).map(text(tag));

/** The elements of agent data (1223), which FFD 1.05 and 1.1 also have on the receipt itself. */
export const agentDataNodes = (data: AgentData | undefined): ReadonlyArray<TlvNode> => [
  ...optional(data?.transferOperatorAddress, text(1005)),
  ...optional(data?.transferOperatorInn, text(1016)),
  ...optional(data?.transferOperatorName, text(1026)),
  ...optional(data?.operation, text(1044)),
  ...phones(1073, data?.agentPhones),
  ...phones(1074, data?.operatorPhones),
  ...phones(1075, data?.transferOperatorPhones),
];

/** Phones (1171) and name (1225) of a supplier; its taxpayer number (1226) stands beside them, not among them. */
export const supplierNodes = (supplier: Supplier | undefined): ReadonlyArray<TlvNode> => [
  ...phones(1171, supplier?.phones),
  ...optional(supplier?.name, text(1225)),
];

const block = (tag: number, nodes: ReadonlyArray<TlvNode>): ReadonlyArray<TlvNode> =>
  nodes.length === 0 ? [] : [tlv.nodes(tag, nodes)];

const agentNodes = ({ sign, data, supplier }: Agent): ReadonlyArray<TlvNode> => [
  tlv.integer(1222, sign),
  ...block(1223, agentDataNodes(data)),
  ...block(1224, supplierNodes(supplier)),
  tlv.string(1226, supplier?.inn ?? INN_PLACEHOLDER),
];

const foundationDate = (date: LocalDate): TlvNode => tlv.string(1263, dayMonthYear(date));

/** An industry attribute of an item (1260) or of the receipt (1261). */
export const industryNode =
  (tag: 1260 | 1261) =>
  ({ authority, documentDate, documentNumber, value }: IndustryAttribute): TlvNode =>
    tlv.nodes(tag, [
      tlv.string(1262, authority),
      foundationDate(documentDate),
      tlv.string(1264, documentNumber),
      tlv.string(1265, value),
    ]);

const fractionNode = ({ numerator, denominator }: NonNullable<Marking['fraction']>): TlvNode =>
  tlv.nodes(1291, [tlv.integer(1293, numerator), tlv.integer(1294, denominator)]);

/** Mode of processing the marking code (2102): the format knows only 0. */
const PROCESSING_MODE = 0;

const markingNodes = (marking: Marking, ffd: FfdVersion): E.Either<NotGoodsCode, ReadonlyArray<TlvNode>> =>
  E.map((code: TlvNode): ReadonlyArray<TlvNode> =>
    ffd === '1.2'
      ? [
          code,
          ...optional(marking.fraction, fractionNode),
          tlv.integer(2102, PROCESSING_MODE),
          ...optional(marking.checkResult, (value) => tlv.integer(2106, value)),
        ]
      : [code],
  )(goodsCode(marking.code, ffd));

const NO_NODES: E.Either<NotGoodsCode, ReadonlyArray<TlvNode>> = E.right([]);

/** One line as the element 1059 (order ЕД-7-20/662@, tables 21, 59, 97). */
export const itemToTlv = (item: ReceiptItem, ffd: FfdVersion): E.Either<NotGoodsCode, TlvNode> =>
  E.map((marking: ReadonlyArray<TlvNode>) =>
    tlv.nodes(1059, [
      tlv.decimal(1023, item.quantity),
      tlv.string(1030, item.name),
      tlv.integer(1043, item.sum),
      tlv.integer(1079, item.price),
      ...marking,
      ...optional(item.additionalAttribute, text(1191)),
      ...optional(item.unit, text(1197)),
      tlv.integer(1199, item.vatCode),
      ...optional(item.vatSum, (value) => tlv.integer(1200, value)),
      tlv.integer(1212, item.subject),
      tlv.integer(1214, item.paymentMethod),
      ...(item.agent === undefined ? [] : agentNodes(item.agent)),
      ...optional(item.excise, (value) => tlv.integer(1229, value)),
      ...optional(item.country, text(1230)),
      ...optional(item.customsDeclaration, text(1231)),
      ...(item.industry ?? []).map(industryNode(1260)),
      ...optional(item.measure, (value) => tlv.integer(2108, value)),
    ]),
  )(item.marking === undefined ? NO_NODES : markingNodes(item.marking, ffd));
