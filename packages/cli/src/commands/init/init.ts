import type { ConnectionReport, Outcome, Written } from '@cloud-kassa/cloud-kassa';
import type { Connection } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import { callerOf } from '../../command/caller-of';
import type { CommandContext } from '../../command/command-context';
import type { CommandResult } from '../../command/command-result';
import { failure } from '../../command/command-result';
import type { CommandSpec, Given } from '../../command/command-spec';
import type { View } from '../../output/view';
import { plain, text } from '../../output/view';
import { checkResult } from '../device';
import { CONNECTION_OPTIONS, REGISTRATION_OPTIONS } from '../device-add';
import { POLICY_OPTIONS } from '../register';
import type { Plan } from './plan';
import { planOf } from './plan';
import { forgetSecrets, keepSecrets } from './secret-file';
import { shellLine } from '../../output/shell-line';

type Option = readonly [name: string, value: string | undefined];

/** The same again without any question. */
const lineOf = (
  { organisation, deviceId, registerId, connection: { parameters }, policy, registration }: Plan,
  { store }: CommandContext,
  { provider, environment, secretRef }: Connection,
): string => {
  const options: ReadonlyArray<Option> = [
    ['organisation', organisation],
    ['device', deviceId],
    ['register', registerId],
    ['provider', provider],
    ['environment', environment],
    ...Object.entries(parameters).map(([name, value]): Option => ['parameter', `${name}=${value}`]),
    ['secret', secretRef],
    ['taxation', registration.taxations.join(',')],
    ['ffd', registration.ffd],
    ['zone', String(registration.zone)],
    ['policy', policy.policy],
    ['legal-ground', policy.legalGround],
    ['vat-rule', policy.vatRule],
  ];
  return shellLine([
    'cloud-kassa',
    'init',
    ...store.options,
    ...options.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value])),
    ...(registration.internetOnly ? ['--internet-only'] : []),
  ]);
};

const NEXT = text(
  'Now: cloud-kassa payment request …, cloud-kassa payment confirm …, cloud-kassa fiscalize --until-idle, cloud-kassa status documents',
  'Дальше: cloud-kassa payment request …, cloud-kassa payment confirm …, cloud-kassa fiscalize --until-idle, cloud-kassa status documents',
);

const views = (
  { deviceId, registerId }: Plan,
  duplicate: boolean,
  line: string,
  notice: { readonly english: string; readonly russian: string },
): ReadonlyArray<View> => [
  duplicate
    ? text(
        `Device ${deviceId} and register ${registerId} were there already, just so.`,
        `Облачная ККТ ${deviceId} и касса ${registerId} уже были, точно такие же.`,
      )
    : text(
        `Device ${deviceId} is connected, register ${registerId} works through it.`,
        `Облачная ККТ ${deviceId} подключена, касса ${registerId} работает через неё.`,
      ),
  { kind: 'text', text: notice },
  text('The same without questions:', 'То же без вопросов:'),
  plain(`  ${line}`),
];

/** The connection of a plan; what a person typed as a secret is kept in a file first. */
const connect = async (
  { connection, deviceId }: Plan,
  { store, runtime }: CommandContext,
): Promise<E.Either<CommandResult, Connection>> => {
  const { secret } = connection;
  if (secret.kind === 'reference') return E.right(connection.connectionOf(secret.reference));
  const kept = await keepSecrets(store.directory, deviceId, secret.secrets, runtime);
  return E.bimap(failure, connection.connectionOf)(kept);
};

/** Is the device known, and told with another connection only? */
const isReconnected = (outcome: Outcome<Written>): boolean =>
  !outcome.ok &&
  outcome.error.code === 'refused' &&
  outcome.error.rule === 'already-registered' &&
  outcome.error.detail?.['fields'] === 'connection';

const setUp = async (plan: Plan, given: Given, context: CommandContext): Promise<CommandResult> => {
  const { deviceId, registerId, title, registration, policy } = plan;
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const { devices, registers } = kassa.value;
  const connected = await connect(plan, context);
  if (E.isLeft(connected)) return connected.left;
  const connection = connected.right;
  const first = await devices.register(
    { deviceId, title, connection, registration },
    callerOf(given, 'device'),
  );
  // The same provider under another address, or another secret, is the same device.
  const registered = isReconnected(first)
    ? await devices.changeConnection(deviceId, connection, callerOf(given, 'connection'))
    : first;
  if (!registered.ok) {
    if (plan.connection.secret.kind === 'typed') forgetSecrets(context.store.directory, deviceId);
    return failure(registered.error);
  }
  const attached = await registers.attach(
    deviceId,
    { registerId, name: registerId, ...policy },
    callerOf(given, 'register'),
  );
  if (!attached.ok) return failure(attached.error);
  const line = lineOf(plan, context, connection);
  const duplicate = registered.value.duplicate && attached.value.duplicate;
  const done = {
    data: { deviceId, registerId, duplicate, secret: connection.secretRef, line },
    views: views(plan, duplicate, line, attached.value.notice),
  };
  if (given.flag('offline')) return { exit: 0, ...done, views: [...done.views, NEXT] };
  const checked = await devices.check(deviceId, context.signal);
  return checked.ok ? withCheck(done, checked.value) : failure(checked.error);
};

const withCheck = (done: Pick<CommandResult, 'data' | 'views'>, report: ConnectionReport): CommandResult => {
  const result = checkResult(report);
  return {
    ...result,
    data: { ...done.data, check: result.data },
    views: [...done.views, ...result.views, ...(report.passed ? [NEXT] : [])],
  };
};

const run = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const plan = await planOf(given, context);
  return E.isLeft(plan) ? plan.left : setUp(plan.right, given, context);
};

export const INIT_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['init'],
    makesStore: true,
    asks: true,
    text: {
      english: 'set up a store with its first device and register',
      russian: 'создать хранилище с первой облачной ККТ и кассой',
    },
    details: {
      english:
        'Makes a store, connects a device, attaches a register and checks the connection. What no option says is asked for, where a person sits at the terminal; elsewhere the missing option is named. A secret is never asked into the store: it is given by reference, or typed without echo and kept in a file beside the store that only its owner may read. Said again it changes nothing. With --emulator it connects a running `cloud-kassa emulator`.',
      russian:
        'Создаёт хранилище, подключает облачную ККТ, подключает кассу и проверяет подключение. Недостающее спрашивается, если у терминала человек; иначе называется недостающий параметр. Секрет в хранилище не попадает: он указывается ссылкой или вводится без показа и лежит рядом в файле, доступном только владельцу. Повтор ничего не меняет. С --emulator подключается запущенный `cloud-kassa emulator`.',
    },
    options: [
      {
        name: 'organisation',
        kind: 'value',
        placeholder: 'INN',
        text: { english: 'INN of the user of the registers', russian: 'ИНН пользователя касс' },
      },
      {
        name: 'emulator',
        kind: 'value',
        placeholder: 'URL',
        text: {
          english: 'connect an emulator of this machine, started with the same organisation',
          russian: 'подключить эмулятор этой машины, запущенный с той же организацией',
        },
      },
      {
        name: 'emulator-directory',
        kind: 'value',
        placeholder: 'DIR',
        text: {
          english: 'where the emulator keeps its secrets (default: emulator in the store)',
          russian: 'где эмулятор хранит секреты (по умолчанию — emulator в хранилище)',
        },
      },
      {
        name: 'device',
        kind: 'value',
        placeholder: 'DEVICE',
        preset: 'main',
        text: { english: 'id of the device', russian: 'имя облачной ККТ' },
      },
      {
        name: 'register',
        kind: 'value',
        placeholder: 'REGISTER',
        preset: 'till-1',
        text: { english: 'id of the register', russian: 'имя кассы' },
      },
      ...REGISTRATION_OPTIONS,
      // Here a secret may be typed.
      ...CONNECTION_OPTIONS.map((option) => ({ ...option, obligatory: false })),
      ...POLICY_OPTIONS,
      {
        name: 'offline',
        kind: 'flag',
        text: { english: 'do not check the connection', russian: 'не проверять подключение' },
      },
    ],
    examples: ['init', 'init --emulator http://127.0.0.1:8080 --organisation 7707083893'],
    run,
  },
];
