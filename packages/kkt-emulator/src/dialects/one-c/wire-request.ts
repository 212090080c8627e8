import * as t from 'io-ts';
import { fieldCodec } from '../../codec/field-codec';
import { objectCodec } from '../../codec/object-codec';
import type { Reader } from '../../codec/object-codec';
import { wireFields } from './wire-fields';
import type { WireFields } from './wire-fields';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
const PRINTABLE = /^[\u0021-\u007e]{1,64}$/u;

/** operationId: 1C sends a UUID; a tolerant reader takes any short word. */
const operationId = (reader: Reader) =>
  fieldCodec('not-an-operation-id', (input) => {
    const pattern = reader === 'strict' ? UUID : PRINTABLE;
    return typeof input === 'string' && pattern.test(input) ? input : undefined;
  });

const partsOf = (reader: Reader, { text, natural }: WireFields) => ({
  agentData: objectCodec(
    {},
    {
      agentOperation: text,
      agentPhone: text,
      paymentProcessorPhone: text,
      acquirerOperatorPhone: text,
      acquirerOperatorName: text,
      acquirerOperatorAddress: text,
      acquirerOperatorINN: text,
    },
    reader,
  ),
  vendorData: objectCodec({}, { phone: text, name: text, INN: text }, reader),
  industryAttribute: objectCodec(
    { identifierFOIV: text },
    { documentDate: text, documentNumber: text, attributeValue: text },
    reader,
  ),
  operationalAttribute: objectCodec(
    { operationID: natural },
    { dateTime: text, operationData: text },
    reader,
  ),
  correctionData: objectCodec({ type: natural }, { number: text, description: text, date: text }, reader),
  customerDetail: objectCodec(
    {},
    {
      info: text,
      INN: text,
      dateOfBirth: text,
      citizenship: text,
      documentTypeCode: text,
      documentData: text,
      address: text,
    },
    reader,
  ),
});

const headerCodec = (reader: Reader, fields: WireFields, parts: ReturnType<typeof partsOf>) =>
  objectCodec(
    { operationType: fields.natural, taxationSystem: fields.natural },
    {
      isCorrection: fields.flag,
      cashierName: fields.text,
      cashierINN: fields.text,
      customerEmail: fields.text,
      customerPhone: fields.text,
      senderEmail: fields.text,
      saleAddress: fields.text,
      saleLocation: fields.text,
      automatNumber: fields.text,
      agentType: fields.natural,
      agentData: parts.agentData,
      vendorData: parts.vendorData,
      correctionData: parts.correctionData,
      operationalAttribute: parts.operationalAttribute,
      industryAttribute: parts.industryAttribute,
      customerDetail: parts.customerDetail,
    },
    reader,
  );

const itemCodec = (reader: Reader, fields: WireFields, parts: ReturnType<typeof partsOf>) =>
  objectCodec(
    {
      name: fields.text,
      quantity: fields.quantity,
      priceWithDiscount: fields.money,
      amountWithDiscount: fields.money,
    },
    {
      VATRate: fields.naturalOrNull,
      VATAmount: fields.money,
      paymentMethod: fields.natural,
      calculationSubject: fields.natural,
      measureOfQuantity: fields.natural,
      calculationAgent: fields.natural,
      agentData: parts.agentData,
      vendorData: parts.vendorData,
      fractionalQuantity: objectCodec({ numerator: fields.natural, denominator: fields.natural }, {}, reader),
      goodCodeData: fields.texts,
      plannedStatus: fields.natural,
      markingCode: fields.text,
      additionalAttribute: fields.text,
      exciseAmount: fields.money,
      customsDeclaration: fields.text,
      countryOfOrigin: fields.text,
      industryAttribute: parts.industryAttribute,
    },
    reader,
  );

/** The body of POST /kkts/receipts. Names, money in roubles and empty texts for absent ones as read in 1C's modules. */
const submissionCodec = (reader: Reader) => {
  const fields = wireFields(reader);
  const parts = partsOf(reader, fields);
  const { money } = fields;
  return objectCodec(
    {
      operationRequest: objectCodec({ operationId: operationId(reader) }, {}, reader),
      receiptRequest: objectCodec(
        {
          documentHeader: headerCodec(reader, fields, parts),
          payments: objectCodec(
            {},
            { cash: money, electronic: money, barter: money, postPayment: money, prePayment: money },
            reader,
          ),
        },
        { items: t.array(itemCodec(reader, fields, parts)) },
        reader,
      ),
    },
    {},
    reader,
  );
};

const codecs: Readonly<Record<Reader, ReturnType<typeof submissionCodec>>> = {
  tolerant: submissionCodec('tolerant'),
  strict: submissionCodec('strict'),
};

/** The codec of a reader. */
export const submissionOf = (reader: Reader): ReturnType<typeof submissionCodec> => codecs[reader];

/** The body of POST /auth/tokens. */
export const tokenRequestCodec = objectCodec(
  { shopId: t.string, shopSecret: t.string, kktsGroupId: t.string },
  {},
  'tolerant',
);

export type WireSubmission = t.TypeOf<ReturnType<typeof submissionCodec>>;
export type WireReceipt = WireSubmission['receiptRequest'];
export type WireHeader = WireReceipt['documentHeader'];
export type WireItem = NonNullable<WireReceipt['items']>[number];
