import type { TlvNode } from '@cloud-kassa/ffd';
import { tlv } from '@cloud-kassa/ffd';
import type { DriveFlags } from '../drive/fiscal-drive';
import type { UnsentDocuments } from '../drive/ofd-queue';
import { FFD_CODE } from '../kkt/registration';
import type { Registration } from '../kkt/registration';
import { counterNode } from './counter-nodes';
import type { DocumentContent, DocumentHead } from './fiscal-document';
import { cashierNodes } from './receipt-nodes';

type Content<Kind extends DocumentContent['kind']> = Extract<DocumentContent, { readonly kind: Kind }>;

const flagNodes = (flags: DriveFlags): ReadonlyArray<TlvNode> => [
  tlv.integer(1050, flags.exhaustion ? 1 : 0),
  tlv.integer(1051, flags.replacement ? 1 : 0),
  tlv.integer(1052, flags.memory ? 1 : 0),
  tlv.integer(1053, flags.ofdTimeout ? 1 : 0),
];

const unsentNodes = (unsent: UnsentDocuments): ReadonlyArray<TlvNode> => [
  tlv.integer(1097, unsent.count),
  ...(unsent.first === null ? [] : [tlv.unixtime(1098, unsent.first.at)]),
];

/** Отчет об открытии смены (form 2) without its head. */
export const shiftOpeningNodes = (
  head: DocumentHead,
  content: Content<'shift-opening'>,
): ReadonlyArray<TlvNode> => [
  tlv.integer(1038, content.shift),
  ...cashierNodes(content.cashier),
  tlv.string(1188, content.kktVersion),
  tlv.integer(1189, FFD_CODE[head.ffd]),
  ...flagNodes(content.flags),
];

/** Отчет о закрытии смены (form 5) without its head; FFD 1.05 has no counters. */
export const shiftClosingNodes = (
  head: DocumentHead,
  content: Content<'shift-closing'>,
): ReadonlyArray<TlvNode> => [
  tlv.integer(1038, content.shift),
  ...cashierNodes(content.cashier),
  ...flagNodes(content.flags),
  ...unsentNodes(content.unsent),
  tlv.integer(1111, content.documents),
  tlv.integer(1118, content.receipts),
  ...(head.ffd === '1.05'
    ? []
    : [
        counterNode(1194, content.shiftCounters),
        counterNode(1157, content.driveCounters),
        tlv.integer(1213, content.keyDays),
      ]),
];

/** Отчет о текущем состоянии расчетов (form 21) without its head. */
export const currentStateNodes = (
  head: DocumentHead,
  content: Content<'current-state'>,
): ReadonlyArray<TlvNode> => [
  tlv.integer(1002, content.offline ? 1 : 0),
  ...(content.shift === null ? [] : [tlv.integer(1038, content.shift)]),
  ...unsentNodes(content.unsent),
  ...(content.unsent.first === null ? [] : [tlv.integer(1116, content.unsent.first.fd)]),
  ...(head.ffd === '1.05'
    ? []
    : [counterNode(1157, content.driveCounters), counterNode(1158, content.unsent.counters)]),
  ...(head.ffd === '1.2' ? [tlv.integer(1213, content.keyDays)] : []),
];

/** Отчет о закрытии фискального накопителя (form 6) without its head. */
export const driveClosingNodes = (
  head: DocumentHead,
  content: Content<'drive-closing'>,
  registration: Registration,
): ReadonlyArray<TlvNode> => [
  tlv.integer(1038, content.shift),
  ...cashierNodes(content.cashier),
  tlv.string(1048, registration.organisation.name),
  tlv.string(1009, registration.address),
  tlv.string(1187, registration.place),
  ...(head.ffd === '1.05' ? [] : [counterNode(1157, content.driveCounters)]),
];
