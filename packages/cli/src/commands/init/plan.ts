import { join } from 'node:path';
import type { ProviderAdapter, RegisterInput, RegistrationInput } from '@cloud-kassa/cloud-kassa';
import type { Connection, Environment } from '@cloud-kassa/core';
import { DEFAULT_REGISTER_POLICY } from '@cloud-kassa/core';
import { isInn } from '@cloud-kassa/ffd';
import type { Bilingual } from '@cloud-kassa/provider';
import { fillForm } from '@cloud-kassa/provider';
import * as E from 'fp-ts/Either';
import type { CommandContext } from '../../command/command-context';
import type { CommandResult } from '../../command/command-result';
import { interrupted, wrongUse } from '../../command/command-result';
import type { Given } from '../../command/command-spec';
import { inLanguage } from '../../output/language';
import { ADAPTERS, environmentOf, registrationOf, wrongForm } from '../device-add';
import { emulatorFiles, quickNames } from '../emulator';
import { policyOf } from '../register';
import { pairs } from '../values';
import type { Values } from './form-answers';
import { askForm } from './form-answers';
import { referenceTo } from './secret-file';

/** Where the secret of the connection is, or what a person typed. */
export type PlannedSecret =
  | { readonly kind: 'reference'; readonly reference: string }
  | { readonly kind: 'typed'; readonly secrets: Values };

/** Everything that is set up, with all questions answered. */
export interface Plan {
  readonly organisation: string;
  readonly deviceId: string;
  readonly title: string;
  readonly registerId: string;
  readonly registration: RegistrationInput;
  readonly policy: Pick<RegisterInput, 'policy' | 'legalGround' | 'vatRule'>;
  readonly connection: {
    readonly parameters: Values;
    readonly secret: PlannedSecret;
    readonly connectionOf: (secretRef: string) => Connection;
  };
}

type Step<A> = E.Either<CommandResult, A>;

/** What is missing and can not be asked for. */
const missing = (option: string, example: string): Step<never> =>
  E.left(
    wrongUse(option, 'obligatory', {
      english: `Nobody sits at the terminal to be asked: give --${option} ${example}.`,
      russian: `Спросить некого: укажите --${option} ${example}.`,
    }),
  );

const inWords = ({ language }: CommandContext, english: string, russian: string): string =>
  inLanguage({ english, russian } satisfies Bilingual, language);

/** One of the answers, asked for as often as it does not fit. */
const answered = async (
  context: CommandContext,
  given: string | undefined,
  question: Bilingual,
  preset: string | undefined,
  fits: (answer: string) => boolean,
  complaint: Bilingual,
): Promise<Step<string | undefined>> => {
  const { ask, say, language } = context;
  if (given !== undefined || ask === undefined) return E.right(given ?? preset);
  for (;;) {
    const answer = await ask({
      text: inLanguage(question, language),
      ...(preset === undefined ? {} : { preset }),
    });
    if (answer === undefined) return E.left(interrupted());
    if (fits(answer)) return E.right(answer);
    say(`  ${inLanguage(complaint, language)}`);
  }
};

const WRONG_INN: Bilingual = {
  english: 'An INN has ten or twelve digits with right check digits.',
  russian: 'ИНН — десять или двенадцать цифр с верными контрольными.',
};

const organisationOf = async (given: Given, context: CommandContext): Promise<Step<string>> => {
  const organisation = await answered(
    context,
    given.value('organisation'),
    { english: 'INN of the user of the registers', russian: 'ИНН пользователя касс' },
    undefined,
    isInn,
    WRONG_INN,
  );
  if (E.isLeft(organisation)) return organisation;
  if (organisation.right === undefined) return missing('organisation', 'INN');
  return isInn(organisation.right)
    ? E.right(organisation.right)
    : E.left(wrongUse('organisation', 'inn', WRONG_INN));
};

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

const nameOf = async (
  option: 'device' | 'register',
  preset: string,
  question: Bilingual,
  given: Given,
  context: CommandContext,
): Promise<Step<string>> => {
  const name = await answered(context, given.value(option), question, preset, (answer) => NAME.test(answer), {
    english: 'Latin letters, digits, points, hyphens and underscores.',
    russian: 'Латинские буквы, цифры, точки, дефисы и подчёркивания.',
  });
  return E.map((answer: string | undefined) => answer ?? preset)(name);
};

/** The connection to an emulator of this machine, whose secret lies in its directory. */
const toEmulator = (
  url: string,
  organisation: string,
  given: Given,
  { store }: CommandContext,
): { readonly parameters: Values; readonly reference: string } => {
  const { shopId, groupId, perTotalGroupId } = quickNames(organisation);
  const directory = given.value('emulator-directory') ?? join(store.directory, 'emulator');
  return {
    parameters: {
      access: 'direct',
      baseUrl: url.replace(/\/+$/, ''),
      // The port may be another one tomorrow; the registers are the same.
      providerName: 'emulator',
      authentication: 'register-group',
      shopId,
      kktsGroupId: given.value('vat-rule') === 'per-total' ? perTotalGroupId : groupId,
      receiptNumber: 'fiscal-document',
    },
    reference: given.value('secret') ?? referenceTo(emulatorFiles(directory).secret),
  };
};

const filledBy = (
  adapter: ProviderAdapter,
  parameters: Values,
  environment: Environment,
  secret: PlannedSecret,
): Step<Plan['connection']> => {
  const form = { ...adapter.form, fields: adapter.form.fields.filter(({ kind }) => kind !== 'secret') };
  const filled = fillForm(form, parameters);
  if (E.isLeft(filled)) return E.left(wrongForm(filled.left));
  return E.right({
    parameters: filled.right.parameters,
    secret,
    connectionOf: (secretRef) => adapter.connectionOf(filled.right, environment, secretRef),
  });
};

const askedConnection = async (
  adapter: ProviderAdapter,
  given: Given,
  context: CommandContext,
  known: Values,
): Promise<Step<Plan['connection']>> => {
  const { ask, say, language } = context;
  const environment = environmentOf(given);
  const reference = given.value('secret');
  if (ask === undefined) {
    if (reference === undefined) return missing('secret', 'env:NAME');
    return filledBy(adapter, known, environment, { kind: 'reference', reference });
  }
  const { title, cabinet } = adapter.form;
  say(`${inLanguage(title, language)}. ${inLanguage(cabinet.help, language)}`);
  const parameters = await askForm(adapter.form, known, 'parameter', ask, say, language);
  if (parameters === undefined) return E.left(interrupted());
  if (reference !== undefined)
    return filledBy(adapter, parameters, environment, { kind: 'reference', reference });
  say(
    inWords(
      context,
      '  What you type now is not shown. It goes into a file that only you may read, not into the store.',
      '  Ввод не показывается. Он попадёт в файл, доступный только вам, а не в хранилище.',
    ),
  );
  const all = await askForm(adapter.form, parameters, 'secret', ask, say, language);
  if (all === undefined) return E.left(interrupted());
  const secrets = Object.fromEntries(
    Object.entries(all).filter(([name]) => !Object.hasOwn(parameters, name)),
  );
  return filledBy(adapter, parameters, environment, { kind: 'typed', secrets });
};

const connectionOf = async (
  organisation: string,
  given: Given,
  context: CommandContext,
): Promise<Step<Plan['connection']>> => {
  const adapter = ADAPTERS.find(({ name }) => name === (given.value('provider') ?? 'one-c'));
  const known = pairs(given.list('parameter'));
  if (adapter === undefined || known === undefined)
    return E.left(
      wrongUse('parameter', 'name-and-value', {
        english: 'A parameter is given as NAME=VALUE.',
        russian: 'Параметр указывается как ИМЯ=ЗНАЧЕНИЕ.',
      }),
    );
  const emulator = given.value('emulator');
  if (emulator === undefined) return askedConnection(adapter, given, context, known);
  if (!URL.canParse(emulator))
    return E.left(
      wrongUse('emulator', 'address', {
        english: 'An emulator is given by its address: http://127.0.0.1:8080.',
        russian: 'Эмулятор указывается адресом: http://127.0.0.1:8080.',
      }),
    );
  const { parameters, reference } = toEmulator(emulator, organisation, given, context);
  return filledBy(adapter, { ...parameters, ...known }, 'emulator', { kind: 'reference', reference });
};

const policyFor = async (given: Given, context: CommandContext): Promise<Step<Plan['policy']>> => {
  const stated = policyOf(given);
  // An emulator is for trying out: there is nothing to be decided.
  if (stated.policy !== undefined || given.value('emulator') !== undefined) return E.right(stated);
  const policy = await answered(
    context,
    undefined,
    {
      english: 'Policy: 3.0.8 (payments of the fast payment system only) or 3.0.9 (any cashless payment)',
      russian: 'Политика: 3.0.8 (только оплаты СБП) или 3.0.9 (любая безналичная оплата)',
    },
    DEFAULT_REGISTER_POLICY,
    (answer) => answer === '3.0.8' || answer === '3.0.9',
    { english: '3.0.8 or 3.0.9.', russian: '3.0.8 или 3.0.9.' },
  );
  return E.map((answer: string | undefined) => ({
    ...stated,
    policy: answer === '3.0.8' ? answer : DEFAULT_REGISTER_POLICY,
  }))(policy);
};

/** Everything that `init` sets up: from the options, and from the person where one can be asked. */
export const planOf = async (given: Given, context: CommandContext): Promise<Step<Plan>> => {
  const organisation = await organisationOf(given, context);
  if (E.isLeft(organisation)) return organisation;
  const registration = registrationOf(given, organisation.right);
  if (E.isLeft(registration)) return registration;
  // With an emulator one line is enough: the usual names will do.
  const names = given.value('emulator') === undefined ? context : withoutQuestions(context);
  const device = await nameOf(
    'device',
    'main',
    { english: 'A name for the device', russian: 'Имя облачной ККТ' },
    given,
    names,
  );
  if (E.isLeft(device)) return device;
  const connection = await connectionOf(organisation.right, given, context);
  if (E.isLeft(connection)) return connection;
  const register = await nameOf(
    'register',
    'till-1',
    { english: 'A name for the register', russian: 'Имя кассы' },
    given,
    names,
  );
  if (E.isLeft(register)) return register;
  const policy = await policyFor(given, context);
  if (E.isLeft(policy)) return policy;
  return E.right({
    organisation: organisation.right,
    deviceId: device.right,
    title: given.value('title') ?? device.right,
    registerId: register.right,
    registration: registration.right,
    policy: policy.right,
    connection: connection.right,
  });
};

const withoutQuestions = ({ ask: _ask, ...context }: CommandContext): CommandContext => context;
