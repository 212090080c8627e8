import { tagByNumber } from '@cloud-kassa/ffd';
import { admissionRefusal } from '../refusal';
import type { AdmissionRefusal } from '../refusal';
import type {
  AgentRequest,
  Cashier,
  IndustryRequest,
  ItemRequest,
  ReceiptRequest,
  SupplierRequest,
} from '../request';
import { firstOver } from './context';

type Text = readonly [field: string, tag: number, text: string | undefined];

const DIGITS = /^\d+$/u;
const HEX = /^(?:[0-9a-fA-F]{2}){8,32}$/u;

const checkText = ([field, tag, text]: Text): AdmissionRefusal | undefined => {
  if (text === undefined) return undefined;
  if (text === '') return admissionRefusal('text-empty', field);
  return text.length > (tagByNumber(tag)?.maxLength ?? 0)
    ? admissionRefusal('text-too-long', field)
    : undefined;
};

const digits = (text: string | undefined, length: number, field: string): AdmissionRefusal | undefined =>
  text === undefined || (text.length === length && DIGITS.test(text))
    ? undefined
    : admissionRefusal('text-malformed', field);

const phones = (list: ReadonlyArray<string> | undefined, tag: number, field: string): ReadonlyArray<Text> =>
  (list ?? []).map((phone, index) => [`${field}[${index}]`, tag, phone]);

const cashierTexts = (cashier: Cashier | undefined): ReadonlyArray<Text> => [
  ['cashier.name', 1021, cashier?.name],
];

const agentTexts = (agent: AgentRequest | undefined, at: string): ReadonlyArray<Text> =>
  agent === undefined
    ? []
    : [
        [`${at}.operation`, 1044, agent.operation],
        [`${at}.transferName`, 1026, agent.transferName],
        [`${at}.transferAddress`, 1005, agent.transferAddress],
        ...phones(agent.agentPhones, 1073, `${at}.agentPhones`),
        ...phones(agent.receiverPhones, 1074, `${at}.receiverPhones`),
        ...phones(agent.transferPhones, 1075, `${at}.transferPhones`),
      ];

const supplierTexts = (supplier: SupplierRequest | undefined, at: string): ReadonlyArray<Text> =>
  supplier === undefined
    ? []
    : [[`${at}.name`, 1225, supplier.name], ...phones(supplier.phones, 1171, `${at}.phones`)];

const industryTexts = (industry: IndustryRequest | undefined, at: string): ReadonlyArray<Text> =>
  industry === undefined
    ? []
    : [
        [`${at}.number`, 1264, industry.number],
        [`${at}.value`, 1265, industry.value],
      ];

const checkIndustry = (industry: IndustryRequest | undefined, at: string): AdmissionRefusal | undefined =>
  digits(industry?.authority, 3, `${at}.authority`) ?? firstOver(industryTexts(industry, at), checkText);

const checkItem = (item: ItemRequest, index: number): AdmissionRefusal | undefined => {
  const at = `items[${index}]`;
  return (
    checkText([`${at}.name`, 1030, item.name]) ??
    checkText([`${at}.unit`, 1197, item.unit]) ??
    checkText([`${at}.additional`, 1191, item.additional]) ??
    checkText([`${at}.customsDeclaration`, 1231, item.customsDeclaration]) ??
    digits(item.country, 3, `${at}.country`) ??
    (item.goodsCode === undefined
      ? undefined
      : checkText([`${at}.goodsCode.value`, item.goodsCode.kind, item.goodsCode.value])) ??
    (item.productCode === undefined || HEX.test(item.productCode)
      ? undefined
      : admissionRefusal('text-malformed', `${at}.productCode`)) ??
    firstOver(agentTexts(item.agent, `${at}.agent`), checkText) ??
    firstOver(supplierTexts(item.supplier, `${at}.supplier`), checkText) ??
    firstOver(item.industry ?? [], (industry, entry) => checkIndustry(industry, `${at}.industry[${entry}]`))
  );
};

const receiptTexts = (request: ReceiptRequest): ReadonlyArray<Text> => [
  ['contact', 1008, request.contact],
  ['place', 1187, request.place],
  ['address', 1009, request.address],
  ['sender', 1117, request.sender],
  ['machineNumber', 1036, request.machineNumber],
  ['additional', 1192, request.additional],
  ['userProperty.name', 1085, request.userProperty?.name],
  ['userProperty.value', 1086, request.userProperty?.value],
  ['buyer.name', 1227, request.buyer?.name],
  ['buyer.documentData', 1246, request.buyer?.documentData],
  ['buyer.address', 1254, request.buyer?.address],
  ['operational.data', 1272, request.operational?.data],
  ['correction.number', 1179, request.correction?.number],
  ...cashierTexts(request.cashier),
  ...agentTexts(request.agent, 'agent'),
  ...phones(request.supplierPhones, 1171, 'supplierPhones'),
];

/**
 * Every text is present where it is given, and not longer than its tag allows; a character is one byte, for the texts are CP866 by now.
 * Source: lengths of the format's tables.
 */
export const checkTexts = (request: ReceiptRequest): AdmissionRefusal | undefined =>
  firstOver(receiptTexts(request), checkText) ??
  digits(request.buyer?.citizenship, 3, 'buyer.citizenship') ??
  digits(request.buyer?.documentCode, 2, 'buyer.documentCode') ??
  checkIndustry(request.industry, 'industry') ??
  firstOver(request.cashlessDetails ?? [], (detail, index) =>
    firstOver<Text>(
      [
        [`cashlessDetails[${index}].identifiers`, 1237, detail.identifiers],
        [`cashlessDetails[${index}].additional`, 1238, detail.additional],
      ],
      checkText,
    ),
  ) ??
  firstOver(request.items, checkItem);
