import {
  AgentMaskCodec,
  CorrectionTypeCodec,
  LegacyVatGroundCodec,
  MeasureCodec,
  PaymentMethodCodec,
  PaymentSubjectCodec,
  SettlementSignCodec,
  TaxationCodec,
  VatCodeCodec,
  literalCodec,
} from '@cloud-kassa/ffd';
import type { FieldRow } from '../fields/field';
import { aList, aListOf, anObject, objectOf } from '../fields/field';
import { a } from '../fields/field-kinds';

const AGENT_DATA = objectOf(
  {},
  {
    operation: a.text('Operation of the agent', 1044),
    agentPhones: aListOf(a.text(''), "Agent's telephones", 1073),
    operatorPhones: aListOf(a.text(''), 'Telephones of the operator that takes payments', 1074),
    transferOperatorPhones: aListOf(a.text(''), 'Telephones of the transfer operator', 1075),
    transferOperatorName: a.text('Name of the transfer operator', 1026),
    transferOperatorAddress: a.text('Address of the transfer operator', 1005),
    transferOperatorInn: a.inn('INN of the transfer operator', 1016),
  },
);

const SUPPLIER = objectOf(
  { inn: a.innOrNone('INN of the supplier; twelve zeros where there is none', 1226) },
  {
    name: a.text('Name of the supplier', 1225),
    phones: aListOf(a.text(''), 'Telephones of the supplier', 1171),
  },
);

const AGENT = objectOf(
  { sign: a.code(AgentMaskCodec, 'Agent sign, a sum of bits', 1222) },
  {
    data: anObject(AGENT_DATA, 'What the agent does', 1223),
    supplier: anObject(SUPPLIER, 'Whom the agent acts for', 1224),
  },
);

const MARKING = objectOf(
  { code: a.text('Marking code as it was scanned', 1163) },
  {
    plannedStatus: a.number('Planned status of the goods', 2003),
    checkResult: a.number('Result of the check of the code', 2106),
    fraction: anObject(
      objectOf({ numerator: a.number('Numerator'), denominator: a.number('Denominator') }, {}),
      'Part of a piece',
      1291,
    ),
  },
);

const INDUSTRY = objectOf(
  {
    authority: a.text('Number of the authority', 1262),
    documentDate: a.date('Date of the act', 1263),
    documentNumber: a.text('Number of the act', 1264),
    value: a.text('Value', 1265),
  },
  {},
);

const ITEM = objectOf(
  {
    name: a.text('Name of the goods or service', 1030),
    price: a.kopecks('Price of one unit after discounts, VAT included', 1079),
    quantity: a.quantity('Quantity', 1023),
    vatCode: a.code(VatCodeCodec, 'VAT rate', 1199),
    method: a.code(PaymentMethodCodec, 'Payment method', 1214),
    subject: a.code(PaymentSubjectCodec, 'Payment subject', 1212),
  },
  {
    sum: a.kopecks('Sum of the line; computed, and must agree where it is given', 1043),
    vatSum: a.kopecks('VAT of the line; computed, and must agree where it is given', 1200),
    measure: a.code(MeasureCodec, 'Measure of quantity; FFD 1.2 demands it', 2108),
    unit: a.text('Unit of quantity in FFD 1.05 and 1.1', 1197),
    agent: anObject(AGENT, 'The line is sold as an agent'),
    marking: anObject(MARKING, 'Marked goods'),
    excise: a.kopecks('Excise', 1229),
    country: a.text('Country of origin, three digits', 1230),
    customsDeclaration: a.text('Customs declaration', 1231),
    additionalAttribute: a.text('Additional attribute of the line', 1191),
    industry: aList(INDUSTRY, 'Attributes that an industry act demands', 1260),
  },
);

const REFERENCE_FIELDS = {
  document: a.identity('The document of the other receipt, if it is registered here'),
  id: a.identity('The settlement id of the other receipt, if it is registered here'),
  fn: a.drive('Drive of the other document, if it was made elsewhere', 1041),
  fd: a.documentNumber('Number of the other document', 1040),
  fp: a.documentNumber('Fiscal sign of the other document', 1077),
};

const REFERENCE = objectOf({}, REFERENCE_FIELDS);

const OFFSET = objectOf(
  {},
  { ...REFERENCE_FIELDS, amount: a.kopecks('How much of it is set off, if it is registered here') },
);

const PAYMENTS = objectOf(
  {},
  {
    cash: a.kopecks('Cash; a cloud register takes none', 1031),
    cashless: a.kopecks('Cashless', 1081),
    prepaid: a.kopecks('Offset of advances and earlier payments', 1215),
    credit: a.kopecks('To be paid later', 1216),
    provision: a.kopecks('Counter-provision', 1217),
  },
);

const BUYER = objectOf(
  {},
  {
    phone: a.text('Telephone', 1008),
    email: a.text('E-mail address', 1008),
    name: a.text('Name', 1227),
    inn: a.innOrNone('INN', 1228),
  },
);

const CORRECTION = objectOf(
  {
    type: a.code(CorrectionTypeCodec, '0 of one’s own accord, 1 by order', 1173),
    settledOn: a.date('Date of the settlement that is corrected', 1178),
    reason: a.code(
      literalCodec(['not-applied', 'error-reversal', 'error-right-data'] as const, 'CorrectionReason'),
      'not-applied, error-reversal or error-right-data',
    ),
  },
  { orderNumber: a.text('Number of the order, for type 1', 1179) },
);

/** One line of the format `documents`: a settlement document that becomes a receipt. */
export const DOCUMENT = objectOf(
  {
    document: a.identity(
      'The source document: an order, an invoice. With `id` it names the receipt for ever',
    ),
    sign: a.code(SettlementSignCodec, '1 sale, 2 its refund, 3 purchase, 4 its refund', 1054),
    taxation: a.code(TaxationCodec, 'Taxation system, one bit', 1055),
    payments: anObject(PAYMENTS, 'Payments; those that are absent are nought'),
    settledAt: a.moment('When it was settled', 1012),
  },
  {
    id: a.identity(
      'The id of this settlement within the document: of the payment, the refund, the shipment. Without it the line is refused, unless lines are told apart by their place',
    ),
    organisation: a.inn('Whose receipt it is; needed unless the command says it', 1018),
    kind: a.code(literalCodec(['receipt', 'correction'] as const, 'Kind'), 'receipt (default) or correction'),
    items: aList(ITEM, 'Lines; only corrections of FFD 1.05 have none', 1059),
    total: a.kopecks('Total; by default the sum of the lines. May be less within the same rouble', 1020),
    vatTotals: aList(
      objectOf(
        {
          code: a.code(VatCodeCodec, 'VAT rate', 1199),
          amount: a.kopecks('VAT, or turnover at 0 % and without VAT'),
        },
        {},
      ),
      'VAT totals; needed without lines, else computed and must agree',
    ),
    buyer: anObject(BUYER, 'The buyer; a telephone or an e-mail address is needed'),
    customerId: a.identity('The customer, whose card may know the contact'),
    place: anObject(
      objectOf({}, { address: a.text('Address', 1009), place: a.text('Place, or the site', 1187) }),
      'Where it was settled; by default where the register is',
    ),
    internet: a.flag('Cashless over the Internet; false unless said', 1125),
    cashier: anObject(objectOf({ name: a.text('Name', 1021) }, { inn: a.inn('INN', 1203) }), 'The cashier'),
    instrument: a.code(
      literalCodec(['sbp', 'card', 'bank-transfer', 'other'] as const, 'Instrument'),
      'sbp, card, bank-transfer or other (default)',
    ),
    register: a.identity('The register card that is to take it; by default routing chooses'),
    refundOf: anObject(REFERENCE, 'The receipt that is refunded'),
    offsets: aList(OFFSET, 'Receipts of advances and prepayments that are set off'),
    corrects: anObject(REFERENCE, 'The receipt that is corrected'),
    correction: anObject(CORRECTION, 'Ground of a correction', 1174),
    legacyVat: anObject(
      objectOf(
        {
          ground: a.code(
            LegacyVatGroundCodec,
            'refund-of-legacy-sale, correction-of-earlier-settlement or credit-of-earlier-shipment',
          ),
          earlier: a.date('Date of the sale, settlement or shipment'),
        },
        {},
      ),
      'Why a VAT rate whose time is over is still right',
    ),
    agent: anObject(AGENT, 'The whole receipt is an agent’s, FFD 1.05 and 1.1', 1057),
    senderEmail: a.text("Sender's address of the electronic receipt", 1117),
    automatNumber: a.text('Number of the automatic device', 1036),
    additionalAttribute: a.text(
      'Additional attribute; in a correction of an error the wrong fiscal sign',
      1192,
    ),
    userAttribute: anObject(
      objectOf({ name: a.text('Name', 1085), value: a.text('Value', 1086) }, {}),
      'Additional attribute of the user',
      1084,
    ),
    industry: anObject(INDUSTRY, 'Attribute that an industry act demands', 1261),
  },
);

/** The table of fields of the format `documents`. */
export const DOCUMENT_FIELDS: ReadonlyArray<FieldRow> = DOCUMENT.rows;
