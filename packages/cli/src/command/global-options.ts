import type { OptionSpec } from './command-spec';
import { DEFAULT_READ_MODELS, DEFAULT_STORE } from '../store/read-store';

/** Options of every command. */
export const GLOBAL_OPTIONS: ReadonlyArray<OptionSpec> = [
  {
    name: 'store',
    kind: 'value',
    placeholder: 'STORE',
    preset: DEFAULT_STORE,
    text: {
      english: 'folder of the store, or esdb://host:port of an EventStoreDB',
      russian: 'каталог хранилища или esdb://хост:порт базы EventStoreDB',
    },
  },
  {
    name: 'namespace',
    kind: 'value',
    placeholder: 'NAME',
    text: {
      english: 'what the names of streams begin with in a database that others use as well',
      russian: 'начало имён потоков в базе, которой пользуются и другие',
    },
  },
  {
    name: 'read-models',
    kind: 'value',
    placeholder: 'DIR',
    preset: DEFAULT_READ_MODELS,
    text: {
      english: 'folder of this machine beside a database: its read models, and the key file unless named',
      russian: 'каталог этой машины при базе: модели чтения и файл ключа, если он не указан',
    },
  },
  {
    name: 'key-file',
    kind: 'value',
    placeholder: 'FILE',
    text: {
      english: 'file of the key that opens the keys of persons (default: made beside the store)',
      russian: 'файл ключа, открывающего ключи персональных данных (по умолчанию — рядом с хранилищем)',
    },
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
