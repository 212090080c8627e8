import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { KassaError } from '@cloud-kassa/cloud-kassa';
import { makePrivateFile } from '@cloud-kassa/cloud-kassa';
import type { EmulatorSettings, OneCGroup } from '@cloud-kassa/kkt-emulator';
import { oneCGroup, readEmulatorSettings, startEmulator } from '@cloud-kassa/kkt-emulator';
import { secretSource } from '@cloud-kassa/provider';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, interrupted, shown, wrongUse } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import { untilStopped } from '../command/until-stopped';
import { text } from '../output/view';
import { notStarted } from './emulator-not-started';
import { listeningOf, listeningOptions } from './listening';
import { wholeNumber } from './values';

const TOKEN_BYTES = 24;
const PRIVATE_DIRECTORY = 0o700;

const randomText = (runtime: Runtime): string =>
  `${Buffer.from(runtime.entropy(TOKEN_BYTES)).toString('base64url')}\n`;

/** The names under which a quick emulator serves an organisation: a group for each way of computing the VAT of a receipt. */
export const quickNames = (
  organisation: string,
): { readonly groupId: string; readonly perTotalGroupId: string; readonly shopId: string } => ({
  groupId: `group-${organisation}`,
  perTotalGroupId: `group-${organisation}-per-total`,
  shopId: `shop-${organisation}`,
});

/** The files in the directory of an emulator by which it is called. */
export const emulatorFiles = (
  directory: string,
): { readonly secret: string; readonly adminToken: string } => ({
  secret: resolve(directory, 'shop-secret'),
  adminToken: resolve(directory, 'admin-token'),
});

/** Makes the files of an emulator with random contents where they are missing. */
const makeFiles = async (directory: string, runtime: Runtime): Promise<KassaError | undefined> => {
  try {
    mkdirSync(directory, { recursive: true, mode: PRIVATE_DIRECTORY });
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return {
      code: 'cannot-open',
      part: directory,
      why: 'CannotOpen',
      message: `The directory ${directory} can not be made: ${why}.`,
      russian: `Каталог ${directory} не создаётся: ${why}.`,
    };
  }
  for (const file of Object.values(emulatorFiles(directory))) {
    const made = await makePrivateFile(file, () => randomText(runtime), runtime);
    if (!made.ok) return made.error;
  }
  return undefined;
};

const valueIn = async (file: string): Promise<string | undefined> => {
  const found = await secretSource()(`file:${file}`);
  return E.isRight(found) ? found.right.reveal() : undefined;
};

const quickGroups = (given: Given, secret: string): E.Either<CommandResult, ReadonlyArray<OneCGroup>> => {
  const groups: OneCGroup[] = [];
  const ffd = (['1.05', '1.1', '1.2'] as const).find((version) => version === given.value('ffd')) ?? '1.2';
  const units = wholeNumber(given.value('units') ?? '1');
  const pace = given.flag('instant') ? 0 : 1000;
  if (units === undefined || units === 0)
    return E.left(
      wrongUse('units', 'whole-number', {
        english: 'The number of registers of a group is a whole number above zero.',
        russian: 'Число касс в группе — целое число больше нуля.',
      }),
    );
  for (const [index, inn] of given.list('organisation').entries()) {
    const { groupId, perTotalGroupId, shopId } = quickNames(inn);
    for (const [place, [id, vatRule]] of (
      [
        [groupId, 'per-line'],
        [perTotalGroupId, 'per-total'],
      ] as const
    ).entries()) {
      const group = oneCGroup(
        id,
        {
          inn,
          name: `ООО "Магазин ${index + 1}"`,
          site: 'https://shop.example',
          seed: id,
          ffd,
          units,
          pace,
          // All systems: what a receipt may state is judged by the register of the library first.
          taxation: 63,
          firstNumber: 1 + (2 * index + place) * units,
          profile: { vatRule, ...(given.flag('rehearsal') ? { datedRules: 'any-time' } : {}) },
        },
        { kind: 'sales-register-group', shopId, shopSecret: secret },
        { dialect: { receiptNumberMeans: 'fiscal-document' } },
      );
      if (E.isLeft(group))
        return E.left(
          wrongUse('organisation', group.left.rule, {
            english: `The emulator takes no register for ${inn}: --organisation is an INN of 10 or 12 digits whose last ones check the others.`,
            russian: `Эмулятор не регистрирует кассу на ${inn}: --organisation — это ИНН из 10 или 12 цифр с верными контрольными.`,
          }),
        );
      groups.push(group.right);
    }
  }
  return E.right(groups);
};

const settingsFrom = (file: string): E.Either<CommandResult, EmulatorSettings> => {
  const unreadable = wrongUse('settings', 'not-readable', {
    english: 'The settings file can not be read, or is no JSON.',
    russian: 'Файл настроек не читается или это не JSON.',
  });
  try {
    const read = readEmulatorSettings(JSON.parse(readFileSync(file, 'utf8')));
    return E.mapLeft(({ field, rule }: { readonly field: string; readonly rule: string }) =>
      wrongUse(field, rule, {
        english: `The settings file is not right at ${field}: ${rule}.`,
        russian: `Ошибка в файле настроек, поле ${field}: ${rule}.`,
      }),
    )(read);
  } catch {
    return E.left(unreadable);
  }
};

const faultsFrom = (file: string | undefined): E.Either<CommandResult, unknown> => {
  if (file === undefined) return E.right(undefined);
  try {
    return E.right(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return E.left(
      wrongUse('faults', 'not-readable', {
        english: 'The fault script can not be read, or is no JSON.',
        russian: 'Сценарий сбоев не читается или это не JSON.',
      }),
    );
  }
};

const run = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  const { runtime, signal } = context;
  const directory = given.value('directory') ?? join(context.store.directory, 'emulator');
  const settingsFile = given.value('settings');
  const faults = faultsFrom(given.value('faults'));
  if (E.isLeft(faults)) return faults.left;
  const listening = listeningOf(given, 0);
  if (E.isLeft(listening)) return listening.left;
  if (settingsFile === undefined && given.list('organisation').length === 0)
    return wrongUse('organisation', 'obligatory', {
      english: 'Name an organisation (--organisation INN) or a file of settings (--settings FILE).',
      russian: 'Укажите организацию (--organisation ИНН) или файл настроек (--settings ФАЙЛ).',
    });
  const unmade = await makeFiles(directory, runtime);
  if (unmade !== undefined) return failure(unmade);
  const files = emulatorFiles(directory);
  const [secret, adminToken] = [await valueIn(files.secret), await valueIn(files.adminToken)];
  if (secret === undefined || adminToken === undefined)
    return wrongUse('directory', 'not-readable', {
      english: `The secrets of the emulator can not be read; they lie in ${directory} and only their owner may read them.`,
      russian: `Не удалось прочитать секреты эмулятора в ${directory}: читать их должен только владелец.`,
    });
  const groups = quickGroups(given, secret);
  if (E.isLeft(groups)) return groups.left;
  const read = settingsFile === undefined ? E.right({ groups: groups.right }) : settingsFrom(settingsFile);
  if (E.isLeft(read)) return read.left;
  const settings: EmulatorSettings = { admin: { token: adminToken }, ...read.right };
  const durability = given.value('durability');
  const started = await startEmulator({
    runtime,
    settings,
    ...listening.right,
    ...(durability === 'memory' ? {} : { directory: join(directory, 'state') }),
    ...(durability === 'flush' ? { durability } : {}),
    ...(faults.right === undefined ? {} : { faults: faults.right }),
  })();
  if (E.isLeft(started)) return notStarted(started.left, { directory, port: listening.right.port });
  const { url, close } = started.right;
  const data = {
    url,
    groups: settings.groups.map(({ id }) => id),
    secret: `file:${files.secret}`,
    adminToken: `file:${files.adminToken}`,
  };
  await context.announce(
    shown(
      data,
      text(
        `The emulator listens on ${url}. It is no cash register: nothing it makes is a fiscal document.\nGroups: ${data.groups.join(', ')}\nSecret of the shops: ${data.secret}\nToken of the administration and the ledger: ${data.adminToken}\nCtrl-C ends it.`,
        `Эмулятор слушает ${url}. Это не касса: его документы не фискальные.\nГруппы: ${data.groups.join(', ')}\nСекрет магазинов: ${data.secret}\nКлюч управления и журнала: ${data.adminToken}\nCtrl-C — завершить.`,
      ),
    ),
  );
  await untilStopped(signal);
  await close();
  return { ...interrupted(), data, isPrinted: true };
};

export const EMULATOR_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['emulator'],
    endsItself: true,
    text: { english: 'run emulated cloud registers', russian: 'запустить эмулятор облачных касс' },
    details: {
      english:
        'Serves emulated groups of registers over the 1C provider API on this machine, until it is stopped. Credentials are made in its directory on the first start. For trying out and for tests: nothing it makes is a fiscal document.',
      russian:
        'Обслуживает эмулированные группы касс по API провайдера 1С на этой машине, пока не остановлен. Секреты создаются в его каталоге при первом запуске. Для проб и тестов: его документы не фискальные.',
    },
    options: [
      {
        name: 'organisation',
        kind: 'list',
        placeholder: 'INN',
        text: {
          english:
            'two groups of registers for this organisation, VAT per line and per total; may be repeated',
          russian: 'две группы касс этой организации: НДС по строкам и по итогу; повторяется',
        },
      },
      {
        name: 'settings',
        kind: 'value',
        placeholder: 'FILE',
        text: {
          english: 'all settings as JSON, in the place of --organisation',
          russian: 'все настройки в JSON',
        },
      },
      {
        name: 'directory',
        kind: 'value',
        placeholder: 'DIR',
        text: {
          english: 'where its state and its secrets are kept (default: emulator in the store)',
          russian: 'где хранится состояние и секреты (по умолчанию — emulator в хранилище)',
        },
      },
      ...listeningOptions(0),
      {
        name: 'durability',
        kind: 'value',
        placeholder: 'DEGREE',
        preset: 'fsync',
        choices: ['fsync', 'flush', 'memory'],
        text: {
          english: 'what is on the disk before an answer leaves',
          russian: 'что записано на диск до ответа',
        },
      },
      {
        name: 'units',
        kind: 'value',
        placeholder: 'N',
        preset: '1',
        text: { english: 'registers of a group', russian: 'касс в группе' },
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
        name: 'instant',
        kind: 'flag',
        text: {
          english: 'documents take no time (default: a second each)',
          russian: 'документы мгновенно (по умолчанию — секунда на документ)',
        },
      },
      {
        name: 'rehearsal',
        kind: 'flag',
        text: {
          english: 'take receipts with the rates and taxation systems of any time',
          russian: 'принимать ставки и системы налогообложения любого времени',
        },
      },
      {
        name: 'faults',
        kind: 'value',
        placeholder: 'FILE',
        text: { english: 'a fault script as JSON', russian: 'сценарий сбоев в JSON' },
      },
    ],
    examples: ['emulator --organisation 7707083893 --port 8080'],
    run,
  },
];
