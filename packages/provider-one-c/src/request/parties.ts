import * as E from 'fp-ts/Either';
import type { Agent, IndustryAttribute, Person } from '@cloud-kassa/core';
import type { LocalDate } from '@cloud-kassa/ffd';
import { agentSignsIn } from '@cloud-kassa/ffd';
import type { JsonWrittenObject, NotExpressible } from '@cloud-kassa/provider';
import { rowOf } from './code-table';
import { AGENT_TYPES } from './codes';
import { notExpressible } from './expression-rules';

type Written = E.Either<NotExpressible, JsonWrittenObject>;

/** Midnight of a day, as 1C writes dates. */
export const midnight = (date: LocalDate): string => `${date}T00:00:00`;

const onePhone = (
  phones: ReadonlyArray<string> | undefined,
  field: string,
): E.Either<NotExpressible, string> =>
  phones !== undefined && phones.length > 1 ? notExpressible('one-phone', field) : E.right(phones?.[0] ?? '');

const agentData = ({ data }: Agent, field: string): Written => {
  const agentPhone = onePhone(data?.agentPhones, `${field}.agentPhones`);
  const operatorPhone = onePhone(data?.operatorPhones, `${field}.operatorPhones`);
  const transferPhone = onePhone(data?.transferOperatorPhones, `${field}.transferOperatorPhones`);
  if (E.isLeft(agentPhone)) return agentPhone;
  if (E.isLeft(operatorPhone)) return operatorPhone;
  if (E.isLeft(transferPhone)) return transferPhone;
  return E.right({
    agentOperation: data?.operation ?? '',
    agentPhone: agentPhone.right,
    paymentProcessorPhone: operatorPhone.right,
    acquirerOperatorPhone: transferPhone.right,
    acquirerOperatorName: data?.transferOperatorName ?? '',
    acquirerOperatorAddress: data?.transferOperatorAddress ?? '',
    acquirerOperatorINN: data?.transferOperatorInn ?? '',
  });
};

const vendorData = (
  { supplier }: Agent,
  field: string,
): E.Either<NotExpressible, JsonWrittenObject | undefined> => {
  if (supplier === undefined) return E.right(undefined);
  return E.map((phone: string) => ({ phone, name: supplier.name ?? '', INN: supplier.inn }))(
    onePhone(supplier.phones, `${field}.phones`),
  );
};

/**
 * An agent with its data and the supplier (tags 1057, 1222 to 1226): on the receipt under `agentType`, on a line under `calculationAgent`.
 * No keys at all where there is no agent.
 */
export const agentFields = (
  key: 'agentType' | 'calculationAgent',
  agent: Agent | undefined,
  field: string,
  on: LocalDate,
): Written => {
  if (agent === undefined) return E.right({});
  const [sign, ...more] = agentSignsIn(agent.sign);
  const row = sign === undefined || more.length > 0 ? undefined : rowOf(AGENT_TYPES, sign, on);
  if (row === undefined) return notExpressible('one-agent-sign', `${field}.sign`);
  const data = agentData(agent, `${field}.data`);
  const vendor = vendorData(agent, `${field}.supplier`);
  if (E.isLeft(data)) return data;
  if (E.isLeft(vendor)) return vendor;
  return E.right({ [key]: row.wire, agentData: data.right, vendorData: vendor.right });
};

/** An industry attribute (tags 1260, 1261). */
export const industryAttribute = (attribute: IndustryAttribute): JsonWrittenObject => ({
  identifierFOIV: attribute.authority,
  documentDate: midnight(attribute.documentDate),
  documentNumber: attribute.documentNumber,
  attributeValue: attribute.value,
});

const dayMonthYear = (date: string): string => date.split('-').toReversed().join('.');

/** Who the buyer is (tags 1227, 1228, 1256), where anything but the contact is known; what is not known has no key. */
export const customerDetail = (person: Person): JsonWrittenObject | undefined => {
  const { phone: _phone, email: _email, ...identity } = person;
  if (Object.values(identity).every((value) => value === undefined)) return undefined;
  return {
    info: person.name,
    INN: person.inn,
    dateOfBirth: person.birthDate === undefined ? undefined : dayMonthYear(person.birthDate),
    citizenship: person.citizenship,
    documentTypeCode: person.documentCode,
    documentData: person.documentData,
    address: person.address,
  };
};
