import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';

import { firstRefusal } from './codec-refusal';
import { KopecksCodec } from './money';
import { QuantityCodec } from './quantity';
import { exactRecordCodec, recordCodec } from './record-codec';

/** Changes its value both ways, as a codec with another stored form does. */
const Upper = new t.Type<string, string>(
  'Upper',
  (input): input is string => typeof input === 'string' && input === input.toUpperCase(),
  (input, context) =>
    typeof input === 'string' ? t.success(input.toUpperCase()) : t.failure(input, context),
  (value) => value.toLowerCase(),
);

const required = { price: KopecksCodec, name: t.string };
const optional = { quantity: QuantityCodec, label: Upper };
const Line = recordCodec('Line', required, optional);
const ExactLine = exactRecordCodec('ExactLine', required, optional);
const Order = recordCodec('Order', { lines: t.readonlyArray(Line), main: Line });

const refusalOf = (result: t.Validation<unknown>) =>
  E.isLeft(result) ? firstRefusal(result.left) : 'accepted';
const own = (key: string, value: unknown): object =>
  JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)}}`) as object;

describe.each([
  ['recordCodec', Line],
  ['exactRecordCodec', ExactLine],
])('%s', (_name, codec) => {
  it('returns an input that needs no change as it is', () => {
    const input = { price: 1, name: 'x', quantity: '1.5' };
    const result = codec.decode(input);
    expect(E.isRight(result) && result.right).toBe(input);
    expect(codec.is(input)).toBe(true);
  });

  it('drops an optional key that is present with undefined, and leaves the input alone', () => {
    const input = { price: 1, name: 'x', quantity: undefined };
    const result = codec.decode(input);
    expect(result).toStrictEqual(E.right({ price: 1, name: 'x' }));
    expect(Object.keys(input)).toContain('quantity');
    expect(codec.is(input)).toBe(false);
  });

  it.each([
    [{ name: 'x' }, 'price', 'Kopecks'],
    [{ price: undefined, name: 'x' }, 'price', 'Kopecks'],
    [{ price: null, name: 'x' }, 'price', 'Kopecks'],
    [{ price: 0.5, name: 'x' }, 'price', 'Kopecks'],
    [{ price: 1 }, 'name', 'string'],
    [{ price: 1, name: 'x', quantity: '1.0' }, 'quantity', 'Quantity'],
    [{ price: 1, name: 'x', quantity: null }, 'quantity', 'Quantity'],
  ])('%j is refused at %s: %s', (input, path, expected) => {
    expect(refusalOf(codec.decode(input))).toEqual({ path, expected });
    expect(codec.is(input)).toBe(false);
  });

  it.each([
    [null],
    [undefined],
    [1],
    ['x'],
    [true],
    [[]],
    [[{ price: 1, name: 'x' }]],
    [new Date(0)],
    [new Map()],
    [() => 1],
  ])('is not %p', (input) => {
    expect(refusalOf(codec.decode(input))).toEqual({ path: '', expected: codec.name });
    expect(codec.is(input)).toBe(false);
  });

  it('sees own keys only', () => {
    expect(refusalOf(codec.decode(Object.create({ price: 1, name: 'x' })))).not.toBe('accepted');
    const Inherited = recordCodec('Inherited', { constructor: t.Function });
    expect(refusalOf(Inherited.decode({}))).toEqual({ path: 'constructor', expected: 'Function' });
    expect(E.isRight(codec.decode(Object.assign(Object.create(null), { price: 1, name: 'x' })))).toBe(true);
  });

  it('changes what its fields change, in a copy, and back', () => {
    const input = { price: 1, name: 'x', label: 'abc' };
    const result = codec.decode(input);
    expect(result).toStrictEqual(E.right({ price: 1, name: 'x', label: 'ABC' }));
    expect(input.label).toBe('abc');
    expect(E.isRight(result) && codec.encode(result.right)).toStrictEqual(input);
  });

  it('leaves undefined out when it encodes', () => {
    const value = { price: 1, name: 'x', quantity: undefined, label: undefined } as unknown as t.TypeOf<
      typeof codec
    >;
    expect(codec.encode(value)).toStrictEqual({ price: 1, name: 'x' });
  });
});

describe('unknown keys', () => {
  const input = { price: 1, name: 'x', added: { by: 'a newer writer' } };

  it('stored records keep them, decoding and encoding', () => {
    const result = Line.decode({ ...input, label: 'a' });
    expect(result).toStrictEqual(E.right({ ...input, label: 'A' }));
    expect(E.isRight(result) && Line.encode(result.right)).toStrictEqual({ ...input, label: 'a' });
  });

  it('edges refuse them and name the key', () => {
    expect(refusalOf(ExactLine.decode(input))).toEqual({ path: 'added', expected: 'no such key' });
    expect(ExactLine.is(input)).toBe(false);
    expect(refusalOf(ExactLine.decode({ price: 1, name: 'x', added: undefined }))).toEqual({
      path: 'added',
      expected: 'no such key',
    });
  });

  it('edges leave them out when they encode', () => {
    expect(ExactLine.encode(input as unknown as t.TypeOf<typeof ExactLine>)).toStrictEqual({
      price: 1,
      name: 'x',
    });
  });

  it('a key __proto__ in the text of a document is a key like any other', () => {
    const hostile = { ...own('__proto__', { price: 1, name: 'x' }) };
    expect(refusalOf(Line.decode(hostile))).toEqual({ path: 'price', expected: 'Kopecks' });
    const kept = Line.decode({ ...hostile, price: 1, name: 'x', quantity: undefined });
    expect(E.isRight(kept) && Object.getPrototypeOf(kept.right)).toBe(Object.prototype);
    expect(refusalOf(ExactLine.decode({ ...hostile, price: 1, name: 'x' }))).not.toBe('accepted');
  });
});

describe('errors of record codecs', () => {
  const SECRET = 'secret-79161234567';
  const holds = (value: unknown): boolean => {
    if (value === SECRET) return true;
    if (typeof value !== 'object' || value === null) return false;
    return Object.values(value).some(holds);
  };

  it('hold the refused value nowhere', () => {
    const inputs = [
      { price: SECRET, name: 'x' },
      { price: 1, name: 'x', quantity: SECRET },
      { name: SECRET },
      { price: 1, name: [SECRET] },
      SECRET,
    ];
    const orders = [{ lines: [SECRET] }, { lines: SECRET }, { lines: [{ price: SECRET }] }];
    const cases: ReadonlyArray<readonly [t.Mixed, ReadonlyArray<unknown>]> = [
      [Line, inputs],
      [ExactLine, inputs],
      [Order, orders],
      [recordCodec('Amounts', { amounts: t.readonlyArray(KopecksCodec) }), [{ amounts: [SECRET] }]],
    ];
    for (const [codec, refusable] of cases) {
      for (const input of refusable) {
        const result = codec.decode(input);
        expect(
          E.isLeft(result) &&
            result.left.map((error) => holds([error.value, ...error.context.map(({ actual }) => actual)])),
        ).toEqual([false]);
      }
    }
  });

  it('give the dotted path through lists and records', () => {
    const good = { price: 1, name: 'x' };
    expect(refusalOf(Order.decode({ lines: [good, { ...good, price: -1 }], main: good }))).toEqual({
      path: 'lines.1.price',
      expected: 'Kopecks',
    });
    expect(refusalOf(Order.decode({ lines: [], main: { ...good, name: 1 } }))).toEqual({
      path: 'main.name',
      expected: 'string',
    });
  });

  it('stop at the first field refused', () => {
    const result = Line.decode({ price: -1, name: 1 });
    expect(E.isLeft(result) && result.left).toHaveLength(1);
  });
});

describe('round trips', () => {
  const values = fc.record(
    {
      price: fc.integer({ min: 0, max: 1_000_000 }),
      name: fc.string(),
      quantity: fc.integer({ min: 1, max: 1000 }).map(String),
      label: fc
        .string()
        .map((text) => text.toLowerCase())
        .filter((text) => text.toUpperCase().toLowerCase() === text),
    },
    { requiredKeys: ['price', 'name'], noNullPrototype: true },
  );

  property.prop([values])('what is decoded encodes to what it came from', (value) => {
    for (const codec of [Line, ExactLine]) {
      const decoded = codec.decode(JSON.parse(JSON.stringify(value)));
      if (E.isLeft(decoded)) throw new Error(firstRefusal(decoded.left).path);
      expect(codec.is(decoded.right)).toBe(true);
      expect(codec.encode(decoded.right)).toStrictEqual(value);
    }
  });

  property.prop([
    fc.record(
      { price: fc.jsonValue(), name: fc.jsonValue(), quantity: fc.jsonValue(), other: fc.jsonValue() },
      { requiredKeys: [] },
    ),
  ])('never throws, and agrees with itself', (input) => {
    for (const codec of [Line, ExactLine]) {
      const decoded = codec.decode(input);
      expect(E.isRight(decoded)).toBe(codec.is(input));
    }
  });
});
