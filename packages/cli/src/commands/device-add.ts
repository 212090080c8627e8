import type { Connection, Environment } from '@cloud-kassa/core';
import type { ProviderAdapter } from '@cloud-kassa/cloud-kassa';
import { oneCAdapter } from '@cloud-kassa/cloud-kassa';
import { fillForm } from '@cloud-kassa/provider';
import * as E from 'fp-ts/Either';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, shown, wrongUse } from '../command/command-result';
import type { ArgumentSpec, CommandSpec, Given, OptionSpec } from '../command/command-spec';
import { text } from '../output/view';
import { numberList, pairs } from './values';

const ADAPTERS: ReadonlyArray<ProviderAdapter> = [oneCAdapter()];

/** The device that a command is about. */
export const DEVICE_ARGUMENT: ArgumentSpec = {
  name: 'device',
  text: { english: 'id of the device', russian: 'имя облачной ККТ' },
};

const CONNECTION_OPTIONS: ReadonlyArray<OptionSpec> = [
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

const connectionOf = (given: Given): E.Either<CommandResult, Connection> => {
  const adapter = ADAPTERS.find(({ name }) => name === (given.value('provider') ?? 'one-c'));
  const environment = ENVIRONMENTS.find((name) => name === (given.value('environment') ?? 'production'));
  const parameters = pairs(given.list('parameter'));
  if (adapter === undefined || environment === undefined || parameters === undefined)
    return E.left(
      wrongUse('parameter', 'name-and-value', {
        english: 'A parameter is given as NAME=VALUE.',
        russian: 'Параметр указывается как ИМЯ=ЗНАЧЕНИЕ.',
      }),
    );
  const form = { ...adapter.form, fields: adapter.form.fields.filter(({ kind }) => kind !== 'secret') };
  const filled = fillForm(form, parameters);
  if (E.isLeft(filled)) {
    const told = filled.left.map(({ field, rule }) => `${field}: ${rule}`).join(', ');
    return E.left(
      wrongUse(filled.left[0]?.field ?? 'parameter', filled.left[0]?.rule ?? 'unknown', {
        english: `The connection parameters are not right (${told}).`,
        russian: `Параметры подключения заполнены неверно (${told}).`,
      }),
    );
  }
  return E.right(adapter.connectionOf(filled.right, environment, given.value('secret') ?? ''));
};

const add = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const connection = connectionOf(given);
  if (E.isLeft(connection)) return connection.left;
  const taxations = numberList(given.value('taxation') ?? '1');
  const zone = numberList(given.value('zone') ?? '2')?.[0];
  const ffd = (['1.05', '1.1', '1.2'] as const).find((version) => version === (given.value('ffd') ?? '1.2'));
  if (taxations === undefined || zone === undefined || ffd === undefined)
    return wrongUse('taxation', 'whole-numbers', {
      english: 'Taxation systems and the zone are codes: whole numbers, separated by commas.',
      russian: 'Системы налогообложения и часовая зона — это коды: целые числа через запятую.',
    });
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const deviceId = given.argument('device') ?? '';
  const registrationNumber = given.value('registration-number');
  const serial = given.value('serial');
  const registered = await kassa.value.devices.register({
    deviceId,
    title: given.value('title') ?? deviceId,
    connection: connection.right,
    registration: {
      organisation: given.value('organisation') ?? '',
      taxations,
      ffd,
      zone,
      internetOnly: given.flag('internet-only'),
      ...(registrationNumber === undefined ? {} : { registrationNumber }),
      ...(serial === undefined ? {} : { serial }),
    },
  });
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

export const DEVICE_ADD_COMMAND: CommandSpec = {
  path: ['device', 'add'],
  makesStore: true,
  text: { english: 'connect a cloud device', russian: 'подключить облачную ККТ' },
  details: {
    english:
      'Connects a group of registers of a provider. The parameters differ by provider; `device add --help` names those of the usual one. Secrets are told by reference.',
    russian:
      'Подключает группу касс провайдера. Параметры подключения зависят от провайдера. Секреты указываются ссылкой.',
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
        english:
          'codes of taxation systems, with commas: 1 general, 2 simplified, 4 simplified minus expenses',
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
    ...CONNECTION_OPTIONS,
  ],
  examples: [
    'device add shop --organisation 7707083893 --environment emulator --secret env:SHOP_SECRET --parameter access=direct --parameter baseUrl=http://127.0.0.1:8080 --parameter authentication=register-group --parameter shopId=shop-1 --parameter kktsGroupId=group-1',
  ],
  run: add,
};
