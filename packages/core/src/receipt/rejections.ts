import type { RuleTable } from '../refusal';
import type { AttemptRule } from './attempt/rejections';
import { ATTEMPT_RULES } from './attempt/rejections';
import type { FenceRule } from './fence/fence-rules';
import { FENCE_RULES } from './fence/fence-rules';
import type { ReceiptRule } from './rules/receipt-rules';
import { RECEIPT_RULES } from './rules/receipt-rules';

/** Why a command to a receipt is refused, apart from its content, its attempt and its fence. */
export type RegistrationRule =
  | 'not-registered'
  | 'receipt-id'
  | 'settlement-differs'
  | 'refund-not-reserved'
  | 'parent-missing'
  | 'reserved-against'
  | 'not-fiscalized';

export type AnyReceiptRule = RegistrationRule | AttemptRule | FenceRule | ReceiptRule;

export const REGISTRATION_RULES: RuleTable<RegistrationRule> = {
  'not-registered': {
    english: 'There is no receipt under this id.',
    russian: 'Чек с таким идентификатором не зарегистрирован.',
    source: 'every command but the first needs a registered receipt',
  },
  'receipt-id': {
    english: 'The receipt id is not that of organisation, source document and settlement id.',
    russian: 'Идентификатор чека не соответствует организации, документу-основанию и расчёту.',
    source: 'identity: one settlement is one receipt',
  },
  'settlement-differs': {
    english: 'This settlement was registered with other content; the fields that differ are named.',
    russian: 'Этот расчёт уже зарегистрирован с другим содержимым; отличающиеся поля названы.',
    source: 'identity: one settlement is one receipt',
  },
  'refund-not-reserved': {
    english: 'A refund of a receipt kept here must be reserved in the stream of that receipt first.',
    russian: 'Возврат по чеку сначала резервируется в самом чеке.',
    source: 'the stream of the sale is the fence of its refunds',
  },
  'parent-missing': {
    english: 'A refund names the receipt it refunds, here or outside.',
    russian: 'Возврат указывает чек, по которому он делается.',
    source: '54-FZ art. 4.7: the settlement that is returned',
  },
  'reserved-against': {
    english: 'A refund or an offset holds a part of the receipt; what it holds can not go away under it.',
    russian: 'Часть чека зарезервирована возвратом или зачётом: сначала снимите резерв.',
    source: 'the stream of the sale is the fence of its refunds',
  },
  'not-fiscalized': {
    english: 'The receipt has no fiscal document yet.',
    russian: 'По чеку ещё нет фискального документа.',
    source: 'a copy or a confirmation speaks of a document',
  },
};

/** Every rule a command to a receipt can be refused by. */
export const ALL_RECEIPT_RULES: RuleTable<AnyReceiptRule> = {
  ...REGISTRATION_RULES,
  ...ATTEMPT_RULES,
  ...FENCE_RULES,
  ...RECEIPT_RULES,
};
