import * as E from 'fp-ts/Either';
import type { FormCode, LocalDate, TlvNode, VatTotal } from '@cloud-kassa/ffd';
import {
  PAYMENT_KINDS,
  PAYMENT_KIND_MEANINGS,
  VAT_CODES,
  localDateTime,
  localToUnix,
  tlv,
} from '@cloud-kassa/ffd';
import { receiptContact } from '../../contact/receipt-contact';
import type { Person } from '../buyer';
import type { Correction, ReceiptContent } from '../content';
import type { ReceiptRefusal } from './admission';
import { refuse } from './admission';
import { personOf } from './contact-rules';
import {
  agentDataNodes,
  dayMonthYear,
  industryNode,
  itemToTlv,
  optional,
  supplierNodes,
} from './item-to-tlv';

const text =
  (tag: number) =>
  (value: string): TlvNode =>
    tlv.string(tag, value);

/** The buyer: tags of the receipt in FFD 1.05 and 1.1, the block 1256 in FFD 1.2. */
const buyerNodes = (person: Person | undefined, ffd: ReceiptContent['ffd']): ReadonlyArray<TlvNode> => {
  const nodes = [
    ...optional(person?.name, text(1227)),
    ...optional(person?.inn, text(1228)),
    ...optional(person?.birthDate, (date) => tlv.string(1243, dayMonthYear(date))),
    ...optional(person?.citizenship, text(1244)),
    ...optional(person?.documentCode, text(1245)),
    ...optional(person?.documentData, text(1246)),
    ...optional(person?.address, text(1254)),
  ];
  return ffd === '1.2' && nodes.length > 0 ? [tlv.nodes(1256, nodes)] : nodes;
};

const midnightOf = (date: LocalDate): number =>
  E.getOrElse(() => 0)(E.map(localToUnix)(localDateTime(`${date}T00:00:00`)));

const correctionNodes = ({ type, settledOn, orderNumber }: Correction): ReadonlyArray<TlvNode> => [
  tlv.integer(1173, type),
  tlv.nodes(1174, [tlv.unixtime(1178, midnightOf(settledOn)), ...optional(orderNumber, text(1179))]),
];

const vatNodes = (totals: ReadonlyArray<VatTotal>): ReadonlyArray<TlvNode> => {
  const inBlock = totals.filter(({ code }) => VAT_CODES[code].receiptTag === 1115);
  const own = totals.filter(({ code }) => VAT_CODES[code].receiptTag !== 1115);
  return [
    ...own.map(({ code, amount }) => tlv.integer(VAT_CODES[code].receiptTag, amount)),
    ...(inBlock.length === 0
      ? []
      : [
          tlv.nodes(
            1115,
            inBlock.map(({ code, amount }) =>
              tlv.nodes(1119, [tlv.integer(1120, amount), tlv.integer(1199, code)]),
            ),
          ),
        ]),
  ];
};

const headNodes = (content: ReceiptContent): ReadonlyArray<TlvNode> => {
  const { ffd, buyer, place, cashier, agent, userAttribute } = content;
  return [
    ...optional(buyer === undefined ? undefined : receiptContact(buyer.person), text(1008)),
    ...optional(place.address, text(1009)),
    ...optional(cashier?.name, text(1021)),
    ...optional(content.automatNumber, text(1036)),
    tlv.integer(1054, content.settlementSign),
    tlv.integer(1055, content.taxation),
    ...optional(agent, ({ sign }) => tlv.integer(1057, sign)),
    ...agentDataNodes(agent?.data),
    ...optional(userAttribute, ({ name, value }) =>
      tlv.nodes(1084, [tlv.string(1085, name), tlv.string(1086, value)]),
    ),
    ...optional(content.senderEmail, text(1117)),
    ...(content.internet ? [tlv.integer(1125, 1)] : []),
    ...supplierNodes(agent?.supplier),
    ...optional(place.place, text(1187)),
    ...optional(content.additionalAttribute, text(1192)),
    ...optional(cashier?.inn, text(1203)),
    ...buyerNodes(personOf(content), ffd),
    ...optional(content.industry, industryNode(1261)),
  ];
};

/** The form of the document: a receipt or a correction receipt (tag of the document itself). */
export const formOf = ({ kind }: Pick<ReceiptContent, 'kind'>): Extract<FormCode, 3 | 31> =>
  kind === 'correction' ? 31 : 3;

/**
 * The elements of the document that come from its content, for a receipt (form 3) or a correction (form 31): all but what the register and its drive
 * add (numbers, serials, time of the document, user, fiscal sign). Of two contacts the e-mail goes into tag 1008, which holds one.
 *
 * Refuses a marking code of which no code of goods can be made. Lengths and characters are judged by the encoder.
 * Source: order ЕД-7-20/662@, tables 20, 21, 27 (1.05), 58, 59, 65 (1.1), 96, 97, 120 (1.2).
 */
export const contentToTlv = (content: ReceiptContent): E.Either<ReceiptRefusal, ReadonlyArray<TlvNode>> => {
  const items: Array<TlvNode> = [];
  for (const [index, item] of content.items.entries()) {
    const node = itemToTlv(item, content.ffd);
    if (E.isLeft(node))
      return E.left(
        refuse('marking-code-malformed', `items.${index}.marking.code`, { rule: node.left.rule }),
      );
    items.push(node.right);
  }
  return E.right([
    ...headNodes(content),
    ...items,
    tlv.integer(1020, content.total),
    ...PAYMENT_KINDS.map((kind) => tlv.integer(PAYMENT_KIND_MEANINGS[kind].tag, content.payments[kind])),
    ...vatNodes(content.vatTotals),
    ...(content.correction === undefined ? [] : correctionNodes(content.correction)),
  ]);
};
