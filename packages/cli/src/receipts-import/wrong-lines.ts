import type { ImportRule } from './import-rules';

/** A line that is not taken, and why. */
export interface WrongLine {
  readonly what: string;
  readonly format: 'documents' | 'fns-extract';
  /** Without line end; bytes where the line is no text. */
  readonly line: string | Uint8Array;
  readonly rule: ImportRule;
  readonly field: string;
}

type Change = Readonly<Record<string, unknown>>;

const ITEM = {
  name: 'Гамак',
  price: 490_000,
  quantity: '1',
  vatCode: 6,
  method: 4,
  subject: 1,
  measure: 0,
};

const DOCUMENT = {
  document: 'order-1042',
  id: 'payment-7',
  organisation: '7707083893',
  sign: 1,
  taxation: 2,
  items: [ITEM],
  payments: { cashless: 490_000 },
  buyer: { email: 'buyer@example.ru' },
  place: { place: 'https://sad.example' },
  internet: true,
  settledAt: '2026-10-08T13:05:00',
  instrument: 'sbp',
};

const EXTRACT = {
  id: 'r-0001',
  sellerInn: '7707083893',
  operationType: 1,
  taxationType: 1,
  dateTime: '2020-09-14T11:20:00',
  items: [
    {
      name: 'Чай',
      price: 26_910,
      quantity: '3',
      sum: 80_730,
      vatCode: 1,
      vatSum: 13_455,
      paymentType: 4,
      productType: 1,
      measureCode: 0,
      marking: false,
    },
  ],
  totals: { total: 80_730, cash: 0, ecash: 80_730, prepaid: 0, credit: 0, provision: 0 },
  vatTotals: { 1: 13_455 },
};

/** A line of the format `documents` that is taken: the sale of a hammock over the Internet, paid by the fast payment system. */
export const DOCUMENT_EXAMPLE = JSON.stringify(DOCUMENT);

/** A line of the format `fns-extract` that is taken without any option. */
export const EXTRACT_EXAMPLE = JSON.stringify(EXTRACT);

/** `undefined` takes a member away. */
const document = (change: Change): string => JSON.stringify({ ...DOCUMENT, ...change });
const item = (change: Change): string => document({ items: [{ ...ITEM, ...change }] });
const extract = (change: Change): string => JSON.stringify({ ...EXTRACT, ...change });
const extractItem = (change: Change): string => extract({ items: [{ ...EXTRACT.items[0], ...change }] });

/** The example with one piece of its text replaced, for what JSON.stringify never writes. */
const written = (piece: string, by: string): string => DOCUMENT_EXAMPLE.replace(piece, by);

const price = (text: string): string => written('"price":490000', `"price":${text}`);

type Row = readonly [what: string, line: WrongLine['line'], rule: ImportRule, field?: string];

const LINES: ReadonlyArray<Row> = [
  ['a line of words', 'order-1042;490000;buyer@example.ru', 'json-syntax'],
  ['a line that breaks off', DOCUMENT_EXAMPLE.slice(0, -20), 'json-syntax'],
  ['two objects on a line', `${DOCUMENT_EXAMPLE} ${DOCUMENT_EXAMPLE}`, 'json-syntax'],
  ['a comma before a bracket', written('"measure":0}]', '"measure":0},]'), 'json-syntax', 'items.1'],
  ['single quotation marks', DOCUMENT_EXAMPLE.replaceAll('"', "'"), 'json-syntax'],
  ['a list instead of an object', `[${DOCUMENT_EXAMPLE}]`, 'not-an-object'],
  ['a key twice', written('"sign":1', '"sign":1,"sign":2'), 'json-key-twice', 'sign'],
  [
    'lists in lists without end',
    `{"items":${'['.repeat(40)}${']'.repeat(40)}}`,
    'json-too-deep',
    `items${'.0'.repeat(15)}`,
  ],
  [
    'a line in windows-1251',
    Uint8Array.of(0x7b, 0x22, 0xc3, 0xe0, 0xec, 0xe0, 0xea, 0x22, 0x7d),
    'line-not-utf8',
  ],
  ['a file in UTF-16', Uint8Array.of(0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00), 'line-not-utf8'],
  ['a compressed file', Uint8Array.of(0x1f, 0x8b, 0x08, 0x00), 'line-not-utf8'],
  ['a line of more than 1 MiB', item({ name: 'А'.repeat(600_000) }), 'line-too-long'],
];

const AMOUNTS: ReadonlyArray<Row> = [
  ['roubles with kopecks as a fraction', price('4900.00'), 'number-not-whole', 'items.0.price'],
  ['a whole amount with a point', price('490000.0'), 'number-not-whole', 'items.0.price'],
  ['an exponent', price('49e4'), 'number-not-whole', 'items.0.price'],
  ['a negative nought', price('-0'), 'number-not-whole', 'items.0.price'],
  ['an amount beyond 2^53', price('9007199254740993'), 'number-too-large', 'items.0.price'],
  ['an amount beyond six bytes', price('281474976710656'), 'amount-not-kopecks', 'items.0.price'],
  ['a negative amount', price('-490000'), 'amount-not-kopecks', 'items.0.price'],
  ['an amount as text', price('"4900.00"'), 'amount-not-kopecks', 'items.0.price'],
  ['a payment that is null', document({ payments: { cashless: null } }), 'field-null', 'payments.cashless'],
  ['a quantity as a number', item({ quantity: 1 }), 'quantity-not-decimal', 'items.0.quantity'],
  ['a quantity with a comma', item({ quantity: '1,5' }), 'quantity-not-decimal', 'items.0.quantity'],
  ['seven decimals', item({ quantity: '0.1234567' }), 'quantity-not-decimal', 'items.0.quantity'],
  ['nothing sold', item({ quantity: '0' }), 'quantity-not-decimal', 'items.0.quantity'],
];

const CODES: ReadonlyArray<Row> = [
  ['a VAT code that is a rate', item({ vatCode: 20 }), 'code-unknown', 'items.0.vatCode'],
  ['a VAT code as text', item({ vatCode: '6' }), 'code-unknown', 'items.0.vatCode'],
  ['no VAT code', item({ vatCode: undefined }), 'field-missing', 'items.0.vatCode'],
  ['two taxation systems at once', document({ taxation: 3 }), 'code-unknown', 'taxation'],
  ['a sign that does not exist', document({ sign: 5 }), 'code-unknown', 'sign'],
  ['an instrument nobody knows', document({ instrument: 'СБП' }), 'code-unknown', 'instrument'],
  ['a field nobody knows', document({ discount: 100 }), 'field-unknown', 'discount'],
  ['a telephone as a key', document({ '+79123451234': 1 }), 'field-unknown', '?'],
  ['no lines but an object', document({ items: { 0: ITEM } }), 'not-a-list', 'items'],
  ['a name that is a number', item({ name: 12 }), 'not-a-text', 'items.0.name'],
  ['a flag as a number', document({ internet: 1 }), 'not-a-flag', 'internet'],
];

const DATES: ReadonlyArray<Row> = [
  ['a date alone', document({ settledAt: '2026-10-08' }), 'moment-invalid', 'settledAt'],
  ['the 30th of February', document({ settledAt: '2026-02-30T13:05:00' }), 'moment-invalid', 'settledAt'],
  ['an hour 24', document({ settledAt: '2026-10-08T24:00:00' }), 'moment-invalid', 'settledAt'],
  ['a Russian date', document({ settledAt: '08.10.2026 13:05' }), 'moment-invalid', 'settledAt'],
  ['seconds since 1970', document({ settledAt: 1_791_450_300 }), 'moment-invalid', 'settledAt'],
  [
    'a corrected day that is no day',
    document({ correction: { type: 0, settledOn: '2026-13-01', reason: 'not-applied' } }),
    'date-invalid',
    'correction.settledOn',
  ],
];

const PERSONS: ReadonlyArray<Row> = [
  [
    'a telephone without its country',
    document({ buyer: { phone: '912 345-12-34' } }),
    'phone-country',
    'buyer.phone',
  ],
  [
    'a telephone with a digit too few',
    document({ buyer: { phone: '+7912345123' } }),
    'phone-length',
    'buyer.phone',
  ],
  [
    'a telephone with words',
    document({ buyer: { phone: 'звонить вечером' } }),
    'phone-characters',
    'buyer.phone',
  ],
  [
    'an address without a domain',
    document({ buyer: { email: 'buyer@localhost' } }),
    'email-domain',
    'buyer.email',
  ],
  ['an address with a space', document({ buyer: { email: 'a b@example.ru' } }), 'email-shape', 'buyer.email'],
  [
    'a telephone for an address',
    document({ buyer: { email: '+79123451234' } }),
    'email-shape',
    'buyer.email',
  ],
  ['an empty contact', document({ buyer: { phone: ' ' } }), 'contact-empty', 'buyer.phone'],
  [
    'a contact too long for its tag',
    document({ buyer: { email: `${'a'.repeat(60)}@example.ru` } }),
    'contact-too-long',
    'buyer.email',
  ],
  [
    'an organisation with a wrong check digit',
    document({ organisation: '7707083894' }),
    'inn-invalid',
    'organisation',
  ],
];

const IDENTITIES: ReadonlyArray<Row> = [
  ['no organisation anywhere', document({ organisation: undefined }), 'organisation-missing', 'organisation'],
  ['no id of the settlement', document({ id: undefined }), 'no-identity', 'id'],
  ['an empty id', document({ id: '' }), 'identity-malformed', 'id'],
  [
    'a document number with a line break',
    document({ document: 'order\n1042' }),
    'identity-malformed',
    'document',
  ],
  [
    'half of a reference',
    document({ sign: 2, refundOf: { document: 'order-1042' } }),
    'reference-incomplete',
    'refundOf',
  ],
  [
    'a reference to both sides',
    document({ sign: 2, refundOf: { document: 'order-1042', id: 'payment-7', fd: 1 } }),
    'reference-incomplete',
    'refundOf',
  ],
  [
    'a drive of ten digits',
    document({ sign: 2, refundOf: { fn: '9999078900', fd: 1, fp: 1 } }),
    'document-number-malformed',
    'refundOf.fn',
  ],
  [
    'an offset without its amount',
    document({ offsets: [{ document: 'order-1042', id: 'advance' }] }),
    'field-missing',
    'offsets.0.amount',
  ],
  [
    'a marked piece in halves as text',
    item({ marking: { code: '01', fraction: { numerator: '1', denominator: 2 } } }),
    'not-a-number',
    'items.0.marking.fraction.numerator',
  ],
];

const EXTRACTS: ReadonlyArray<Row> = [
  ['neither id nor drive', extract({ id: undefined }), 'no-identity', 'id'],
  ['no seller and no option', extract({ sellerInn: null }), 'organisation-missing', 'sellerInn'],
  ['a correction', extract({ kind: 'correction' }), 'kind-not-read', 'kind'],
  ['no taxation and no option', extract({ taxationType: 0 }), 'field-missing', 'taxationType'],
  ['no method and no option', extractItem({ paymentType: null }), 'field-missing', 'items.0.paymentType'],
  ['no subject and no option', extractItem({ productType: null }), 'field-missing', 'items.0.productType'],
  [
    'no VAT code, and two totals to choose from',
    extract({ items: [{ ...EXTRACT.items[0], vatCode: null }], vatTotals: { 1: 13_000, 2: 455 } }),
    'vat-code-unknown',
    'items.0.vatCode',
  ],
  [
    '20 % before there was such a rate',
    extract({ dateTime: '2018-12-31' }),
    'vat-rate-gone',
    'items.0.vatCode',
  ],
  ['a line at 18 % in 2020', extractItem({ vatSum: 12_315 }), 'vat-rate-gone', 'items.0.vatCode'],
  [
    'a total at 18 % in 2020',
    extract({ items: [{ ...EXTRACT.items[0], vatSum: null }], vatTotals: { 1: 12_315 } }),
    'vat-rate-gone',
    'vatTotals',
  ],
  [
    'a supplier of nobody',
    extractItem({ supplierInn: '7728699517' }),
    'supplier-without-agent',
    'items.0.supplierInn',
  ],
  [
    'a total for a VAT code that does not exist',
    extract({ vatTotals: { 13: 1 } }),
    'field-unknown',
    'vatTotals.13',
  ],
  ['a moment without seconds', extract({ dateTime: '2020-09-14T11:20' }), 'moment-invalid', 'dateTime'],
  ['no totals', extract({ totals: undefined }), 'field-missing', 'totals'],
];

const rows = (format: WrongLine['format'], list: ReadonlyArray<Row>): ReadonlyArray<WrongLine> =>
  list.map(([what, line, rule, field = '']) => ({ what, format, line, rule, field }));

/**
 * Lines that are not taken, each with its rule and field, read without any option. Every rule of the import is among them but
 * `marking-code-dropped`, which needs registers of an earlier version of the format.
 */
export const WRONG_LINES: ReadonlyArray<WrongLine> = [
  ...rows('documents', [...LINES, ...AMOUNTS, ...CODES, ...DATES, ...PERSONS, ...IDENTITIES]),
  ...rows('fns-extract', EXTRACTS),
];
