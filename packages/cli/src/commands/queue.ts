import type { QueueStatus } from '@cloud-kassa/core';
import { callerOf } from '../command/caller-of';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, shown, wrongUse } from '../command/command-result';
import type { ArgumentSpec, CommandSpec, Given, OptionSpec } from '../command/command-spec';
import { QUEUE_STATUS } from '../output/labels';
import { text } from '../output/view';
import { waitingForDevices } from './queue-devices';
import { explain } from './queue-explain';
import { settle, WAYS } from './queue-settle';
import { queueTable, waitingTable } from './queue-tables';
import { numberIn } from './values';

const RECEIPT: ArgumentSpec = {
  name: 'receipt',
  text: { english: 'id of the receipt', russian: 'имя чека' },
};

const STATUSES: ReadonlyArray<QueueStatus> = ['new', 'fiscalizing', 'fiscalized', 'error', 'cancelled'];

/** Fiscalised and cancelled receipts are one option away, as in 1C: what needs a look comes first. */
const USUAL_STATUSES: ReadonlyArray<QueueStatus> = ['new', 'fiscalizing', 'error'];

const list = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const limit = numberIn(given.value('limit'), 100, 1, 1_000);
  if (limit === undefined)
    return wrongUse('limit', 'whole-number', {
      english: 'From 1 to 1000 rows at once.',
      russian: 'За раз — от 1 до 1000 строк.',
    });
  const asked = given.list('status');
  const status = given.flag('all') ? STATUSES : STATUSES.filter((one) => asked.includes(one));
  if (status.length < asked.length && !given.flag('all'))
    return wrongUse('status', 'choice', {
      english: `A status is one of: ${STATUSES.join(', ')}.`,
      russian: `Статус — один из: ${STATUSES.join(', ')}.`,
    });
  const kassa = await context.reading();
  if (!kassa.ok) return failure(kassa.error);
  const { queue } = kassa.value;
  const rows = await queue.list({
    limit,
    status: status.length === 0 ? USUAL_STATUSES : status,
    registerId: given.value('register'),
    organisation: given.value('organisation'),
    deviceId: given.value('device'),
    sourceContains: given.value('document'),
  });
  if (!rows.ok) return failure(rows.error);
  const counts = await queue.count();
  if (!counts.ok) return failure(counts.error);
  const waiting = await queue.paymentsWithoutReceipt({ organisation: given.value('organisation') });
  if (!waiting.ok) return failure(waiting.error);
  const devices = await kassa.value.devices.list();
  if (!devices.ok) return failure(devices.error);
  return shown(
    { counts: counts.value, receipts: rows.value.rows, paymentsWithoutReceipt: waiting.value.rows },
    queueTable(rows.value.rows),
    ...waitingForDevices(rows.value.rows, devices.value),
    text(
      STATUSES.map((one) => `${QUEUE_STATUS[one].english}: ${counts.value[one]}`).join('   '),
      STATUSES.map((one) => `${QUEUE_STATUS[one].russian}: ${counts.value[one]}`).join('   '),
    ),
    ...(waiting.value.rows.length === 0 ? [] : [waitingTable(waiting.value.rows)]),
  );
};

const show = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.reading();
  if (!kassa.ok) return failure(kassa.error);
  const row = await kassa.value.queue.get(given.argument('receipt') ?? '');
  if (!row.ok) return failure(row.error);
  return shown({ ...row.value }, queueTable([row.value]));
};

const cancel = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const receiptId = given.argument('receipt') ?? '';
  const cancelled = await kassa.value.queue.cancel(receiptId, given.value('reason') ?? '', callerOf(given));
  return cancelled.ok
    ? shown(
        { receiptId, ...cancelled.value },
        text(`${receiptId} is cancelled.`, `Чек ${receiptId} отменён.`),
      )
    : failure(cancelled.error);
};

const flag = (name: string, english: string, russian: string): OptionSpec => ({
  name,
  kind: 'flag',
  text: { english, russian },
});

const value = (name: string, placeholder: string, english: string, russian: string): OptionSpec => ({
  name,
  kind: 'value',
  placeholder,
  text: { english, russian },
});

export const QUEUE_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['queue', 'list'],
    text: {
      english: 'the receipt queue, oldest deadline first',
      russian: 'очередь чеков, сначала старый срок',
    },
    details: {
      english:
        'The receipts that are not fiscalised, oldest legal deadline first, and the payments that have no receipt yet, each with its dated reason.',
      russian: 'Нефискализированные чеки, сначала со старым сроком, и оплаты без чека с причиной и датой.',
    },
    options: [
      {
        name: 'status',
        kind: 'list',
        placeholder: 'STATUS',
        choices: STATUSES,
        text: { english: `one of ${STATUSES.join(', ')}; may be repeated`, russian: 'статус; повторяется' },
      },
      flag('all', 'fiscalised and cancelled ones as well', 'и фискализированные, и отменённые'),
      value('register', 'REGISTER', 'of this register', 'этой кассы'),
      value('organisation', 'INN', 'of this organisation', 'этой организации'),
      value('device', 'DEVICE', 'of this device', 'этой облачной ККТ'),
      value('document', 'TEXT', 'whose source document contains this', 'с этим в документе-основании'),
      { ...value('limit', 'N', 'at most so many', 'не больше'), preset: '100' },
    ],
    examples: ['queue list', 'queue list --all --register till-1'],
    run: list,
  },
  {
    path: ['queue', 'show'],
    text: { english: 'one receipt of the queue', russian: 'один чек очереди' },
    arguments: [RECEIPT],
    run: show,
  },
  {
    path: ['queue', 'explain'],
    text: {
      english: 'why a receipt is where it is, and what can be done',
      russian: 'почему чек здесь и что делать',
    },
    arguments: [RECEIPT],
    run: explain,
  },
  {
    path: ['queue', 'cancel'],
    text: { english: 'cancel a receipt that may be cancelled', russian: 'отменить чек, если можно' },
    details: {
      english: 'Refused while anything that was sent may still arrive: then only its outcome ends it.',
      russian: 'Отказывает, пока отправленное может дойти: тогда чек закрывает только его исход.',
    },
    arguments: [RECEIPT],
    options: [{ ...value('reason', 'TEXT', 'why', 'причина'), obligatory: true }],
    run: cancel,
  },
  {
    path: ['queue', 'settle'],
    text: {
      english: 'settle a held or disputed receipt with evidence',
      russian: 'разобрать чек с доказательством',
    },
    details: {
      english:
        'A named person settles what no machine can prove. `queue explain` tells the ways that are open. What needs two persons needs --second-by, and not the same name twice.',
      russian:
        'Человек решает то, чего не доказать программе. Доступные способы показывает `queue explain`. Где нужны двое, укажите --second-by.',
    },
    arguments: [RECEIPT],
    options: [
      {
        name: 'how',
        kind: 'value',
        placeholder: 'WAY',
        obligatory: true,
        choices: WAYS,
        text: { english: 'what was found out', russian: 'что выяснено' },
      },
      value('second-by', 'NAME', 'the second person', 'второй сотрудник'),
      value('fn', 'NUMBER', 'drive of the document that was found', 'ФН найденного документа'),
      value('fd', 'NUMBER', 'its number', 'ФД'),
      value('fp', 'NUMBER', 'its fiscal sign', 'ФПД'),
      value('basket', 'FILE', 'corrected content as JSON', 'исправленное содержание в JSON'),
      value('by-receipt', 'ID', 'the receipt that makes a dispute good', 'компенсирующий чек'),
      flag('provider-remembers', 'the provider remembers the failure', 'провайдер помнит отказ'),
      flag('ofd-shows-nothing', 'the operator of fiscal data shows no document', 'в ОФД документа нет'),
      flag('unsent-queue-empty', 'the unsent queue of the register was seen empty', 'очередь ККТ пуста'),
      value('note', 'TEXT', 'where it was looked', 'где смотрели'),
    ],
    examples: [
      'queue settle RECEIPT --how document --fn 9999078900000001 --fd 12 --fp 2434512664 --by Ivanova',
      'queue settle RECEIPT --how no-document --provider-remembers --ofd-shows-nothing --unsent-queue-empty --by Ivanova --second-by Petrov',
    ],
    run: settle,
  },
];
