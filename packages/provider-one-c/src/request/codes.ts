import type { AgentSign, PaymentKind, SettlementSign, Taxation } from '@cloud-kassa/ffd';
import type { CodeTable } from './code-table';

/** `operationType` (tag 1054): the format's own numbers; a correction is told by `isCorrection`. */
export const OPERATION_TYPES: CodeTable<SettlementSign, number> = [
  { code: 1, wire: 1 },
  { code: 2, wire: 2 },
  { code: 3, wire: 3 },
  { code: 4, wire: 4 },
];

/** `taxationSystem` (tag 1055): the number of the bit, from 1. */
export const TAXATION_SYSTEMS: CodeTable<Taxation, number> = [
  { code: 1, wire: 1 },
  { code: 2, wire: 2 },
  { code: 4, wire: 3 },
  { code: 8, wire: 4, validTo: '2020-12-31' },
  { code: 16, wire: 5 },
  { code: 32, wire: 6 },
];

/** `agentType` and `calculationAgent` (tags 1057, 1222): the number of the bit, from 0, as 1C's client has it. One sign at a time. */
export const AGENT_TYPES: CodeTable<AgentSign, number> = [
  { code: 1, wire: 0 },
  { code: 2, wire: 1 },
  { code: 4, wire: 2 },
  { code: 8, wire: 3 },
  { code: 16, wire: 4 },
  { code: 32, wire: 5 },
  { code: 64, wire: 6 },
];

/** The five sums of `payments` (tags 1031, 1081, 1217, 1216, 1215), all always present. */
export const PAYMENT_FIELDS: CodeTable<PaymentKind, string> = [
  { code: 'cash', wire: 'cash' },
  { code: 'cashless', wire: 'electronic' },
  { code: 'provision', wire: 'barter' },
  { code: 'credit', wire: 'postPayment' },
  { code: 'prepaid', wire: 'prePayment' },
];
