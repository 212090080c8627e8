import type { OptionSpec } from './command-spec';

export const DEFAULT_STORE = '.cloud-kassa';

/** Options of every command. */
export const GLOBAL_OPTIONS: ReadonlyArray<OptionSpec> = [
  {
    name: 'store',
    kind: 'value',
    placeholder: 'DIR',
    preset: DEFAULT_STORE,
    text: { english: 'folder of the store', russian: 'каталог хранилища' },
  },
  {
    name: 'json',
    kind: 'flag',
    text: {
      english: 'print one JSON object on the standard output, all else on the error output',
      russian: 'вывести один объект JSON в стандартный вывод, остальное — в поток ошибок',
    },
  },
  {
    name: 'lang',
    kind: 'value',
    placeholder: 'LANG',
    choices: ['en', 'ru'],
    text: { english: 'language of texts for people', russian: 'язык текстов' },
  },
  {
    name: 'by',
    kind: 'value',
    placeholder: 'NAME',
    text: {
      english: 'who gives the command, as it will stand in the events (default: the user of the system)',
      russian: 'кто отдаёт команду, как это останется в событиях (по умолчанию — пользователь системы)',
    },
  },
  {
    name: 'command-id',
    kind: 'value',
    placeholder: 'ID',
    text: {
      english: 'id of the command: a call that is repeated under its id changes nothing twice',
      russian: 'имя команды: повторный вызов под тем же именем ничего не меняет дважды',
    },
  },
  {
    name: 'log',
    kind: 'value',
    placeholder: 'LEVEL',
    choices: ['debug', 'info', 'warn', 'error'],
    text: {
      english: 'write a log as JSON lines to the error output',
      russian: 'писать журнал строками JSON в поток ошибок',
    },
  },
];
