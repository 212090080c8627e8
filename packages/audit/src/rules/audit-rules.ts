import type { RuleTable } from '@cloud-kassa/core';
import type { ChainRule } from './chain-rules';
import { CHAIN_RULES } from './chain-rules';
import type { CheckpointRule } from './checkpoint-rules';
import { CHECKPOINT_RULES } from './checkpoint-rules';
import type { CrossRule } from './cross-rules';
import { CROSS_RULES } from './cross-rules';
import type { LedgerRule } from './ledger-rules';
import { LEDGER_RULES } from './ledger-rules';
import type { StreamRule } from './stream-rules';
import { STREAM_RULES } from './stream-rules';

/** The name of what was found. Names are stable: tools may tell findings apart by them. */
export type AuditRule = ChainRule | StreamRule | CrossRule | LedgerRule | CheckpointRule;

/** Every rule of the audit in words, with its source. */
export const AUDIT_RULES: RuleTable<AuditRule> = {
  ...CHAIN_RULES,
  ...STREAM_RULES,
  ...CROSS_RULES,
  ...LEDGER_RULES,
  ...CHECKPOINT_RULES,
};
