import type { Idle, Remaining, Worker } from '@cloud-kassa/cloud-kassa';
import { POSTPONEMENT_REASONS } from '@cloud-kassa/core';
import type { Bilingual } from '@cloud-kassa/provider';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, interrupted, shown, wrongUse } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import { untilStopped } from '../command/until-stopped';
import { obstacle, PHASES } from '../output/labels';
import type { View } from '../output/view';
import { tableTime } from '../output/table-time';
import { column, text } from '../output/view';
import { numberIn } from './values';

const MINUTE_MS = 60_000;
const MOST_WORKERS = 64;
const MOST_MINUTES = 100_000;
const MOST_IN_WINDOW = 10_000;

/** What a receipt waits for that no time will help. */
const waitsText = ({ waitsFor, device }: Remaining): Bilingual => {
  if (device !== undefined) {
    const { english, russian } = obstacle(device.because);
    return {
      english: `waits for the device ${device.deviceId}: ${english}`,
      russian: `ждёт облачную ККТ ${device.deviceId}: ${russian}`,
    };
  }
  return waitsFor === 'receipt'
    ? { english: 'waits for another receipt', russian: 'ждёт другой чек' }
    : {
        english: 'waits for a person: see `queue explain`',
        russian: 'ждёт решения человека: см. `queue explain`',
      };
};

/** What is left, for people: with dates, and with reasons. */
export const idleViews = ({ receipts, settlements }: Idle): ReadonlyArray<View> => [
  ...(receipts.length === 0
    ? []
    : [
        {
          kind: 'table',
          title: { english: 'Receipts that are left', russian: 'Остались чеки' },
          columns: [
            column('Receipt', 'Чек'),
            column('State', 'Состояние', { shrinks: true }),
            column('Next look', 'Следующий шаг'),
          ],
          rows: receipts.map((left) => [left.receiptId, PHASES[left.phase], left.nextAt ?? waitsText(left)]),
        } satisfies View,
      ]),
  ...(settlements.length === 0
    ? []
    : [
        {
          kind: 'table',
          title: { english: 'Payments without a receipt', russian: 'Оплаты без чека' },
          columns: [
            column('Payment', 'Оплата'),
            column('Settlement', 'Расчёт'),
            column('Why', 'Почему', { shrinks: true }),
            column('Since (UTC)', 'С какого времени (UTC)'),
          ],
          rows: settlements.map(({ paymentId, settlementId, reason, since }) => [
            paymentId,
            settlementId,
            POSTPONEMENT_REASONS[reason],
            tableTime(since),
          ]),
        } satisfies View,
      ]),
  ...(receipts.length + settlements.length === 0
    ? [text('Nothing is left to do.', 'Больше делать нечего.')]
    : []),
];

const run = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const workers = numberIn(given.value('workers'), 1, 1, MOST_WORKERS);
  const horizon = numberIn(given.value('idle-horizon'), 10, 0, MOST_MINUTES);
  const window = numberIn(given.value('window'), 32, 1, MOST_IN_WINDOW);
  if (workers === undefined)
    return wrongUse('workers', 'whole-number', {
      english: `The number of workers is a whole number from 1 to ${MOST_WORKERS}.`,
      russian: `Число исполнителей — целое от 1 до ${MOST_WORKERS}.`,
    });
  if (horizon === undefined)
    return wrongUse('idle-horizon', 'whole-number', {
      english: `The idle horizon is a whole number of minutes, at most ${MOST_MINUTES}.`,
      russian: `Горизонт простоя — целое число минут, не больше ${MOST_MINUTES}.`,
    });
  if (window === undefined)
    return wrongUse('window', 'whole-number', {
      english: `The window is a whole number from 1 to ${MOST_IN_WINDOW}.`,
      russian: `Окно — целое число от 1 до ${MOST_IN_WINDOW}.`,
    });
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const name = given.value('name');
  const started: Worker[] = [];
  for (let number = 0; number < workers; number += 1) {
    const worker = kassa.value.startWorker({
      settings: { window },
      // One keeper of each kind in a process is enough.
      ...(number === 0 ? {} : { payments: false, shifts: false, health: false }),
      ...(name === undefined ? {} : { name: workers === 1 ? name : `${name}-${number}` }),
    });
    if (!worker.ok) return failure(worker.error);
    started.push(worker.value);
  }
  const [first] = started;
  if (first === undefined) return shown({});
  const stopAll = async (): Promise<void> => {
    await Promise.all(started.map((worker) => worker.stop()));
  };
  if (!given.flag('until-idle')) {
    context.say(
      context.language === 'ru'
        ? 'Чеки фискализируются. Ctrl-C — закончить начатое и выйти.'
        : 'Receipts are being fiscalised. Ctrl-C ends what was begun and stops.',
    );
    await untilStopped(context.signal);
    await stopAll();
    return { ...interrupted(), data: { stopped: true } };
  }
  const bar = context.progress.begin(context.language === 'ru' ? 'открыто чеков' : 'open receipts');
  const idle = await first.untilIdle({
    horizonMs: horizon * MINUTE_MS,
    signal: context.signal,
    progress: (open) => bar.to(open),
  });
  bar.end();
  await stopAll();
  if (!idle.ok) return failure(idle.error);
  const { receipts, settlements } = idle.value;
  const isDone = receipts.length + settlements.length === 0;
  return {
    exit: context.signal.aborted ? 130 : isDone ? 0 : 8,
    data: { receipts, settlements },
    views: idleViews(idle.value),
  };
};

export const FISCALIZE_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['fiscalize'],
    endsItself: true,
    text: { english: 'carry receipts to their documents', russian: 'фискализировать чеки' },
    details: {
      english:
        'Makes receipts of confirmed payments, sends receipts to the providers, asks what became of them, keeps shifts, health and read models, until it is stopped. Several processes may do it on one store. With --until-idle it ends when nothing is due within the idle horizon and tells what is left, with dates.',
      russian:
        'Делает чеки из оплат, отправляет их провайдерам, выясняет исход, ведёт смены и состояние касс, пока не остановлен. На одном хранилище могут работать несколько процессов. С --until-idle завершается, когда в пределах горизонта делать нечего, и показывает остаток с датами.',
    },
    options: [
      {
        name: 'workers',
        kind: 'value',
        placeholder: 'N',
        preset: '1',
        text: { english: 'workers in this process, each with its share', russian: 'исполнителей в процессе' },
      },
      {
        name: 'name',
        kind: 'value',
        placeholder: 'NAME',
        text: {
          english:
            'a name that stays over restarts and that no other process has: it goes on at once after a crash',
          russian:
            'имя, постоянное между запусками и не занятое другим процессом: после сбоя работа продолжится сразу',
        },
      },
      {
        name: 'until-idle',
        kind: 'flag',
        text: { english: 'end when nothing is due', russian: 'завершиться, когда делать нечего' },
      },
      {
        name: 'idle-horizon',
        kind: 'value',
        placeholder: 'MINUTES',
        preset: '10',
        text: { english: 'what comes later is not waited for', russian: 'того, что позже, не ждать' },
      },
      {
        name: 'window',
        kind: 'value',
        placeholder: 'N',
        preset: '32',
        text: {
          english: 'receipts of one device that may be with its provider at once',
          russian: 'чеков одной облачной ККТ у провайдера одновременно',
        },
      },
    ],
    examples: ['fiscalize --until-idle', 'fiscalize --name worker-1'],
    run,
  },
];
