import type { RuleDescription } from '../../../refusal';

const letter = 'FNS letter АБ-4-20/11248@ of 15.12.2025';

/** Rules on which VAT rate a receipt may carry. */
export const VAT_RULES = {
  'vat-rates-mixed': {
    english: 'One correction does not mix rates of 20 % and 22 %.',
    russian: 'В одном чеке коррекции нельзя смешивать ставки 20% и 22%.',
    source: '1C-Bitrix, CheckManager::addCorrection; unconfirmed as a norm, configurable',
  },
  'vat-code-not-in-force': {
    english: 'The VAT rate was in force at the date that counts, or stays lawful on a named ground.',
    russian: 'Ставка НДС на эту дату не действует.',
    source: `order ЕД-7-20/662@ as amended, tag 1199; ${letter}`,
  },
  'vat-ground-mismatch': {
    english: 'The named ground for an earlier VAT rate does not fit the receipt.',
    russian: 'Основание для прежней ставки НДС не подходит к этому чеку.',
    source: letter,
  },
  'vat-taxation-mismatch': {
    english: 'Rates of 5 % and 7 % belong to simplified taxation.',
    russian: 'Ставки 5% и 7% применяют только при УСН.',
    source: 'Tax Code, art. 164 cl. 8; unconfirmed as a control, configurable',
  },
} as const satisfies Readonly<Record<string, RuleDescription>>;
