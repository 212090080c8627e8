import type { SuspensionReason } from '@cloud-kassa/core';
import type { ConnectionReport, DeviceView } from '@cloud-kassa/cloud-kassa';
import { callerOf } from '../command/caller-of';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, shown } from '../command/command-result';
import type { ExitCode } from '../command/exit-code';
import type { CommandSpec, Given } from '../command/command-spec';
import { DEVICE_STATUS, OBSTACLES } from '../output/labels';
import type { View } from '../output/view';
import { column, plain, text } from '../output/view';
import { DEVICE_ADD_COMMAND, DEVICE_ARGUMENT } from './device-add';

const SUSPENSIONS: ReadonlyArray<SuspensionReason> = [
  'by-operator',
  'maintenance',
  'credentials-refused',
  'documents-vanished',
  'fiscal-drive',
];

const rowOf = ({
  device,
  obstacles,
  notOpened,
}: DeviceView): ReadonlyArray<string | { english: string; russian: string }> => [
  device.deviceId,
  device.title,
  device.registration.organisation,
  device.connection.provider,
  DEVICE_STATUS[device.status],
  [...device.registers.keys()].join(', '),
  {
    english: [
      ...obstacles.map((one) => OBSTACLES[one].english),
      ...(notOpened === undefined ? [] : [`${OBSTACLES['not-opened'].english}: ${notOpened}`]),
    ].join('; '),
    russian: [
      ...obstacles.map((one) => OBSTACLES[one].russian),
      ...(notOpened === undefined ? [] : [`${OBSTACLES['not-opened'].russian}: ${notOpened}`]),
    ].join('; '),
  },
];

/** A device as a program is told of it: maps as lists, no secret (there is none in it, only a reference). */
const deviceData = ({ device, obstacles, notOpened }: DeviceView): Readonly<Record<string, unknown>> => ({
  deviceId: device.deviceId,
  title: device.title,
  status: device.status,
  dedupDomain: device.dedupDomain,
  connection: device.connection,
  registration: device.registration,
  registers: [...device.registers.values()],
  units: [...device.units.values()],
  obstacles,
  ...(device.seen === undefined ? {} : { seen: device.seen }),
  ...(device.suspension === undefined ? {} : { suspension: device.suspension }),
  ...(notOpened === undefined ? {} : { notOpened }),
});

const list = async (_given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const devices = await kassa.value.devices.list();
  if (!devices.ok) return failure(devices.error);
  return shown(
    { devices: devices.value.map(deviceData) },
    {
      kind: 'table',
      columns: [
        column('Device', 'Облачная ККТ'),
        column('Title', 'Название', { shrinks: true }),
        column('Organisation', 'Организация'),
        column('Provider', 'Провайдер'),
        column('State', 'Состояние'),
        column('Registers', 'Кассы', { shrinks: true }),
        column('In the way', 'Препятствия', { shrinks: true }),
      ],
      rows: devices.value.map(rowOf),
      empty: {
        english: 'No device yet. Add one: cloud-kassa device add --help',
        russian: 'Облачных ККТ пока нет. Добавьте: cloud-kassa device add --help',
      },
    },
  );
};

const MARKS = { passed: '✔', failed: '✖', 'not-reached': '·' } as const;

const reportViews = (report: ConnectionReport): ReadonlyArray<View> => [
  {
    kind: 'table',
    columns: [column('', ''), column('Step', 'Шаг', { shrinks: true })],
    rows: report.steps.map(({ state, text: told }) => [MARKS[state], told]),
  },
  ...(report.refusals.length === 0
    ? []
    : [plain(report.refusals.map(({ field, rule }) => `${field}: ${rule}`).join('\n'))]),
  ...(report.passed
    ? []
    : [
        text('What has to be there besides:', 'Что ещё должно быть готово:'),
        ...report.checklist.map((item): View => ({
          kind: 'text',
          text: { english: `  □ ${item.text.english}`, russian: `  □ ${item.text.russian}` },
        })),
      ]),
];

/** How a check ends by the step that failed: what it was given, who it is, or that nobody answers. */
const EXIT_OF_STEP: Readonly<Record<string, ExitCode>> = {
  parameters: 3,
  secret: 4,
  credentials: 4,
  tariff: 4,
  access: 4,
};

/** What a check of a connection comes to. */
export const checkResult = (report: ConnectionReport): CommandResult => {
  const failed = report.steps.find(({ state }) => state === 'failed');
  return {
    exit: failed === undefined ? 0 : (EXIT_OF_STEP[failed.step] ?? 6),
    data: { ...report },
    views: reportViews(report),
    ...(failed === undefined ? {} : { problem: failed.text }),
  };
};

const check = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const report = await kassa.value.devices.check(given.argument('device') ?? '', context.signal);
  if (!report.ok) return failure(report.error);
  return checkResult(report.value);
};

const suspend = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const deviceId = given.argument('device') ?? '';
  const reason =
    SUSPENSIONS.find((name) => name === (given.value('reason') ?? 'by-operator')) ?? 'by-operator';
  const suspended = await kassa.value.devices.suspend(deviceId, reason, callerOf(given));
  return suspended.ok
    ? shown(
        { deviceId, ...suspended.value },
        text(
          `Nothing new is sent to ${deviceId}; what was sent is still asked about.`,
          `Новое в ${deviceId} не отправляется; об отправленном провайдер опрашивается.`,
        ),
      )
    : failure(suspended.error);
};

const resume = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const deviceId = given.argument('device') ?? '';
  const resumed = await kassa.value.devices.resume(deviceId, callerOf(given));
  return resumed.ok
    ? shown(
        { deviceId, ...resumed.value },
        text(`${deviceId} is in use again.`, `${deviceId} снова в работе.`),
      )
    : failure(resumed.error);
};

export const DEVICE_COMMANDS: ReadonlyArray<CommandSpec> = [
  DEVICE_ADD_COMMAND,
  {
    path: ['device', 'list'],
    text: { english: 'the devices and what is in their way', russian: 'облачные ККТ и их препятствия' },
    run: list,
  },
  {
    path: ['device', 'check'],
    text: { english: 'try the connection of a device', russian: 'проверить подключение' },
    arguments: [DEVICE_ARGUMENT],
    examples: ['device check shop'],
    run: check,
  },
  {
    path: ['device', 'suspend'],
    text: { english: 'take a device out of use for a while', russian: 'временно вывести из работы' },
    arguments: [DEVICE_ARGUMENT],
    options: [
      {
        name: 'reason',
        kind: 'value',
        placeholder: 'REASON',
        preset: 'by-operator',
        choices: SUSPENSIONS,
        text: { english: 'why', russian: 'причина' },
      },
    ],
    run: suspend,
  },
  {
    path: ['device', 'resume'],
    text: { english: 'take a suspended device into use again', russian: 'вернуть в работу' },
    arguments: [DEVICE_ARGUMENT],
    run: resume,
  },
];
