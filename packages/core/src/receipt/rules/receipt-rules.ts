import type { RuleTable } from '../../refusal';
import { AMOUNT_RULES } from './tables/amount-rules';
import { CONTENT_RULES } from './tables/content-rules';
import { FACT_RULES } from './tables/fact-rules';
import { GOODS_RULES } from './tables/goods-rules';
import { VAT_RULES } from './tables/vat-rules';

/** Every rule a receipt may be refused by, in words and with its source, in the order in which the rules are asked. */
const rules = { ...FACT_RULES, ...CONTENT_RULES, ...VAT_RULES, ...AMOUNT_RULES, ...GOODS_RULES };

/** Why a receipt is refused, by stable name. */
export type ReceiptRule = keyof typeof rules;

/** Every rule in English and Russian, with its source. */
export const RECEIPT_RULES: RuleTable<ReceiptRule> = rules;
