import {
  AgentMaskCodec,
  MeasureCodec,
  PaymentMethodCodec,
  PaymentSubjectCodec,
  SettlementSignCodec,
  TaxationCodec,
  VatCodeCodec,
  VAT_CODE_LIST,
} from '@cloud-kassa/ffd';
import * as t from 'io-ts';
import type { FieldRow } from '../fields/field';
import { aList, anObject, objectOf } from '../fields/field';
import { a } from '../fields/field-kinds';

/** 1055 with the nought that registers of FFD 1.0 wrote where they said nothing. */
const TaxationOrNought = t.union([TaxationCodec, t.literal(0)]);

const ITEM = objectOf(
  {
    name: a.text('Name', 1030),
    price: a.kopecks('Price', 1079),
    quantity: a.quantity('Quantity', 1023),
    sum: a.kopecks('Sum of the line', 1043),
  },
  {
    vatCode: a.code(VatCodeCodec, 'VAT rate. Without it the only VAT total of the receipt tells it', 1199),
    vatCodeFrom: a.ignored('How the extract came to the VAT rate'),
    vatSum: a.kopecks('VAT of the line; at 0 % and without VAT nought or the turnover', 1200),
    paymentType: a.code(PaymentMethodCodec, 'Payment method', 1214),
    productType: a.code(PaymentSubjectCodec, 'Payment subject', 1212),
    measureCode: a.code(MeasureCodec, 'Measure of quantity', 2108),
    measureText: a.text('Unit of quantity', 1197),
    marking: a.flag('The line had a marking code; extracts do not keep it, so the receipt is refused'),
    markingKind: a.ignored('Which field the code stood in'),
    gtin: a.ignored('GTIN of the code: not enough to make the code of'),
    agentType: a.code(AgentMaskCodec, 'Agent sign of the line', 1222),
    supplierInn: a.innOrNone('INN of the supplier', 1226),
    supplierInnPseudo: a.ignored('The INN of the supplier is made up'),
  },
);

const TOTALS = objectOf(
  { total: a.kopecks('Total', 1020) },
  {
    cash: a.kopecks('Cash', 1031),
    ecash: a.kopecks('Cashless', 1081),
    prepaid: a.kopecks('Offset of advances and earlier payments', 1215),
    credit: a.kopecks('To be paid later', 1216),
    provision: a.kopecks('Counter-provision', 1217),
  },
);

const VAT_TOTALS = objectOf(
  {},
  Object.fromEntries(
    VAT_CODE_LIST.map((code) => [
      String(code),
      a.kopecks(`Of VAT code ${code}: VAT; of 5 and 6 the turnover`),
    ]),
  ),
);

const own = (english: string, tag?: number) => a.ignored(english, tag);

/** One line of the format `fns-extract`. A member that is null counts as absent. */
export const EXTRACT = objectOf(
  {
    operationType: a.code(SettlementSignCodec, 'Sign of the settlement', 1054),
    dateTime: a.text('Local time of the register, or the date alone: then 12:00 is assumed', 1012),
    items: aList(ITEM, 'Lines', 1059),
    totals: anObject(TOTALS, 'Total and payments; absent payments are nought'),
  },
  {
    id: a.identity('Id of the receipt; the identity of the line'),
    fn: a.drive('Drive; with fd the identity of a line without id', 1041),
    fnKey: a.identity('What stands for a drive whose number was cut'),
    fd: a.documentNumber('Number of the document', 1040),
    fp: own('Fiscal sign: the new document gets its own', 1077),
    kind: a.text('receipt; nothing else is read'),
    sellerInn: a.inn('Whose receipt it was; the option `organisation` stands above it', 1018),
    sellerInnPseudo: own('The INN is made up'),
    sellerIsSoleProprietor: own('The seller is a sole proprietor'),
    sellerName: own('Name of the seller: the register has its own', 1048),
    taxationType: a.code(TaxationOrNought, 'Taxation system; nought counts as absent', 1055),
    vatTotals: anObject(VAT_TOTALS, 'VAT totals by VAT code; noughts are left out'),
    ffd: own('Version of the format: the register has its own', 1209),
    ffdCode: own('The same as a code', 1209),
    machineNumber: a.text('Number of the automatic device', 1036),
    agentType: a.code(AgentMaskCodec, 'Agent sign of the whole receipt', 1057),
    retailPlace: a.text('Place of settlement', 1187),
    retailPlaceAddress: a.text('Address', 1009),
    sellerAddress: a.text("Sender's address of the electronic receipt", 1117),
    kktRegId: own('Registration number of the old register', 1037),
    kktSerial: own('Serial of the old register', 1013),
    shiftNumber: own('Shift of the old document', 1038),
    requestNumber: own('Number of the old document in its shift', 1042),
    internetSign: own(
      'The old register was for the Internet only; it does not say that this settlement was (1125)',
      1108,
    ),
    buyerContactPresent: own('The buyer gave a contact, which is cut'),
    qr: own('QR text of the old document'),
    rawTlv: own('Bytes of the old document'),
    messageFpd: own('Message sign of the old document'),
    source: own('Where the extract comes from'),
    checks: own('What was computed when the extract was made'),
  },
);

export type ExtractLine = t.TypeOf<typeof EXTRACT.codec>;
export type ExtractItem = ExtractLine['items'][number];

/** The table of fields of the format `fns-extract`. */
export const EXTRACT_FIELDS: ReadonlyArray<FieldRow> = EXTRACT.rows;
