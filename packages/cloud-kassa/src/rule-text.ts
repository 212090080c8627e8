import type { RuleDescription } from '@cloud-kassa/core';
import {
  ALL_RECEIPT_RULES,
  CLOUD_DEVICE_RULES,
  CONTACT_RULES,
  PAYMENT_RULES,
  SHIFT_RULES,
} from '@cloud-kassa/core';

const TABLES: ReadonlyArray<Readonly<Record<string, RuleDescription>>> = [
  ALL_RECEIPT_RULES,
  PAYMENT_RULES,
  CLOUD_DEVICE_RULES,
  SHIFT_RULES,
  CONTACT_RULES,
];

/** A rule in words, by its stable name; the name itself where no table has it. */
export const ruleText = (rule: string): { readonly message: string; readonly russian: string } => {
  const found = TABLES.find((table) => Object.hasOwn(table, rule))?.[rule];
  return { message: found?.english ?? `Refused by the rule ${rule}.`, russian: found?.russian ?? rule };
};
