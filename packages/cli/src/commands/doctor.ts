import { statfsSync } from 'node:fs';
import type { CloudKassa, DeviceView } from '@cloud-kassa/cloud-kassa';
import { unitHealth } from '@cloud-kassa/core';
import type { Instant } from '@cloud-kassa/ffd';
import type { Bilingual } from '@cloud-kassa/provider';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import { OBSTACLES } from '../output/labels';
import { column, text } from '../output/view';

type State = 'good' | 'warning' | 'failure';

/** One look at one thing, and what to do where it is not good. */
interface Check {
  readonly id: string;
  readonly state: State;
  readonly found: Bilingual;
  readonly remedy?: Bilingual;
}

const MARK: Readonly<Record<State, string>> = { good: '✔', warning: '!', failure: '✖' };

const both = (english: string, russian: string): Bilingual => ({ english, russian });
const same = (words: string): Bilingual => both(words, words);

/** What is looked at, for people who read Russian; a name of a device or a read model stays as it is. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  versions: 'версии',
  disk: 'диск',
  devices: 'облачные ККТ',
  device: 'облачная ККТ',
  unit: 'ККТ',
  connection: 'подключение',
  queue: 'очередь',
  late: 'просрочены',
  held: 'ждут решения',
  payments: 'оплаты',
  'read models': 'модели чтения',
};

const lookedAt = (id: string): Bilingual => {
  const whole = LOOKED_AT[id];
  if (whole !== undefined) return both(id, whole);
  const [first = '', ...rest] = id.split(' ');
  return both(id, [rest.length === 0 ? first : (LOOKED_AT[first] ?? first), ...rest].join(' '));
};

const MIB = 1024 * 1024;
const LEAST_FREE = 512 * MIB;

const room = (store: string): Check => {
  try {
    const { bavail, bsize } = statfsSync(store);
    const free = bavail * bsize;
    return {
      id: 'disk',
      state: free < LEAST_FREE ? 'warning' : 'good',
      found: both(
        `${Math.floor(free / MIB)} MiB free on the disk`,
        `свободно на диске: ${Math.floor(free / MIB)} МиБ`,
      ),
      ...(free < LEAST_FREE
        ? {
            remedy: both(
              'Make room: a full disk stops everything.',
              'Освободите место: полный диск остановит работу.',
            ),
          }
        : {}),
    };
  } catch {
    return {
      id: 'disk',
      state: 'warning',
      found: both('the free room is not known', 'свободное место неизвестно'),
    };
  }
};

const versions = (): Check => ({
  id: 'versions',
  state: 'good',
  found: same(`Node ${process.versions.node}, SQLite ${process.versions['sqlite'] ?? '?'}`),
});

const unitChecks = ({ device }: DeviceView, now: Instant): ReadonlyArray<Check> =>
  [...device.units.values()].flatMap((unit): ReadonlyArray<Check> => {
    const health = unitHealth(unit, now, device.registration.zone);
    const classes = Object.entries(health).filter(([, state]) => state !== 'good' && state !== 'unknown');
    if (classes.length === 0) return [];
    const words = classes.map(([what, state]) => `${what}: ${state}`).join(', ');
    const isBad = classes.some(([, state]) => ['expired', 'full', 'blocked', 'stop'].includes(String(state)));
    return [
      {
        id: `unit ${unit.registrationNumber}`,
        state: isBad ? 'failure' : 'warning',
        found: same(words),
        remedy: both(
          'See docs/operating.md, the fiscal drive.',
          'См. docs/operating.md, фискальный накопитель.',
        ),
      },
    ];
  });

const deviceChecks = async (
  kassa: CloudKassa,
  isOffline: boolean,
  now: Instant,
  signal: AbortSignal,
): Promise<ReadonlyArray<Check>> => {
  const devices = await kassa.devices.list();
  if (!devices.ok) return [{ id: 'devices', state: 'failure', found: same(devices.error.message) }];
  const checks: Check[] = [];
  if (devices.value.length === 0)
    checks.push({
      id: 'devices',
      state: 'warning',
      found: both('no device is connected', 'облачные ККТ не подключены'),
      remedy: both('cloud-kassa device add --help', 'cloud-kassa device add --help'),
    });
  for (const view of devices.value) {
    const { deviceId, status, registers } = view.device;
    if (status === 'retired') continue;
    const blocked = view.obstacles.map((one) => OBSTACLES[one]);
    if (blocked.length > 0 || view.notOpened !== undefined)
      checks.push({
        id: `device ${deviceId}`,
        state: 'warning',
        found: both(
          [...blocked.map(({ english }) => english), view.notOpened ?? '']
            .filter((part) => part !== '')
            .join('; '),
          [...blocked.map(({ russian }) => russian), view.notOpened ?? '']
            .filter((part) => part !== '')
            .join('; '),
        ),
        remedy: same(`cloud-kassa device check ${deviceId}`),
      });
    if (registers.size === 0)
      checks.push({
        id: `device ${deviceId}`,
        state: 'warning',
        found: both('no register card is attached', 'касса не подключена'),
        remedy: same(`cloud-kassa register attach NAME --device ${deviceId}`),
      });
    checks.push(...unitChecks(view, now));
    if (isOffline) continue;
    const report = await kassa.devices.check(deviceId, signal);
    if (!report.ok)
      checks.push({ id: `connection ${deviceId}`, state: 'failure', found: same(report.error.message) });
    else {
      const failed = report.value.steps.find(({ state }) => state === 'failed');
      checks.push({
        id: `connection ${deviceId}`,
        state: failed === undefined ? 'good' : 'failure',
        found: failed?.text ?? both('the connection works', 'подключение работает'),
        ...(failed === undefined ? {} : { remedy: same(`cloud-kassa device check ${deviceId}`) }),
      });
    }
  }
  return checks;
};

const MOST_COUNTED = 1_000;

const count = (rows: ReadonlyArray<unknown>): string =>
  rows.length === MOST_COUNTED ? `${MOST_COUNTED}+` : String(rows.length);

const queueChecks = async (kassa: CloudKassa, now: Instant): Promise<ReadonlyArray<Check>> => {
  const checks: Check[] = [];
  const late = await kassa.queue.list({
    deadlineBefore: now,
    status: ['new', 'fiscalizing', 'error'],
    limit: MOST_COUNTED,
  });
  const held = await kassa.queue.list({ status: 'error', limit: MOST_COUNTED });
  const waiting = await kassa.queue.paymentsWithoutReceipt({ limit: MOST_COUNTED });
  if (!late.ok || !held.ok || !waiting.ok)
    return [
      { id: 'queue', state: 'failure', found: both('the queue can not be read', 'очередь не читается') },
    ];
  const look = (
    id: string,
    rows: ReadonlyArray<unknown>,
    english: string,
    russian: string,
    remedy: string,
  ): void => {
    checks.push({
      id,
      state: rows.length === 0 ? 'good' : 'warning',
      found: both(`${english}: ${count(rows)}`, `${russian}: ${count(rows)}`),
      ...(rows.length === 0 ? {} : { remedy: same(remedy) }),
    });
  };
  look(
    'late',
    late.value.rows,
    'open receipts past their legal deadline',
    'чеков с прошедшим сроком',
    'cloud-kassa queue list',
  );
  look(
    'held',
    held.value.rows,
    'receipts that wait for a decision',
    'чеков ждут решения',
    'cloud-kassa queue explain RECEIPT',
  );
  look(
    'payments',
    waiting.value.rows,
    'payments without a receipt',
    'оплат без чека',
    'cloud-kassa queue list',
  );
  return checks;
};

const projectionChecks = async (kassa: CloudKassa): Promise<ReadonlyArray<Check>> => {
  const statuses = await kassa.projections.list();
  if (!statuses.ok) return [{ id: 'read models', state: 'failure', found: same(statuses.error.message) }];
  return statuses.value.map(({ projection, parked, caughtUp }): Check => {
    const isGood = caughtUp && parked.length === 0;
    return {
      id: projection,
      state: isGood ? 'good' : 'warning',
      found: isGood
        ? both('up to date', 'актуальна')
        : both(`parked streams: ${parked.length}`, `отложенных потоков: ${parked.length}`),
      ...(isGood ? {} : { remedy: same('cloud-kassa projection list') }),
    };
  });
};

const run = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const kassa = await context.reading();
  if (!kassa.ok) return failure(kassa.error);
  // The runtime's wall clock gives this very form.
  const now = context.runtime.wall() as Instant;
  const checks = [
    versions(),
    room(context.store.directory),
    ...(await deviceChecks(kassa.value, given.flag('offline'), now, context.signal)),
    ...(await queueChecks(kassa.value, now)),
    ...(await projectionChecks(kassa.value)),
  ];
  const isBad = checks.some(({ state }) => state === 'failure');
  return {
    exit: isBad ? 1 : 0,
    data: { checks },
    views: [
      {
        kind: 'table',
        columns: [
          column('', ''),
          column('What', 'Что'),
          column('Found', 'Найдено', { shrinks: true }),
          column('What to do', 'Что делать', { shrinks: true }),
        ],
        rows: checks.map(({ id, state, found, remedy }) => [MARK[state], lookedAt(id), found, remedy ?? '']),
      },
      text(
        'The books themselves are verified by: cloud-kassa audit',
        'Сам журнал проверяет: cloud-kassa audit',
      ),
    ],
  };
};

export const DOCTOR_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['doctor'],
    text: {
      english: 'look at everything that may be in the way',
      russian: 'проверить всё, что может мешать',
    },
    details: {
      english:
        'Looks at versions, disk, devices and their connections, drives, deadlines, held receipts, payments without a receipt and read models, and says what to do. A failure gives exit code 1, a warning does not.',
      russian:
        'Проверяет версии, диск, облачные ККТ и подключения, накопители, сроки, чеки в разборе, оплаты без чека и модели чтения и говорит, что делать. Ошибка даёт код 1, предупреждение — нет.',
    },
    options: [
      {
        name: 'offline',
        kind: 'flag',
        text: { english: 'do not call the providers', russian: 'не обращаться к провайдерам' },
      },
    ],
    run,
  },
];
