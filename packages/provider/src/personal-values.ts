import type { Agent, ReceiptContent } from '@cloud-kassa/core';
import { isErased } from '@cloud-kassa/core';

const ofAgent = (agent: Agent | undefined): ReadonlyArray<string | undefined> => [
  ...(agent?.data?.agentPhones ?? []),
  ...(agent?.data?.operatorPhones ?? []),
  ...(agent?.data?.transferOperatorPhones ?? []),
  ...(agent?.supplier?.phones ?? []),
  agent?.supplier?.name,
];

/** Every value of a receipt that speaks of a person: the buyer, the cashier, agents and suppliers. None of them is kept in a note. */
export const personalValues = ({ buyer, cashier, agent, items }: ReceiptContent): ReadonlyArray<string> => {
  const person = buyer === undefined || isErased(buyer.person) ? {} : buyer.person;
  const values: ReadonlyArray<unknown> = [
    ...Object.values(person),
    cashier?.name,
    cashier?.inn,
    ...ofAgent(agent),
    ...items.flatMap((item) => ofAgent(item.agent)),
  ];
  return values.filter((value): value is string => typeof value === 'string');
};
