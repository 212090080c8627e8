import type { AnswerNote } from '@cloud-kassa/core';

/** What may be told of an answer. */
export interface ToldAnswer {
  readonly status?: number;
  /** The provider's own code or type of an error. */
  readonly code?: string;
  /** A text of the answer: a description, or a body that nobody understood. */
  readonly text?: string;
  /** Values of the request that speak of persons, and secrets: masked wherever they are repeated. */
  readonly hide?: ReadonlyArray<string>;
}

/** So many characters of a text are kept. */
export const LONGEST_EXCERPT = 200;

const MASK = '***';

/** Of a longer text only the beginning is looked at, to its last whole word. */
const LONGEST_READ = 16 * 1024;

/** Shorter values would mask half of every text and tell nothing by themselves. */
const SHORTEST_HIDDEN = 3;

const CODE = /^[A-Za-zА-Яа-яЁё][\wА-Яа-яЁё.:-]{0,63}$/;

const MOST_DIGITS_OF_CODE = 6;

const fromCodePoint = (value: number): string => (value <= 0x10_ff_ff ? String.fromCodePoint(value) : '');

/** The ways in which a character is written with others, undone: what is hidden must be found in whatever dress it comes. */
const plain = (text: string): string =>
  text
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) => fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}));/g, (_, hex: string | undefined, decimal: string) =>
      fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
    )
    .replace(/(?:%[0-9a-fA-F]{2})+/g, (encoded) => {
      try {
        return decodeURIComponent(encoded);
      } catch {
        return encoded;
      }
    });

/** Escapes within escapes are undone too, as far as anybody writes them. */
const plainest = (text: string): string => plain(plain(text)).normalize('NFKC');

const withoutMarkup = (text: string): string =>
  text
    .replace(/<(script|style)\b[^>]*>[^]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();

const beginning = (text: string): string => {
  if (text.length <= LONGEST_READ) return text;
  const cut = text.slice(0, LONGEST_READ);
  return cut.slice(0, Math.max(0, cut.search(/\s\S*$/)));
};

const EMAIL = /(?<![^\s"<>,;:()[\]@])[^\s"<>,;:()[\]@]+@[^\s"'<>,;()[\]@]+/g;

/**
 * What looks like a contact, a name or a secret. The order matters: whole addresses and headers before their parts. Looks that begin with
 * a run of characters are tried at its beginning only, so that no text takes more than linear time.
 */
const LOOKS: ReadonlyArray<readonly [what: string, look: RegExp, instead: string]> = [
  ['an authorization header', /\b(Bearer|Basic|Digest)\s+[^\s"',;}]+/gi, `$1 ${MASK}`],
  [
    'a value under a telling name',
    /((?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|authori[sz]ation|credentials?|cookie|session)\w{0,20}["']?\s*[:=]\s*)(?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^\s"',;&}]+)/gi,
    `$1${MASK}`,
  ],
  ['an e-mail address', EMAIL, MASK],
  ['a JSON web token', /eyJ[\w-]{4,}(?:\.[\w-]*){1,2}/g, MASK],
  ['a key or an identifier', /(?<![\w+/=-])(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+/=-]{24,}/g, MASK],
  ['a telephone or another long number', /\+?\d(?:[\s().-]{0,3}\d){5,}/g, MASK],
  ['a name with initials', /\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?\s+\p{Lu}\.\s?(?:\p{Lu}\.)?/gu, MASK],
  ['initials before a name', /\p{Lu}\.\s?(?:\p{Lu}\.)?\s?\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?/gu, MASK],
  [
    'Russian words that all begin with a capital',
    /[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?(?:\s+[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)+/g,
    MASK,
  ],
];

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** A value is looked for as it is and word by word: a name may be repeated in part or in another order. */
const hidden = (values: ReadonlyArray<string>): RegExp | undefined => {
  const parts = values.flatMap((value) => [value.trim(), ...value.split(/[\s,;]+/)]);
  const long = [...new Set(parts)].filter((part) => part.length >= SHORTEST_HIDDEN);
  if (long.length === 0) return undefined;
  const byLength = long.toSorted((a, b) => b.length - a.length);
  return new RegExp(byLength.map(literally).join('|'), 'giu');
};

const hide = (text: string, values: ReadonlyArray<string>): string => {
  const look = hidden(values);
  return look === undefined ? text : text.replace(look, MASK);
};

/**
 * A text of an answer as far as it may be kept in events and logs: escapes undone, markup and control characters out, then every value of
 * `values` and everything that looks like a contact, a name, a token or a long number masked, then cut to 200 characters. Masking too
 * much is no harm here, masking too little is.
 */
export const excerptOf = (text: string, values: ReadonlyArray<string> = []): string => {
  // Undoing escapes may tear apart an address that was whole.
  const whole = hide(beginning(text).replace(EMAIL, MASK), values);
  const meant = hide(
    withoutMarkup(plainest(whole)),
    values.map((value) => withoutMarkup(plainest(value))),
  );
  const masked = LOOKS.reduce((shown, [, look, instead]) => shown.replace(look, instead), meant);
  return masked.slice(0, LONGEST_EXCERPT).replace(/[\ud800-\udbff]$/, '');
};

/** A code is kept if it looks like one: letters, digits and a few signs, no more than six digits, and nothing that is to be hidden. */
export const safeCode = (code: string, values: ReadonlyArray<string> = []): string | undefined => {
  const digits = code.replace(/\D/g, '').length;
  const isCode = CODE.test(code) && digits <= MOST_DIGITS_OF_CODE;
  return isCode && hide(code, values) === code ? code : undefined;
};

/** What is kept of an answer: status, code and a redacted excerpt; nothing where nothing was told. */
export const answerNote = ({ status, code, text, hide: values }: ToldAnswer): AnswerNote => {
  const kept = code === undefined ? undefined : safeCode(code, values);
  const excerpt = text === undefined ? '' : excerptOf(text, values);
  return {
    ...(status === undefined ? {} : { status }),
    ...(kept === undefined ? {} : { code: kept }),
    ...(excerpt === '' ? {} : { excerpt }),
  };
};
