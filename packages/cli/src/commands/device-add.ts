import type { Connection, Environment } from '@cloud-kassa/core';
import type { ProviderAdapter, RegistrationInput } from '@cloud-kassa/cloud-kassa';
import { oneCAdapter } from '@cloud-kassa/cloud-kassa';
import { FFD_VERSION_LIST } from '@cloud-kassa/ffd';
import type { FormField, FormRefusal } from '@cloud-kassa/provider';
import { fillForm } from '@cloud-kassa/provider';
import * as E from 'fp-ts/Either';
import { callerOf } from '../command/caller-of';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, shown, wrongUse } from '../command/command-result';
import type { ArgumentSpec, CommandSpec, Given, OptionSpec } from '../command/command-spec';
import type { Language } from '../output/language';
import { text } from '../output/view';
import { numberList, pairs, wholeNumber } from './values';

/** The protocols that the command speaks. */
export const ADAPTERS: ReadonlyArray<ProviderAdapter> = [oneCAdapter()];

/** The device that a command is about. */
export const DEVICE_ARGUMENT: ArgumentSpec = {
  name: 'device',
  text: { english: 'id of the device', russian: 'имя облачной ККТ' },
};

export const CONNECTION_OPTIONS: ReadonlyArray<OptionSpec> = [
  {
    name: 'provider',
    kind: 'value',
    placeholder: 'NAME',
    preset: 'one-c',
    choices: ADAPTERS.map(({ name }) => name),
    text: { english: 'protocol of the provider', russian: 'протокол провайдера' },
  },
  {
    name: 'environment',
    kind: 'value',
    placeholder: 'NAME',
    preset: 'production',
    choices: ['production', 'test', 'emulator'],
    text: { english: 'where the address leads', russian: 'контур' },
  },
  {
    name: 'parameter',
    kind: 'list',
    placeholder: 'NAME=VALUE',
    text: {
      english: 'a parameter of the connection, e.g. access=direct; give it once for each',
      russian: 'параметр подключения, например access=direct; повторяется',
    },
  },
  {
    name: 'secret',
    kind: 'value',
    placeholder: 'REF',
    obligatory: true,
    text: {
      english: 'where the secret is: env:NAME or file:PATH; the secret itself is never given here',
      russian: 'где лежит секрет: env:ИМЯ или file:ПУТЬ; сам секрет здесь не указывается',
    },
  },
];

const ENVIRONMENTS: ReadonlyArray<Environment> = ['production', 'test', 'emulator'];

export const environmentOf = (given: Given): Environment =>
  ENVIRONMENTS.find((name) => name === given.value('environment')) ?? 'production';

/** A form that was filled in wrongly: every field with its rule. */
export const wrongForm = (refusals: ReadonlyArray<FormRefusal>): CommandResult => {
  const told = refusals.map(({ field, rule }) => `${field}: ${rule}`).join(', ');
  return wrongUse(refusals[0]?.field ?? 'parameter', refusals[0]?.rule ?? 'unknown', {
    english: `The connection parameters are not right (${told}).`,
    russian: `Параметры подключения заполнены неверно (${told}).`,
  });
};

const connectionOf = (given: Given): E.Either<CommandResult, Connection> => {
  const adapter = ADAPTERS.find(({ name }) => name === (given.value('provider') ?? 'one-c'));
  const parameters = pairs(given.list('parameter'));
  if (adapter === undefined || parameters === undefined)
    return E.left(
      wrongUse('parameter', 'name-and-value', {
        english: 'A parameter is given as NAME=VALUE.',
        russian: 'Параметр указывается как ИМЯ=ЗНАЧЕНИЕ.',
      }),
    );
  const form = { ...adapter.form, fields: adapter.form.fields.filter(({ kind }) => kind !== 'secret') };
  const filled = fillForm(form, parameters);
  if (E.isLeft(filled)) return E.left(wrongForm(filled.left));
  return E.right(adapter.connectionOf(filled.right, environmentOf(given), given.value('secret') ?? ''));
};

/** A zone that is no whole number. */
export const WRONG_ZONE = wrongUse('zone', 'whole-number', {
  english: 'A time zone is one code, a whole number: 2 is Moscow.',
  russian: 'Часовая зона — один код, целое число: 2 — Москва.',
});

/** What the registers of a group are registered for, by the options. */
export const registrationOf = (
  given: Given,
  organisation: string,
): E.Either<CommandResult, RegistrationInput> => {
  const taxations = numberList(given.value('taxation') ?? '1');
  const zone = wholeNumber(given.value('zone') ?? '2');
  if (taxations === undefined)
    return E.left(
      wrongUse('taxation', 'whole-numbers', {
        english: 'Taxation systems are codes: whole numbers, separated by commas.',
        russian: 'Системы налогообложения — это коды: целые числа через запятую.',
      }),
    );
  if (zone === undefined) return E.left(WRONG_ZONE);
  const registrationNumber = given.value('registration-number');
  const serial = given.value('serial');
  return E.right({
    organisation,
    taxations,
    ffd: FFD_VERSION_LIST.find((version) => version === given.value('ffd')) ?? '1.2',
    zone,
    internetOnly: given.flag('internet-only'),
    ...(registrationNumber === undefined ? {} : { registrationNumber }),
    ...(serial === undefined ? {} : { serial }),
  });
};

const add = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const connection = connectionOf(given);
  if (E.isLeft(connection)) return connection.left;
  const registration = registrationOf(given, given.value('organisation') ?? '');
  if (E.isLeft(registration)) return registration.left;
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const deviceId = given.argument('device') ?? '';
  const registered = await kassa.value.devices.register(
    {
      deviceId,
      title: given.value('title') ?? deviceId,
      connection: connection.right,
      registration: registration.right,
    },
    callerOf(given),
  );
  if (!registered.ok) return failure(registered.error);
  return shown(
    { deviceId, ...registered.value },
    registered.value.duplicate
      ? text(
          `Device ${deviceId} was there already, just so.`,
          `Облачная ККТ ${deviceId} уже была, точно такая же.`,
        )
      : text(`Device ${deviceId} was added.`, `Облачная ККТ ${deviceId} добавлена.`),
  );
};

/** What is said of the registers of a group. */
export const REGISTRATION_OPTIONS: ReadonlyArray<OptionSpec> = [
  {
    name: 'title',
    kind: 'value',
    placeholder: 'TEXT',
    text: { english: 'name for people', russian: 'название' },
  },
  {
    name: 'taxation',
    kind: 'value',
    placeholder: 'CODES',
    preset: '1',
    text: {
      english: 'codes of taxation systems, with commas: 1 general, 2 simplified, 4 simplified minus expenses',
      russian: 'коды систем налогообложения через запятую: 1 ОСН, 2 УСН доход, 4 УСН доход минус расход',
    },
  },
  {
    name: 'ffd',
    kind: 'value',
    placeholder: 'VERSION',
    preset: '1.2',
    choices: ['1.05', '1.1', '1.2'],
    text: { english: 'version of the fiscal data format', russian: 'версия ФФД' },
  },
  {
    name: 'zone',
    kind: 'value',
    placeholder: 'CODE',
    preset: '2',
    text: {
      english: 'code of the time zone (tag 1011), 2 is Moscow',
      russian: 'код часовой зоны (тег 1011), 2 — Москва',
    },
  },
  {
    name: 'internet-only',
    kind: 'flag',
    text: {
      english: 'registered for settlements in the Internet only',
      russian: 'касса только для расчётов в интернете',
    },
  },
  {
    name: 'registration-number',
    kind: 'value',
    placeholder: 'NUMBER',
    text: {
      english: 'registration number, where there is one register',
      russian: 'РНМ, если касса одна',
    },
  },
  {
    name: 'serial',
    kind: 'value',
    placeholder: 'NUMBER',
    text: { english: 'serial number of that register', russian: 'её заводской номер' },
  },
];

const choicesOf = ({ choices = [] }: FormField): string =>
  choices.length === 0 ? '' : ` (${choices.map(({ value }) => value).join(' | ')})`;

/** The parameters of a protocol, as its form describes them. */
const parametersOf =
  (language: Language) =>
  ({ name, form }: ProviderAdapter): string => {
    const fields = form.fields.filter(({ kind }) => kind !== 'secret');
    const told = fields.map((field) => `${field.key}${choicesOf(field)}`).join(', ');
    return language === 'ru' ? `Параметры ${name}: ${told}.` : `Parameters of ${name}: ${told}.`;
  };

export const DEVICE_ADD_COMMAND: CommandSpec = {
  path: ['device', 'add'],
  makesStore: true,
  text: { english: 'connect a cloud device', russian: 'подключить облачную ККТ' },
  details: {
    english: `Connects a group of registers of a provider. Secrets are told by reference. ${ADAPTERS.map(parametersOf('en')).join(' ')}`,
    russian: `Подключает группу касс провайдера. Секреты указываются ссылкой. ${ADAPTERS.map(parametersOf('ru')).join(' ')}`,
  },
  arguments: [DEVICE_ARGUMENT],
  options: [
    {
      name: 'organisation',
      kind: 'value',
      placeholder: 'INN',
      obligatory: true,
      text: { english: 'INN of the user of the registers', russian: 'ИНН пользователя касс' },
    },
    ...REGISTRATION_OPTIONS,
    ...CONNECTION_OPTIONS,
  ],
  examples: [
    'device add shop --organisation 7707083893 --environment emulator --secret env:SHOP_SECRET --parameter access=direct --parameter baseUrl=http://127.0.0.1:8080 --parameter authentication=register-group --parameter shopId=shop-1 --parameter kktsGroupId=group-1',
  ],
  run: add,
};
