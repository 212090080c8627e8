import * as E from 'fp-ts/Either';

import { firstRefusal } from './codec-refusal';
import { literalCodec } from './guarded-codec';

describe('a codec of literals', () => {
  const Colour = literalCodec(['red', 'green'], 'Colour');
  const Small = literalCodec([0, 1, 2], 'Small');

  it('accepts its literals as they are', () => {
    expect(Colour.decode('red')).toEqual(E.right('red'));
    expect(Small.decode(0)).toEqual(E.right(0));
    expect(Small.encode(2)).toBe(2);
  });

  it('accepts nothing else: no other type, no negative zero, no inherited name', () => {
    for (const input of ['blue', '', 'toString', '__proto__', 0, null, undefined, ['red']])
      expect(Colour.is(input)).toBe(false);
    for (const input of [-0, 3, '0', 0.5, Number.NaN, true, 0n]) expect(Small.is(input)).toBe(false);
  });

  it('refuses with its name', () => {
    const result = Colour.decode('secret');
    expect(E.isLeft(result) && firstRefusal(result.left)).toEqual({ path: '', expected: 'Colour' });
  });
});
