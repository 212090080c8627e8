import { mkdirSync } from 'node:fs';
import type { NotStarted } from '@cloud-kassa/event-store-esdb-testserver';
import type { Bilingual } from '@cloud-kassa/provider';
import * as E from 'fp-ts/Either';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { interrupted, shown } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import { untilStopped } from '../command/until-stopped';
import { text } from '../output/view';
import { listeningOf, listeningOptions } from './listening';

const PORT = 2113;
const PRIVATE_DIRECTORY = 0o700;

const WHY: Readonly<Record<NotStarted['_tag'], Bilingual>> = {
  NotListening: { english: 'the address and the port can not be had', russian: 'адрес или порт недоступны' },
  NotOpened: {
    english: 'its folder can not be used; another server may have it',
    russian: 'каталог недоступен; возможно, им пользуется другой сервер',
  },
  NotSecured: { english: 'its certificate can not be used', russian: 'сертификат не подходит' },
};

const notStarted = (tag: NotStarted['_tag'], code: string): CommandResult => ({
  exit: 5,
  data: { error: { code: 'cannot-open', part: 'esdb-test-server', why: tag, system: code } },
  views: [],
  problem: {
    english: `The server was not started: ${WHY[tag].english} (${code}).`,
    russian: `Сервер не запущен: ${WHY[tag].russian} (${code}).`,
  },
});

const makeDirectory = (directory: string): string | undefined => {
  try {
    mkdirSync(directory, { recursive: true, mode: PRIVATE_DIRECTORY });
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
};

const run = async (given: Given, { runtime, signal, announce }: CommandContext): Promise<CommandResult> => {
  const directory = given.value('directory');
  const listening = listeningOf(given, PORT);
  if (E.isLeft(listening)) return listening.left;
  const unmade = directory === undefined ? undefined : makeDirectory(directory);
  if (unmade !== undefined) return notStarted('NotOpened', unmade);
  // Whoever does not start a server does not wait until it is loaded.
  const { startEsdbTestServer } = await import('@cloud-kassa/event-store-esdb-testserver');
  const started = await startEsdbTestServer({
    runtime,
    ...listening.right,
    ...(directory === undefined ? {} : { directory }),
  })();
  if (E.isLeft(started)) return notStarted(started.left._tag, started.left.code);
  const { connectionString, close } = started.right;
  const kept = directory ?? 'memory';
  const data = { connectionString, kept };
  await announce(
    shown(
      data,
      text(
        `The test server listens: --store '${connectionString}'. Events are kept in ${kept}.\nIt is for trying out and for tests: real receipts need a real EventStoreDB.\nCtrl-C ends it.`,
        `Тестовый сервер слушает: --store '${connectionString}'. События хранятся: ${directory ?? 'в памяти'}.\nОн для проб и тестов: для настоящих чеков нужна настоящая EventStoreDB.\nCtrl-C — завершить.`,
      ),
    ),
  );
  await untilStopped(signal);
  await close();
  return { ...interrupted(), data, isPrinted: true };
};

export const ESDB_TEST_SERVER_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['esdb-test-server'],
    endsItself: true,
    text: {
      english: 'run a server that speaks the protocol of EventStoreDB, for trying out',
      russian: 'запустить сервер с протоколом EventStoreDB для проб',
    },
    details: {
      english:
        'Serves a database to `--store esdb://…` on this machine, without a container, until it is stopped. It knows neither replication nor rights and was not made for real receipts.',
      russian:
        'Даёт базу для `--store esdb://…` на этой машине, без контейнера, пока не остановлен. Не знает ни репликации, ни прав; не для настоящих чеков.',
    },
    options: [
      {
        name: 'directory',
        kind: 'value',
        placeholder: 'DIR',
        text: {
          english: 'where events are kept (default: in memory)',
          russian: 'где хранить события (по умолчанию — в памяти)',
        },
      },
      ...listeningOptions(PORT),
    ],
    examples: ['esdb-test-server --directory events'],
    run,
  },
];
