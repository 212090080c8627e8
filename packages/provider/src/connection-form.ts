import * as E from 'fp-ts/Either';
import * as t from 'io-ts';

/** A text for people in both languages of the project. */
export interface Bilingual {
  readonly russian: string;
  readonly english: string;
}

/** One of the values of a choice. */
export interface FormChoice {
  readonly value: string;
  readonly label: Bilingual;
}

/** One field of the form of a connection (параметры подключения). */
export interface FormField {
  /** Name of the parameter, or of the secret. */
  readonly key: string;
  readonly label: Bilingual;
  readonly kind: 'text' | 'secret' | 'url' | 'choice';
  /** Must be filled where it is shown. */
  readonly obligatory: boolean;
  readonly help?: Bilingual;
  /** The values of a `choice`. */
  readonly choices?: ReadonlyArray<FormChoice>;
  /** Shown only while another field has one of these values; a field that is not shown has no value. */
  readonly shownWhen?: { readonly key: string; readonly is: ReadonlyArray<string> };
  /** Taken where nothing is given. */
  readonly preset?: string;
  /** Greatest number of characters. Default 256. */
  readonly longest?: number;
}

/** The form by which a connection to one provider is made, as data: a page or a dialogue draws it. */
export interface ConnectionForm {
  /** Name of the adapter. */
  readonly provider: string;
  readonly title: Bilingual;
  readonly fields: ReadonlyArray<FormField>;
  /** The provider's cabinet, where the credentials come from. `url` is absent where it is told by a list of providers. */
  readonly cabinet: { readonly label: Bilingual; readonly help: Bilingual; readonly url?: string };
}

/** Why a field is not taken. The value is never told. */
export interface FormRefusal {
  readonly field: string;
  readonly rule:
    | 'obligatory'
    | 'unknown-field'
    | 'not-a-choice'
    | 'not-an-address'
    | 'too-long'
    | 'unprintable';
}

/** A filled form: parameters may be stored and shown, secrets go to the secret store. */
export interface FilledForm {
  readonly parameters: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

const LONGEST = 256;
const UNPRINTABLE = /\p{Cc}/u;
const PEM = /^-----BEGIN /;

const isAddress = (value: string): boolean => {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) return false;
  const { username, password, search, hash } = new URL(value);
  return username === '' && password === '' && search === '' && hash === '';
};

type Values = Readonly<Record<string, string>>;

const valueOf = (field: FormField, given: Values): string => {
  const value = Object.hasOwn(given, field.key) ? (given[field.key] ?? '') : '';
  const entered = field.kind === 'secret' ? value : value.trim();
  return entered === '' ? (field.preset ?? '') : entered;
};

/** The fields that are shown while the form is filled like this. */
export const shownFields = (form: ConnectionForm, given: Values): ReadonlyArray<FormField> => {
  const isShown = ({ shownWhen }: FormField): boolean => {
    if (shownWhen === undefined) return true;
    const decider = form.fields.find(({ key }) => key === shownWhen.key);
    return decider !== undefined && isShown(decider) && shownWhen.is.includes(valueOf(decider, given));
  };
  return form.fields.filter(isShown);
};

const ruleBroken = (field: FormField, value: string): FormRefusal['rule'] | undefined => {
  if (value === '') return field.obligatory ? 'obligatory' : undefined;
  if (field.kind !== 'secret' && value.length > (field.longest ?? LONGEST)) return 'too-long';
  if (UNPRINTABLE.test(value) && !(field.kind === 'secret' && PEM.test(value))) return 'unprintable';
  if (field.kind === 'choice' && field.choices?.some((choice) => choice.value === value) !== true)
    return 'not-a-choice';
  return field.kind === 'url' && !isAddress(value) ? 'not-an-address' : undefined;
};

/**
 * Reads what somebody filled in. All refusals at once, in the order of the fields; an unknown field is refused too. Fields that are not
 * shown are left out, presets are filled in, empty optional fields are absent.
 */
export const fillForm = (
  form: ConnectionForm,
  given: Values,
): E.Either<ReadonlyArray<FormRefusal>, FilledForm> => {
  const shown = shownFields(form, given).map((field) => ({ field, value: valueOf(field, given) }));
  const known = new Set(form.fields.map(({ key }) => key));
  const refusals: ReadonlyArray<FormRefusal> = [
    ...shown.flatMap(({ field, value }) => {
      const rule = ruleBroken(field, value);
      return rule === undefined ? [] : [{ field: field.key, rule }];
    }),
    ...Object.keys(given)
      .filter((key) => !known.has(key))
      .map((): FormRefusal => ({ field: '?', rule: 'unknown-field' })),
  ];
  if (refusals.length > 0) return E.left(refusals);
  const filled = shown.filter(({ value }) => value !== '');
  const ofKind = (isSecret: boolean): Values =>
    Object.fromEntries(
      filled
        .filter(({ field }) => (field.kind === 'secret') === isSecret)
        .map(({ field, value }) => [field.key, value]),
    );
  return E.right({ parameters: ofKind(false), secrets: ofKind(true) });
};

/** The parameters of a form as a codec: exactly what {@link fillForm} gives as parameters, without secrets. */
export const parametersCodec = (form: ConnectionForm): t.Type<Values> => {
  const withoutSecrets: ConnectionForm = {
    ...form,
    fields: form.fields.filter(({ kind }) => kind !== 'secret'),
  };
  const isText = t.record(t.string, t.string);
  const is = (input: unknown): input is Values => {
    if (!isText.is(input)) return false;
    const filled = fillForm(withoutSecrets, input);
    return E.isRight(filled) && sameValues(filled.right.parameters, input);
  };
  return new t.Type<Values>(
    `${form.provider} parameters`,
    is,
    (input, context) => {
      if (!isText.is(input)) return t.failure(undefined, context);
      const filled = fillForm(withoutSecrets, input);
      return E.isLeft(filled) ? t.failure(undefined, context) : t.success(filled.right.parameters);
    },
    t.identity,
  );
};

const sameValues = (a: Values, b: Values): boolean => {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
};

/** What a page may show of a connection: parameters as they are, of a secret only whether it is set. */
export const shownValues = (
  form: ConnectionForm,
  parameters: Values,
  secretsSet: ReadonlyArray<string>,
): ReadonlyArray<{ readonly key: string; readonly shown: string }> =>
  shownFields(form, parameters).map((field) =>
    field.kind === 'secret'
      ? { key: field.key, shown: secretsSet.includes(field.key) ? '***' : '' }
      : { key: field.key, shown: valueOf(field, parameters) },
  );
