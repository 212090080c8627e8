import {
  ALL_RECEIPT_RULES,
  CLOUD_DEVICE_RULES,
  CONTACT_RULES,
  PAYMENT_RULES,
  POSTPONEMENT_REASONS,
  SHIFT_RULES,
} from '@cloud-kassa/core';
import { AUDIT_RULES } from '@cloud-kassa/audit';
import { HOLD_ADVICE, INPUT_RULES } from '@cloud-kassa/cloud-kassa';
import { EXPRESSION_RULES } from '@cloud-kassa/provider-one-c';
import type { CommandResult } from '../command/command-result';
import { shown, wrongUse } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import { obstacle } from '../output/labels';
import type { View } from '../output/view';
import { IMPORT_RULES } from '../receipts-import';

interface Explained {
  readonly kind: string;
  readonly english: string;
  readonly russian: string;
  readonly more?: { readonly english: string; readonly russian: string };
  readonly source?: string;
}

type Rules = Readonly<
  Record<string, { readonly english: string; readonly russian: string; readonly source: string }>
>;

const RULES: ReadonlyArray<readonly [kind: string, table: Rules]> = [
  ['receipt', ALL_RECEIPT_RULES],
  ['payment', PAYMENT_RULES],
  ['device', CLOUD_DEVICE_RULES],
  ['shift', SHIFT_RULES],
  ['contact', CONTACT_RULES],
  ['audit', AUDIT_RULES],
  ['import', IMPORT_RULES],
  ['input', INPUT_RULES],
];

/** What the protocol of a provider has no words for is told with this in front. */
const NOT_EXPRESSIBLE = 'not-expressible:';

const ofProtocol = (code: string): ReadonlyArray<Explained> => {
  const rule = code.startsWith(NOT_EXPRESSIBLE) ? code.slice(NOT_EXPRESSIBLE.length) : code;
  const table: Rules = EXPRESSION_RULES;
  const found = Object.hasOwn(table, rule) ? table[rule] : undefined;
  return found === undefined ? [] : [{ kind: 'provider', ...found }];
};

/** Why a device is not chosen. */
const ofRouting = (code: string): ReadonlyArray<Explained> => {
  const words = obstacle(code);
  return words.english === code ? [] : [{ kind: 'device', ...words }];
};

const ofRules = (code: string): ReadonlyArray<Explained> =>
  RULES.flatMap(([kind, table]) => {
    const rule = Object.hasOwn(table, code) ? table[code] : undefined;
    return rule === undefined ? [] : [{ kind, ...rule }];
  });

/** Whose change takes a reason away, in Russian. */
const ENDS_WITH: Readonly<Record<string, string>> = {
  'no-device': 'Уйдёт, когда облачная ККТ подключена, возвращена в работу или снова доступна.',
  'no-register': 'Уйдёт, когда касса подключена.',
  'no-contact': 'Уйдёт, когда контакт указан.',
  'no-basket': 'Уйдёт, когда указан документ расчёта.',
  'amount-differs': 'Уйдёт, когда указан документ расчёта на эту сумму.',
  policy: 'Уйдёт, когда политика кассы изменена.',
  refused: 'Уйдёт, когда указан исправленный документ расчёта.',
  undecodable: 'Уйдёт, когда установлена версия, которая читает событие.',
};

const ofReasons = (code: string): ReadonlyArray<Explained> => [
  ...Object.entries(HOLD_ADVICE)
    .filter(([reason]) => reason === code)
    .map(([, { meaning, todo }]) => ({ kind: 'held', ...meaning, more: todo })),
  ...Object.entries(POSTPONEMENT_REASONS)
    .filter(([reason]) => reason === code)
    .map(([reason, { english, russian, endsWith }]) => ({
      kind: 'postponed',
      english,
      russian,
      more: { english: `It goes away when ${endsWith}.`, russian: ENDS_WITH[reason] ?? '' },
    })),
];

/** Every code a rule, a held or a postponed receipt may show. */
export const explainCode = (code: string): ReadonlyArray<Explained> => [
  ...ofReasons(code),
  ...ofRules(code),
  ...ofProtocol(code),
  ...ofRouting(code),
];

const viewOf = ({ kind, english, russian, more, source }: Explained): View => ({
  kind: 'text',
  text: {
    english: [`[${kind}] ${english}`, more?.english, source === undefined ? undefined : `Source: ${source}`]
      .filter((line) => line !== undefined && line !== '')
      .join('\n'),
    russian: [`[${kind}] ${russian}`, more?.russian, source === undefined ? undefined : `Источник: ${source}`]
      .filter((line) => line !== undefined && line !== '')
      .join('\n'),
  },
});

const run = async (given: Given): Promise<CommandResult> => {
  const code = given.argument('code') ?? '';
  const explained = explainCode(code);
  return explained.length === 0
    ? wrongUse('code', 'unknown', {
        english: 'There is no such code. All of them: docs/refusals.md, docs/operating.md.',
        russian: 'Такого кода нет. Все коды: docs/refusals.md, docs/operating.md.',
      })
    : shown({ code, explained }, ...explained.map(viewOf));
};

export const EXPLAIN_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['explain'],
    text: { english: 'what a rule or a reason means', russian: 'что значит правило или причина' },
    arguments: [
      {
        name: 'code',
        text: { english: 'as it is shown, e.g. ambiguous', russian: 'как показано, например ambiguous' },
      },
    ],
    examples: [
      'explain no-cash-on-cloud-register',
      'explain ambiguous',
      'explain not-expressible:total-of-items',
    ],
    run,
  },
];
