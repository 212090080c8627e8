import type { RuleDescription } from '../../../refusal';

const order = 'order ЕД-7-20/662@';

/** Rules on agents, marked goods and the size of the document. */
export const GOODS_RULES = {
  'supplier-inn-required': {
    english: 'A line of an agent names the taxpayer number of the supplier (twelve zeros if there is none).',
    russian: 'У предмета расчета агента нужен ИНН поставщика.',
    source: `${order}, tags 1222 and 1226`,
  },
  'marking-code-required': {
    english: 'Subjects 31 and 33 carry a marking code.',
    russian: 'Для признаков предмета расчета 31 и 33 нужен код маркировки.',
    source: `${order}, tags 1163 and 1212, FFD 1.2`,
  },
  'marking-code-forbidden': {
    english: 'Subjects 30 and 32 carry no marking code.',
    russian: 'Для признаков предмета расчета 30 и 32 кода маркировки не бывает.',
    source: `${order}, tags 1163 and 1212, FFD 1.2`,
  },
  'marking-subject': {
    english: 'Only goods carry a marking code.',
    russian: 'Код маркировки бывает только у товара.',
    source: `${order}, tags 1162 and 1212: subjects 1 and 2 in FFD 1.05 and 1.1, 1, 2, 31 and 33 in FFD 1.2`,
  },
  'marking-code-malformed': {
    english: 'No code of goods of the format can be made of the marking code.',
    russian: 'Из кода маркировки нельзя составить реквизит «код товара».',
    source: `${order}, tags 1162, 1163 and 1300 to 1325`,
  },
  'marking-quantity': {
    english: 'A marked piece is sold by ones.',
    russian: 'Количество маркированного штучного товара — 1.',
    source: `${order}, tags 1023, 1163 and 2108`,
  },
  'marking-fraction': {
    english: 'A part of a marked piece is a proper fraction of a piece.',
    russian: 'Дробное количество маркированного товара — правильная дробь штуки.',
    source: `${order}, tags 1291, 1293, 1294 and 2108`,
  },
  'marking-status': {
    english: 'The planned status and the result of the check are codes of their tables.',
    russian: 'Планируемый статус или результат проверки маркированного товара неизвестен.',
    source: `${order}, tags 2003 and 2106`,
  },
  'too-many-lines': {
    english: 'A receipt holds no more lines than the register takes.',
    russian: 'В чеке слишком много предметов расчета.',
    source: 'OrangeData protocol 2.31.3: about 250 lines in 32 768 bytes; configurable',
  },
  'document-too-large': {
    english: 'The document fits 32 768 bytes, and every block of it the length of its tag.',
    russian: 'Документ не помещается в допустимый размер.',
    source: `${order}, sizes of documents and lengths of tags`,
  },
} as const satisfies Readonly<Record<string, RuleDescription>>;
