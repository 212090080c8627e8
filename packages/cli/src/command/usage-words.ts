import type { Bilingual } from '@cloud-kassa/provider';
import type { Language } from '../output/language';

/** What commander says of a wrong call, in Russian: patterns of its own words. */
const SAYINGS: ReadonlyArray<readonly [english: RegExp, russian: string]> = [
  [/^error: unknown command '(.*)'/, 'ошибка: неизвестная команда «$1»'],
  [/^error: unknown option '(.*)'/, 'ошибка: неизвестный параметр «$1»'],
  [/^error: missing required argument '(.*)'/, 'ошибка: не указан аргумент «$1»'],
  [/^error: required option '(.*)' not specified/, 'ошибка: не указан обязательный параметр «$1»'],
  [/^error: option '(.*)' argument missing/, 'ошибка: у параметра «$1» нет значения'],
  [
    /^error: too many arguments(?: for '(.*)')?\. Expected (\d+) arguments? but got (\d+)(?:: .*)?\./,
    'ошибка: лишние аргументы: нужно $2, указано $3.',
  ],
  [
    /^error: option '(.*)' argument '(.*)' is invalid\. Allowed choices are (.*)\./,
    'ошибка: у параметра «$1» не может быть значения «$2». Можно: $3.',
  ],
  [/\(Did you mean one of (.*)\?\)/, '(Может быть, одно из: $1?)'],
  [/\(Did you mean (.*)\?\)/, '(Может быть, $1?)'],
];

/** A sentence of commander about a wrong call, in a language. */
export const usageSentence = (english: string, language: Language): string =>
  language === 'en'
    ? english
    : SAYINGS.reduce((text, [pattern, russian]) => text.replace(pattern, russian), english);

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'Использование:',
  'Arguments:': 'Аргументы:',
  'Options:': 'Параметры:',
  'Commands:': 'Команды:',
  'Global Options:': 'Общие параметры:',
};

/** A heading of a help page, in a language. */
export const helpTitle = (english: string, language: Language): string =>
  language === 'en' ? english : (TITLES[english] ?? english);

export const HELP_OPTION: Bilingual = { english: 'show this help', russian: 'показать эту справку' };

export const HELP_COMMAND: Bilingual = { english: 'help for a command', russian: 'справка по команде' };

export const VERSION_OPTION: Bilingual = { english: 'show the version', russian: 'показать версию' };

const PLACEHOLDERS: ReadonlyArray<readonly [english: RegExp, russian: string]> = [
  [/\[options\]/g, '[параметры]'],
  [/\[command\]/g, '[команда]'],
  [/\(choices: /g, '(варианты: '],
];

/** The words that commander itself puts into a help page, in a language. */
export const helpWords = (english: string, language: Language): string =>
  language === 'en'
    ? english
    : PLACEHOLDERS.reduce((text, [pattern, russian]) => text.replace(pattern, russian), english);
