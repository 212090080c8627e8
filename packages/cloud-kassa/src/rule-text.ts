import type { RuleDescription } from '@cloud-kassa/core';
import {
  ALL_RECEIPT_RULES,
  CLOUD_DEVICE_RULES,
  CONTACT_RULES,
  PAYMENT_RULES,
  SHIFT_RULES,
} from '@cloud-kassa/core';
import { INPUT_RULES } from './input-rules';

/** Whose rules a refusal speaks of. Some names stand in two tables and mean different things there. */
export type RuleOwner = 'receipt' | 'payment' | 'device' | 'shift';

type Table = Readonly<Record<string, RuleDescription>>;

const TABLE_OF: Readonly<Record<RuleOwner, Table>> = {
  receipt: ALL_RECEIPT_RULES,
  payment: PAYMENT_RULES,
  device: CLOUD_DEVICE_RULES,
  shift: SHIFT_RULES,
};

const COMMON: ReadonlyArray<Table> = [CONTACT_RULES, INPUT_RULES];

/** A rule in words, by its stable name and its owner; the name itself where no table has it. */
export const ruleText = (
  rule: string,
  owner: RuleOwner = 'receipt',
): { readonly message: string; readonly russian: string } => {
  const tables = [TABLE_OF[owner], ...COMMON, ...Object.values(TABLE_OF)];
  const found = tables.find((table) => Object.hasOwn(table, rule))?.[rule];
  return {
    message: found?.english ?? `Refused by the rule ${rule}.`,
    russian: found?.russian ?? `Отказано правилом ${rule}.`,
  };
};
