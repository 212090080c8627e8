import { fc, test as property } from '@fast-check/jest';
import { comparePlaces, comparePositions, parsePosition, positionOf, START } from './position';

const number = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
const place = fc.record({ commit: number, prepare: number });

describe('a position', () => {
  property.prop([place])('pitfall 9: keeps both numbers, beyond 2^53 as well', (given) => {
    expect(parsePosition(positionOf(given))).toEqual(given);
  });

  property.prop([place, place])('is compared by commit, then by prepare', (a, b) => {
    const expected =
      a.commit === b.commit
        ? Number(a.prepare > b.prepare) - Number(a.prepare < b.prepare)
        : a.commit > b.commit
          ? 1
          : -1;
    expect(comparePlaces(a, b)).toBe(expected);
    expect(comparePositions(positionOf(a), positionOf(b))).toBe(expected);
    expect(comparePositions(START, positionOf(a))).toBe(-1);
    expect(comparePositions(positionOf(a), START)).toBe(1);
  });

  it('is the start, before every event', () => {
    expect(parsePosition(START)).toBe(START);
    expect(comparePositions(START, START)).toBe(0);
    expect(comparePositions(START, '0/0')).toBe(-1);
  });

  it.each([
    '',
    '5',
    '1/',
    '/1',
    '01/1',
    '1/1/1',
    '-1/0',
    '18446744073709551615/18446744073709551615',
    '1/1\n',
    'Start',
  ])('%j is none', (text) => {
    expect(parsePosition(text)).toBeUndefined();
    expect(comparePositions(text, START)).toBeUndefined();
  });
});
