import type { AgentRequest, BuyerRequest, IndustryRequest, SupplierRequest } from '../../request';
import type { OneCSettings } from './settings';
import type { WireHeader, WireItem } from './wire-request';
import { given, present, wireDay, wirePhone, wirePhones } from './wire-texts';

/** The contact of the buyer (1008), or `undefined` when neither phone nor e-mail is given. */
export const contactOf = (
  { customerEmail, customerPhone }: WireHeader,
  { preferredContact }: OneCSettings,
): string | undefined => {
  const email = given(customerEmail);
  const phone = given(customerPhone);
  const number = phone === undefined ? undefined : wirePhone(phone);
  return preferredContact === 'email' ? (email ?? number) : (number ?? email);
};

const HIGHEST_BIT = 6;

/** The mask of tag 1057 or 1222; `undefined` when the number is none. */
export const agentMask = (sign: number, { agentSign }: OneCSettings): number | undefined => {
  if (agentSign === 'mask') return sign >= 1 && sign < 1 << (HIGHEST_BIT + 1) ? sign : undefined;
  return sign <= HIGHEST_BIT ? 1 << sign : undefined;
};

/** Agent data under a mask. */
export const agentOf = (mask: number, data: WireItem['agentData']): AgentRequest => ({
  mask,
  ...present({
    operation: given(data?.agentOperation),
    agentPhones: wirePhones(data?.agentPhone),
    receiverPhones: wirePhones(data?.paymentProcessorPhone),
    transferPhones: wirePhones(data?.acquirerOperatorPhone),
    transferName: given(data?.acquirerOperatorName),
    transferAddress: given(data?.acquirerOperatorAddress),
    transferInn: given(data?.acquirerOperatorINN),
  }),
});

export const supplierOf = (vendor: WireItem['vendorData']): SupplierRequest | undefined => {
  const supplier = present({
    inn: given(vendor?.INN),
    name: given(vendor?.name),
    phones: wirePhones(vendor?.phone),
  });
  return Object.keys(supplier).length === 0 ? undefined : supplier;
};

export const industryOf = (attribute: WireItem['industryAttribute']): IndustryRequest | undefined =>
  attribute === undefined
    ? undefined
    : {
        authority: attribute.identifierFOIV,
        date: wireDay(attribute.documentDate ?? ''),
        number: attribute.documentNumber ?? '',
        value: attribute.attributeValue ?? '',
      };

export const buyerOf = (detail: WireHeader['customerDetail']): BuyerRequest | undefined => {
  const birthday = given(detail?.dateOfBirth);
  const buyer = present({
    name: given(detail?.info),
    inn: given(detail?.INN),
    birthday: birthday === undefined ? undefined : wireDay(birthday),
    citizenship: given(detail?.citizenship),
    documentCode: given(detail?.documentTypeCode),
    documentData: given(detail?.documentData),
    address: given(detail?.address),
  });
  return Object.keys(buyer).length === 0 ? undefined : buyer;
};
