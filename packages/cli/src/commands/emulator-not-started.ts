import type { NotStarted } from '@cloud-kassa/kkt-emulator';
import type { Bilingual } from '@cloud-kassa/provider';
import type { CommandResult } from '../command/command-result';

/** What an emulator was asked for that matters when it is not started. */
interface Asked {
  readonly directory: string;
  readonly port: number;
}

const both = (english: string, russian: string): Bilingual => ({ english, russian });

const ofPort = (code: string, port: number): Bilingual => {
  if (code === 'EADDRINUSE')
    return both(
      `port ${port} is taken by another program. Give another --port, or none: then a free one is taken.`,
      `порт ${port} занят другой программой. Укажите другой --port или не указывайте: тогда возьмётся свободный.`,
    );
  return both(
    `port ${port} can not be listened on (${code}). Look at --host and --port.`,
    `порт ${port} не открывается (${code}). Проверьте --host и --port.`,
  );
};

/** Why an emulator was not started, with what can be done. */
export const whyNotStarted = (problem: NotStarted, { directory, port }: Asked): Bilingual => {
  switch (problem._tag) {
    case 'StorageInUse':
      return both(
        `another emulator works in ${directory} (process ${problem.pid}). End that one, or give another --directory.`,
        `в каталоге ${directory} работает другой эмулятор (процесс ${problem.pid}). Завершите его или укажите другой --directory.`,
      );
    case 'StorageCorrupt':
      return both(
        `its state in ${directory} is damaged: ${problem.file}, line ${problem.line}. Give another --directory to begin anew.`,
        `его состояние в ${directory} повреждено: ${problem.file}, строка ${problem.line}. Чтобы начать заново, укажите другой --directory.`,
      );
    case 'StorageFailed':
      return both(
        `its state in ${directory} can not be read or written (${problem.code}). Look at the rights and the space there, or give another --directory.`,
        `его состояние в ${directory} не читается или не записывается (${problem.code}). Проверьте права и место на диске или укажите другой --directory.`,
      );
    case 'NotListening':
      return ofPort(problem.code, port);
    case 'GroupDiffers':
      return both(
        `${directory} holds the group ${problem.group} with other registers. Ask for the same registers as before, or give another --directory.`,
        `в ${directory} лежит группа ${problem.group} с другими кассами. Укажите те же кассы, что раньше, или другой --directory.`,
      );
    case 'FaultsRefused':
      return both(
        `the script of --faults is not right at ${problem.field} (${problem.rule}).`,
        `ошибка в сценарии --faults, поле ${problem.field} (${problem.rule}).`,
      );
    case 'SettingsRefused':
      return both(
        `its settings are not right at ${problem.field} (${problem.rule}).`,
        `ошибка в его настройках, поле ${problem.field} (${problem.rule}).`,
      );
    case 'NotSetUp':
      return both(
        `the register ${problem.unit} can not be registered: ${problem.refusal.rule}, ${problem.refusal.field}. Mend its settings.`,
        `касса ${problem.unit} не регистрируется: ${problem.refusal.rule}, ${problem.refusal.field}. Исправьте её настройки.`,
      );
  }
};

/** What was asked for wrongly; the rest is what the machine does not give. */
const WRONG_USE: ReadonlySet<NotStarted['_tag']> = new Set([
  'FaultsRefused',
  'SettingsRefused',
  'NotSetUp',
  'GroupDiffers',
]);

/** The end of a command whose emulator was not started. */
export const notStarted = (problem: NotStarted, asked: Asked): CommandResult => {
  const why = whyNotStarted(problem, asked);
  return {
    exit: WRONG_USE.has(problem._tag) ? 2 : 5,
    data: { error: { code: 'emulator', ...problem, message: why.english, russian: why.russian } },
    views: [],
    problem: {
      english: `The emulator was not started: ${why.english}`,
      russian: `Эмулятор не запущен: ${why.russian}`,
    },
  };
};
