import type { CardPolicy } from '@cloud-kassa/core';
import { LEGAL_GROUNDS, LegalGroundCodec } from '@cloud-kassa/core';
import type { RegisterView } from '@cloud-kassa/cloud-kassa';
import { callerOf } from '../command/caller-of';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, shown, wrongUse } from '../command/command-result';
import type { CommandSpec, Given, OptionSpec } from '../command/command-spec';
import { column, text } from '../output/view';
import { WRONG_ZONE } from './device-add';
import { wholeNumber } from './values';

const POLICIES: ReadonlyArray<CardPolicy['policy']> = ['3.0.8', '3.0.9'];
const VAT_RULES: ReadonlyArray<CardPolicy['vatRule']> = ['per-line', 'per-total'];

export const POLICY_OPTIONS: ReadonlyArray<OptionSpec> = [
  {
    name: 'policy',
    kind: 'value',
    placeholder: 'VERSION',
    choices: POLICIES,
    text: {
      english: '3.0.8: payments of the fast payment system only; 3.0.9: any cashless payment',
      russian: '3.0.8: только оплаты СБП; 3.0.9: любая безналичная оплата',
    },
  },
  {
    name: 'legal-ground',
    kind: 'value',
    placeholder: 'GROUND',
    choices: Object.keys(LEGAL_GROUNDS),
    text: { english: 'why a remote register may be used', russian: 'основание применения удалённой кассы' },
  },
  {
    name: 'vat-rule',
    kind: 'value',
    placeholder: 'RULE',
    choices: VAT_RULES,
    text: { english: 'totals of VAT per line or per total', russian: 'НДС чека: по строкам или по итогу' },
  },
];

export const policyOf = (given: Given): Partial<CardPolicy> => {
  const policy = POLICIES.find((one) => one === given.value('policy'));
  const vatRule = VAT_RULES.find((one) => one === given.value('vat-rule'));
  const ground = given.value('legal-ground');
  return {
    ...(policy === undefined ? {} : { policy }),
    ...(vatRule === undefined ? {} : { vatRule }),
    ...(LegalGroundCodec.is(ground) ? { legalGround: ground } : {}),
  };
};

const attach = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const zone = wholeNumber(given.value('zone') ?? '0');
  if (zone === undefined) return WRONG_ZONE;
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const registerId = given.argument('register') ?? '';
  const deviceId = given.value('device') ?? '';
  const outlet = given.value('outlet');
  const attached = await kassa.value.registers.attach(
    deviceId,
    {
      registerId,
      name: given.value('name') ?? registerId,
      ...policyOf(given),
      ...(given.value('zone') === undefined ? {} : { zone }),
      ...(outlet === undefined ? {} : { outlet }),
    },
    callerOf(given),
  );
  if (!attached.ok) return failure(attached.error);
  const { notice } = attached.value;
  return shown(
    { registerId, deviceId, ...attached.value },
    text(
      `Register ${registerId} works through ${deviceId}.`,
      `Касса ${registerId} подключена к ${deviceId}.`,
    ),
    { kind: 'text', text: notice },
  );
};

const rowOf = ({
  deviceId,
  card,
}: RegisterView): ReadonlyArray<string | { english: string; russian: string }> => [
  card.registerId,
  card.name,
  card.ownership.organisation,
  deviceId,
  card.policy,
  { english: LEGAL_GROUNDS[card.legalGround].name, russian: LEGAL_GROUNDS[card.legalGround].russian },
  card.vatRule === 'per-line'
    ? { english: 'per line', russian: 'по строкам' }
    : { english: 'per total', russian: 'по итогу' },
];

const list = async (_given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const registers = await kassa.value.registers.list();
  if (!registers.ok) return failure(registers.error);
  return shown(
    { registers: registers.value.map(({ deviceId, card }) => ({ deviceId, ...card })) },
    {
      kind: 'table',
      columns: [
        column('Register', 'Касса'),
        column('Name', 'Название', { shrinks: true }),
        column('Organisation', 'Организация'),
        column('Device', 'Облачная ККТ'),
        column('Policy', 'Политика'),
        column('Legal ground', 'Основание', { shrinks: true }),
        column('VAT', 'НДС'),
      ],
      rows: registers.value.map(rowOf),
      empty: { english: 'No register is attached yet.', russian: 'Кассы пока не подключены.' },
    },
  );
};

const policy = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  if (Object.keys(policyOf(given)).length === 0)
    return wrongUse('policy', 'obligatory', {
      english: 'Say what shall change: --policy, --legal-ground or --vat-rule.',
      russian: 'Укажите, что изменить: --policy, --legal-ground или --vat-rule.',
    });
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const registerId = given.argument('register') ?? '';
  const changed = await kassa.value.registers.changePolicy(registerId, policyOf(given), callerOf(given));
  return changed.ok
    ? shown(
        { registerId, ...changed.value },
        text(`The policy of ${registerId} stands.`, `Политика кассы ${registerId} установлена.`),
      )
    : failure(changed.error);
};

const REGISTER = { name: 'register', text: { english: 'id of the register', russian: 'имя кассы' } };

export const REGISTER_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['register', 'attach'],
    text: { english: 'point a register card at a device', russian: 'подключить кассу к облачной ККТ' },
    arguments: [REGISTER],
    options: [
      {
        name: 'device',
        kind: 'value',
        placeholder: 'DEVICE',
        obligatory: true,
        text: { english: 'id of the device', russian: 'имя облачной ККТ' },
      },
      {
        name: 'name',
        kind: 'value',
        placeholder: 'TEXT',
        text: { english: 'name for people', russian: 'название' },
      },
      {
        name: 'outlet',
        kind: 'value',
        placeholder: 'TEXT',
        text: { english: 'outlet', russian: 'торговый объект' },
      },
      {
        name: 'zone',
        kind: 'value',
        placeholder: 'CODE',
        text: {
          english: 'code of the time zone (default: that of the device)',
          russian: 'код часовой зоны (по умолчанию — как у облачной ККТ)',
        },
      },
      ...POLICY_OPTIONS,
    ],
    examples: ['register attach till-1 --device shop'],
    run: attach,
  },
  {
    path: ['register', 'list'],
    text: { english: 'the register cards', russian: 'кассы' },
    run: list,
  },
  {
    path: ['register', 'policy'],
    text: {
      english: 'change which settlements a register takes, and how',
      russian: 'изменить политику кассы',
    },
    arguments: [REGISTER],
    options: POLICY_OPTIONS,
    examples: ['register policy till-1 --policy 3.0.8'],
    run: policy,
  },
];
