import * as E from 'fp-ts/Either';
import type { ImportRefusal } from '../import-rules';
import { readJsonLine } from '../reading/read-json-line';
import type { RegistrationOrder } from '../registration-order';
import { EXTRACT_EXAMPLE } from '../wrong-lines';
import type { ExtractOptions } from './extract-options';
import { measureOfText } from './measure-of-text';
import { fnsExtractReader } from './read-extract';

const EXAMPLE = JSON.parse(EXTRACT_EXAMPLE) as { readonly items: ReadonlyArray<object> };
const [ITEM = {}] = EXAMPLE.items;

const read = (
  change: object,
  options: ExtractOptions = {},
  line = 1,
): E.Either<ImportRefusal, RegistrationOrder> => {
  const reader = fnsExtractReader(options);
  const json = readJsonLine(JSON.stringify({ ...EXAMPLE, ...change }));
  if (E.isLeft(reader)) return reader;
  return E.isLeft(json) ? json : reader.right(json.right, line);
};

const orderOf = (change: object, options?: ExtractOptions, line?: number): RegistrationOrder => {
  const order = read(change, options, line);
  if (E.isLeft(order)) throw new Error(JSON.stringify(order.left));
  return order.right;
};

const withItem = (change: object): object => ({ items: [{ ...ITEM, ...change }] });

describe('the identity of a line of an extract', () => {
  const fnsKind = (order: RegistrationOrder) => [order.source.document, order.source.settlementId];
  const drive = '9999078900006211';

  it('is its id, else drive and number, else what stands for the drive and number', () => {
    expect(fnsKind(orderOf({ fn: drive, fd: 7 }))).toEqual(['r-0001', 'fns-extract/id']);
    expect(fnsKind(orderOf({ id: null, fn: drive, fnKey: 'k', fd: 7 }))).toEqual([
      `${drive}:7`,
      'fns-extract/fn-fd',
    ]);
    expect(fnsKind(orderOf({ id: null, fn: null, fnKey: 'k-1', fd: 7 }))).toEqual([
      'k-1:7',
      'fns-extract/fnKey-fd',
    ]);
  });

  it('is its place only if the command says so', () => {
    expect(read({ id: null })).toEqual(E.left({ rule: 'no-identity', field: 'id' }));
    expect(read({ id: null, fn: drive })).toEqual(E.left({ rule: 'no-identity', field: 'id' }));
    const { source } = orderOf({ id: null }, { fileSha256: 'ab'.repeat(32) }, 12);
    expect(source).toEqual({ document: `sha256:${'ab'.repeat(32)}:12`, settlementId: 'fns-extract/place' });
  });
});

describe('dates of an extract', () => {
  it('a date alone is noon, and that is recorded', () => {
    expect(orderOf({ dateTime: '2020-09-14' })).toMatchObject({
      settled: '2020-09-14T12:00:00',
      assumed: ['settledAt'],
    });
  });

  it('a rehearsal applies dated rules at the date of the receipt; nothing else does', () => {
    expect(orderOf({}, { rehearsal: true }).rulesOn).toBe('2020-09-14');
    expect(orderOf({})).not.toHaveProperty('rulesOn');
  });
});

describe('VAT of an extract', () => {
  const items = (...lines: ReadonlyArray<object>): object => ({
    items: lines.map((line) => ({ ...ITEM, ...line })),
  });
  const registers = { 'per-line': 'one', 'per-total': 'other' };
  // Three lines of 1.01 at 20 %: 0.17 each and 0.51 in all, but 0.51 of 3.03 once as well; of 1.00 it is 0.17 and 0.50.
  const three = (total: number) => ({
    ...items(...Array.from({ length: 3 }, () => ({ price: 100, quantity: '1', sum: 100, vatSum: null }))),
    totals: { total: 300, ecash: 300 },
    vatTotals: { 1: total },
  });

  it.each([
    [51, 'one'],
    [50, 'other'],
  ])('chooses the register by the way the totals were computed: %i kopecks', (total, register) => {
    expect(orderOf(three(total), { registers }).registerId).toBe(register);
  });

  it('of no way goes to any register, whose rule refuses it', () => {
    expect(orderOf(three(49), { registers }).registerId).toBe('one');
    expect(orderOf(three(51), { registers: { 'per-total': 'other' } })).not.toHaveProperty('registerId');
  });

  it('a line without a code takes that of the only total; that is recorded', () => {
    const order = orderOf({ ...items({ vatCode: null, vatSum: null }), vatTotals: { 2: 7_339, 1: 0 } });
    expect(order.draft.items[0]?.vatCode).toBe(2);
    expect(order.assumed).toEqual(['items.0.vatCode']);
  });

  it('a default helps only where the receipt states no total at all', () => {
    const lacking = items({ vatCode: null, vatSum: null });
    expect(orderOf({ ...lacking, vatTotals: {} }, { vatDefault: 6 }).draft.items[0]?.vatCode).toBe(6);
    const unknown = E.left({ rule: 'vat-code-unknown', field: 'items.0.vatCode' });
    expect(read({ ...lacking, vatTotals: {} })).toEqual(unknown);
    expect(read({ ...lacking, vatTotals: { 1: 1, 2: 1 } }, { vatDefault: 6 })).toEqual(unknown);
  });

  it('18 % of 2018 is refused whatever the amounts, 10 % of 2018 is not', () => {
    const gone = E.left({ rule: 'vat-rate-gone', field: 'items.0.vatCode' });
    expect(read({ dateTime: '2018-12-31T23:59:59' })).toEqual(gone);
    expect(E.isRight(read({ dateTime: '2019-01-01T00:00:00' }))).toBe(true);
    expect(
      E.isRight(
        read({ dateTime: '2018-12-31', ...items({ vatCode: 2, vatSum: 7_339 }), vatTotals: { 2: 7_339 } }),
      ),
    ).toBe(true);
  });
});

describe('lines of an extract', () => {
  it('what is filled in is recorded, what the line says is not overruled', () => {
    const options = { taxationDefault: 2, methodDefault: 1, subjectDefault: 4, measureDefault: 11 } as const;
    const filled = orderOf(
      { taxationType: 0, ...withItem({ paymentType: null, productType: null, measureCode: null }) },
      options,
    );
    expect(filled.draft).toMatchObject({
      taxation: 2,
      items: [{ paymentMethod: 1, subject: 4, measure: 11 }],
    });
    expect(filled.assumed).toEqual([
      'taxation',
      'items.0.paymentMethod',
      'items.0.subject',
      'items.0.measure',
    ]);
    const told = orderOf({}, options);
    expect(told.draft).toMatchObject({ taxation: 1, items: [{ paymentMethod: 4, subject: 1, measure: 0 }] });
    expect(told).not.toHaveProperty('assumed');
  });

  it('a unit as text becomes a measure in FFD 1.2, and a measure a text before it', () => {
    const text = withItem({ measureCode: null, measureText: 'Куб.м' });
    expect(orderOf(text).draft.items[0]).toMatchObject({ measure: 42 });
    expect(orderOf(text, { ffd: '1.05' }).draft.items[0]).toMatchObject({ unit: 'Куб.м' });
    expect(orderOf(withItem({ measureCode: 11 }), { ffd: '1.05' }).draft.items[0]).toMatchObject({
      unit: 'кг',
    });
    const piece = orderOf({}, { ffd: '1.05' }).draft.items[0];
    expect(piece).not.toHaveProperty('unit');
    expect(piece).not.toHaveProperty('measure');
  });

  it.each([
    ['кВт.ч', 50],
    ['Гкал', 51],
    ['тонн', 12],
    ['шт.', 0],
    ['КГ', 11],
    ['м3', 42],
    ['упак', 255],
    ['', 255],
  ])('the unit %j is measure %i (tag 2108)', (text, code) => expect(measureOfText(text)).toBe(code));

  it('marked goods are subjects 33 and 31 of FFD 1.2, and refused before it: the code is not in the extract', () => {
    const subject = (productType: number | null, options: ExtractOptions = { subjectDefault: 1 }) =>
      orderOf(withItem({ marking: true, productType }), options).draft.items[0]?.subject;
    expect([subject(1), subject(2), subject(33), subject(31), subject(null)]).toEqual([33, 31, 33, 31, 33]);
    for (const ffd of ['1.05', '1.1'] as const)
      expect(read(withItem({ marking: true }), { ffd })).toEqual(
        E.left({ rule: 'marking-code-dropped', field: 'items.0.marking' }),
      );
  });

  it('an agent of the whole receipt is the agent of every line in FFD 1.2 (tags 1057, 1222)', () => {
    expect(orderOf({ agentType: 64 }, { supplierDefault: '000000000000' })).toMatchObject({
      draft: { items: [{ agent: { sign: 64, supplier: { inn: '000000000000' } } }] },
      assumed: ['items.0.agent.supplier.inn'],
    });
    expect(orderOf({ agentType: 64 }).draft.items[0]?.agent).toEqual({ sign: 64 });
    const own = orderOf({ agentType: 64, ...withItem({ agentType: 32, supplierInn: '7728699517' }) });
    expect(own.draft.items[0]?.agent).toEqual({ sign: 32, supplier: { inn: '7728699517' } });
    const before = orderOf({ agentType: 64 }, { ffd: '1.05' });
    expect(before.draft.agent).toEqual({ sign: 64 });
    expect(before.draft.items[0]).not.toHaveProperty('agent');
  });

  it('1108 is not 1125: the old register was for the Internet, which says nothing of the settlement', () => {
    expect(orderOf({ internetSign: 1 }).draft.internet).toBe(false);
  });
});

describe('options of an extract', () => {
  it('an organisation stands above that of the line, and that is recorded', () => {
    expect(orderOf({}, { organisation: '7728699517' })).toMatchObject({
      organisation: '7728699517',
      assumed: ['organisation'],
    });
    expect(orderOf({}, { organisation: '7707083893' })).not.toHaveProperty('assumed');
  });

  it('a contact is given to every receipt in its one written form, and that is recorded', () => {
    expect(orderOf({}, { contactDefault: '8 912 345-12-34' })).toMatchObject({
      contact: { phone: '+79123451234' },
      assumed: ['contact'],
    });
    expect(orderOf({}, { contactDefault: 'a@Example.ru' }).contact).toEqual({ email: 'a@example.ru' });
  });

  it.each<readonly [ExtractOptions, string, string]>([
    [{ organisation: '7707083894' }, 'inn-invalid', 'organisation'],
    [{ supplierDefault: '0' }, 'inn-invalid', 'supplierDefault'],
    [{ contactDefault: '' }, 'contact-empty', 'contactDefault'],
    [{ contactDefault: '12345' }, 'phone-country', 'contactDefault'],
  ])('that are wrong are refused before any line is read: %j', (options, rule, field) => {
    expect(fnsExtractReader(options)).toEqual(E.left({ rule, field }));
  });
});
