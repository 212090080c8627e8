import type { TlvNode } from '@cloud-kassa/ffd';
import { tlv } from '@cloud-kassa/ffd';
import { FFD_CODE } from '../kkt/registration';
import type { Registration, UsageConditions } from '../kkt/registration';
import { registrationReasonCodes } from '../kkt/registration-change';
import { counterNode } from './counter-nodes';
import type { DocumentContent, DocumentHead } from './fiscal-document';
import { number, text } from './item-nodes';
import { cashierNodes } from './receipt-nodes';

const BITS: ReadonlyArray<readonly [keyof UsageConditions, number]> = [
  ['printerInMachine', 0x2],
  ['strictForms', 0x4],
  ['internetOnly', 0x20],
  ['excise', 0x40],
  ['markedGoods', 0x100],
  ['servicesOnly', 0x200],
  ['gambling', 0x400],
  ['lottery', 0x800],
  ['pawnshop', 0x1000],
  ['insurance', 0x2000],
  ['vending', 0x4000],
  ['catering', 0x8000],
  ['wholesale', 0x10000],
];

/** Признаки условий применения ККТ (1290), FFD 1.2. */
const usageConditionBits = (conditions: UsageConditions): number =>
  BITS.reduce((bits, [name, bit]) => (conditions[name] ? bits + bit : bits), 0);

const flag = (tag: number, value: boolean): TlvNode => tlv.integer(tag, value ? 1 : 0);

const conditionNodes = ({ ffd, conditions, agents }: Registration): ReadonlyArray<TlvNode> => [
  flag(1001, conditions.automatic),
  flag(1002, conditions.offline),
  flag(1056, conditions.encryption),
  ...(ffd === '1.2'
    ? [tlv.integer(1290, usageConditionBits(conditions))]
    : [
        flag(1108, conditions.internetOnly),
        flag(1109, conditions.servicesOnly),
        flag(1110, conditions.strictForms),
        flag(1126, conditions.lottery),
        flag(1193, conditions.gambling),
        flag(1207, conditions.excise),
        flag(1221, conditions.printerInMachine),
        ...number(1057, agents),
      ]),
];

const reasonNodes = (head: DocumentHead, reasons: number): ReadonlyArray<TlvNode> => {
  if (head.form === 1) return [];
  return head.ffd === '1.05'
    ? registrationReasonCodes(reasons).map((code) => tlv.integer(1101, code))
    : [tlv.integer(1205, reasons)];
};

/** A registration report (forms 1 and 11) without its head. Source: the format, tables of the registration reports. */
export const registrationNodes = (
  head: DocumentHead,
  content: Extract<DocumentContent, { readonly kind: 'registration' }>,
): ReadonlyArray<TlvNode> => {
  const { registration } = content;
  return [
    tlv.string(1013, content.kkt.serial),
    tlv.string(1188, content.kkt.version),
    tlv.integer(1189, FFD_CODE[head.ffd]),
    tlv.integer(1190, FFD_CODE[head.ffd]),
    tlv.string(1048, registration.organisation.name),
    tlv.integer(1062, registration.taxation),
    tlv.string(1009, registration.address),
    tlv.string(1187, registration.place),
    ...text(1036, registration.machineNumber),
    ...text(1017, registration.ofd?.inn),
    ...text(1046, registration.ofd?.name),
    tlv.string(1060, registration.taxServiceSite),
    ...text(1117, registration.sender),
    ...cashierNodes(registration.cashier),
    ...conditionNodes(registration),
    ...reasonNodes(head, content.reasons),
    ...(head.ffd === '1.05' ? [] : [tlv.integer(1213, content.keyDays)]),
    ...(head.form === 11 && head.ffd !== '1.05' ? [counterNode(1157, content.driveCounters)] : []),
  ];
};
