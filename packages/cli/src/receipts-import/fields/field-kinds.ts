import type { Instant, LocalDateTime, Quantity } from '@cloud-kassa/ffd';
import {
  InstantCodec,
  KopecksCodec,
  LocalDateCodec,
  LocalDateTimeCodec,
  isInn,
  isInnOrPlaceholder,
  guardedCodec,
  quantity,
} from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { ImportRule } from '../import-rules';
import type { Field } from './field';

/** A codec under the name of the rule that a value breaks which it refuses. */
const underRule = <A extends O, O>(rule: ImportRule, codec: t.Type<A, O>): t.Type<A, O> =>
  guardedCodec<A, O>(rule, codec.is);

const textThat = (rule: ImportRule, holds: (text: string) => boolean): t.Type<string> =>
  guardedCodec<string, string>(rule, (input): input is string => typeof input === 'string' && holds(input));

const numberThat = (rule: ImportRule, holds: (value: number) => boolean): t.Type<number> =>
  guardedCodec<number, number>(rule, (input): input is number => typeof input === 'number' && holds(input));

// Ids become names of streams and are shown in tables and logs.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for.
const IDENTITY = /^[^\u0000-\u001f\u007f]{1,200}$/;
const isIdentity = (text: string): boolean => IDENTITY.test(text) && !/\p{Surrogate}/u.test(text);

const MAX_UINT32 = 0xff_ff_ff_ff;

const quantityCodec: t.Type<Quantity, string> = new t.Type<Quantity, string>(
  'quantity-not-decimal' satisfies ImportRule,
  (input): input is Quantity => typeof input === 'string' && E.isRight(quantity(input)),
  (input, context) => {
    const read = typeof input === 'string' ? quantity(input) : undefined;
    return read === undefined || E.isLeft(read) ? t.failure(input, context) : t.success(read.right);
  },
  t.identity,
);

const momentCodec: t.Type<Instant | LocalDateTime, string> = guardedCodec<Instant | LocalDateTime, string>(
  'moment-invalid',
  (input): input is Instant | LocalDateTime => InstantCodec.is(input) || LocalDateTimeCodec.is(input),
);

type Meaning = readonly [english: string, tag?: number];

const field = <C extends t.Mixed>(codec: C, kind: string, [english, tag]: Meaning): Field<C> => ({
  codec,
  kind,
  english,
  ...(tag === undefined ? {} : { tag }),
  inner: [],
});

/** Makes a field of a value of one kind; what it means and its tag are told to it. */
export const a = {
  text: (...meaning: Meaning) =>
    field(
      textThat('not-a-text', () => true),
      'text',
      meaning,
    ),
  identity: (...meaning: Meaning) => field(textThat('identity-malformed', isIdentity), 'id', meaning),
  flag: (...meaning: Meaning) => field(underRule('not-a-flag', t.boolean), 'true or false', meaning),
  number: (...meaning: Meaning) =>
    field(
      numberThat('not-a-number', () => true),
      'whole number',
      meaning,
    ),
  kopecks: (...meaning: Meaning) => field(underRule('amount-not-kopecks', KopecksCodec), 'kopecks', meaning),
  quantity: (...meaning: Meaning) => field(quantityCodec, 'decimal text', meaning),
  date: (...meaning: Meaning) => field(underRule('date-invalid', LocalDateCodec), 'date', meaning),
  moment: (...meaning: Meaning) => field(momentCodec, 'local time or instant', meaning),
  inn: (...meaning: Meaning) => field(textThat('inn-invalid', isInn), 'INN', meaning),
  /** An INN, or the twelve zeros where the other side has none. */
  innOrNone: (...meaning: Meaning) => field(textThat('inn-invalid', isInnOrPlaceholder), 'INN', meaning),
  drive: (...meaning: Meaning) =>
    field(
      textThat('document-number-malformed', (text) => /^\d{16}$/.test(text)),
      '16 digits',
      meaning,
    ),
  documentNumber: (...meaning: Meaning) =>
    field(
      numberThat('document-number-malformed', (value) => value >= 0 && value <= MAX_UINT32),
      'whole number',
      meaning,
    ),
  /** A value of a table of codes, or one of a few words. */
  code: <A extends O, O>(codec: t.Type<A, O>, ...meaning: Meaning) =>
    field(underRule('code-unknown', codec), 'code', meaning),
  /** Something the format has and nothing is read of. */
  ignored: (...meaning: Meaning) => field(t.unknown, 'not read', meaning),
};
