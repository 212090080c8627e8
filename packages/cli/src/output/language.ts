import type { Bilingual } from '@cloud-kassa/provider';

export type Language = 'en' | 'ru';

export const LANGUAGES: ReadonlyArray<Language> = ['en', 'ru'];

export const inLanguage = (text: Bilingual, language: Language): string =>
  language === 'ru' ? text.russian : text.english;

/** The language the environment asks for; English unless it is Russian. */
export const languageOf = ({
  LC_ALL,
  LC_MESSAGES,
  LANG,
}: Readonly<Record<string, string | undefined>>): Language => {
  const asked = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '') ?? '';
  return asked.toLowerCase().startsWith('ru') ? 'ru' : 'en';
};
