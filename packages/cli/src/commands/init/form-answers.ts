import type { ConnectionForm, FormField } from '@cloud-kassa/provider';
import { shownFields } from '@cloud-kassa/provider';
import type { Language } from '../../output/language';
import { inLanguage } from '../../output/language';
import type { Ask } from '../../output/prompts';

export type Values = Readonly<Record<string, string>>;

const choicesOf = ({ choices = [] }: FormField, language: Language): string =>
  choices.map(({ value, label }) => `${value} (${inLanguage(label, language)})`).join(', ');

const questionOf = (field: FormField, language: Language): string => {
  const label = inLanguage(field.label, language);
  return field.kind === 'choice' ? `${label}: ${choicesOf(field, language)}` : label;
};

/** May the answer stand in the field, as far as the field itself can tell? The form as a whole is read later. */
const fits = (field: FormField, answer: string): boolean => {
  if (field.kind === 'choice') return field.choices?.some(({ value }) => value === answer) ?? false;
  return field.kind === 'url' ? URL.canParse(answer) : true;
};

/** The fields that are shown, not answered yet and not of the other kind. */
const nextField = (
  form: ConnectionForm,
  values: Values,
  asked: ReadonlySet<string>,
  kind: 'secret' | 'parameter',
): FormField | undefined =>
  shownFields(form, values).find(
    (field) =>
      (field.kind === 'secret') === (kind === 'secret') &&
      !Object.hasOwn(values, field.key) &&
      !asked.has(field.key),
  );

/**
 * Asks for what a form still lacks, in its own order: which fields are shown depends on the answers before. Secrets are not echoed.
 * `undefined` when the person gave up.
 */
export const askForm = async (
  form: ConnectionForm,
  given: Values,
  kind: 'secret' | 'parameter',
  ask: Ask,
  say: (line: string) => void,
  language: Language,
): Promise<Values | undefined> => {
  const values: Record<string, string> = { ...given };
  const asked = new Set<string>();
  for (;;) {
    const field = nextField(form, values, asked, kind);
    if (field === undefined) return values;
    if (field.help !== undefined && !asked.has(field.key)) say(`  ${inLanguage(field.help, language)}`);
    const answer = await ask({
      text: questionOf(field, language),
      isHidden: field.kind === 'secret',
      ...(field.preset === undefined ? {} : { preset: field.preset }),
    });
    if (answer === undefined && field.obligatory) return undefined;
    if (answer === undefined) asked.add(field.key);
    else if (fits(field, answer)) values[field.key] = answer;
    else say(language === 'ru' ? '  Такого значения быть не может.' : '  That can not stand here.');
  }
};
