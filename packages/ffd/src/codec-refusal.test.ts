import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';

import { firstRefusal } from './codec-refusal';
import { literalCodec } from './guarded-codec';
import { KopecksCodec } from './money';
import { exactRecordCodec, recordCodec } from './record-codec';

const refusal = (codec: t.Mixed, input: unknown) => {
  const result = codec.decode(input);
  if (E.isRight(result)) throw new Error('accepted');
  return firstRefusal(result.left);
};

describe('the first refusal of a decoding', () => {
  it('names the field and the codec', () => {
    expect(refusal(KopecksCodec, 'x')).toEqual({ path: '', expected: 'Kopecks' });
    expect(
      refusal(t.type({ a: t.array(t.type({ b: KopecksCodec })) }), { a: [{ b: 1 }, { b: -1 }] }),
    ).toEqual({
      path: 'a.1.b',
      expected: 'Kopecks',
    });
  });

  it('leaves the positions inside intersections out', () => {
    const codec = t.intersection([t.type({ a: t.string }), t.type({ b: KopecksCodec })]);
    expect(refusal(codec, { a: 'x', b: -1 })).toEqual({ path: 'b', expected: 'Kopecks' });
  });

  it('names the union where no member speaks for it', () => {
    const codec = t.type({
      contact: t.union([t.type({ email: t.string }), t.type({ phone: t.string })], 'Contact'),
    });
    expect(refusal(codec, { contact: {} })).toEqual({ path: 'contact', expected: 'Contact' });
  });

  it('goes into the one member that a tag points to', () => {
    const codec = t.union([
      t.type({ kind: t.literal('cash'), sum: KopecksCodec }),
      t.type({ kind: t.literal('card'), sum: KopecksCodec }),
    ]);
    expect(refusal(codec, { kind: 'card', sum: -1 })).toEqual({ path: 'sum', expected: 'Kopecks' });
  });

  it('shows keys of a map only where they look like field names or positions', () => {
    const codec = t.record(t.string, KopecksCodec);
    expect(refusal(codec, { total: -1 }).path).toBe('total');
    for (const key of ['79161234567', 'a@b.example', '+7 916', 'x'.repeat(41), '']) {
      expect(refusal(codec, { [key]: -1 }).path).toBe('?');
    }
    expect(refusal(exactRecordCodec('Empty', {}), { 'a@b.example': 1 })).toEqual({
      path: '?',
      expected: 'no such key',
    });
  });

  it('is data even without errors', () => {
    expect(firstRefusal([])).toEqual({ path: '', expected: 'unknown' });
  });

  const Any = recordCodec(
    'Any',
    { a: KopecksCodec, b: t.union([t.number, literalCodec(['x'], 'X')]) },
    { c: t.array(t.record(t.string, t.boolean)) },
  );

  property.prop([fc.stringMatching(/^§[^"\\]{8,40}$/)])('never holds the value', (secret) => {
    const inputs = [
      secret,
      { a: secret },
      { a: 1, b: secret },
      { a: 1, b: 1, c: secret },
      { a: 1, b: 1, c: [{ [secret]: secret }] },
    ];
    for (const input of inputs) expect(JSON.stringify(refusal(Any, input))).not.toContain('§');
  });
});
