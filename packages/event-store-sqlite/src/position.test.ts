import { comparePositions, positionOf, rowAt } from './position';

describe('positions of a SQLite store', () => {
  it('are the rows in commit order, 0 for the start', () => {
    expect(positionOf(12)).toBe('12');
    expect(rowAt('12')).toBe(12);
    expect(rowAt('0')).toBe(0);
  });

  it.each(['', '-1', '01', '1.5', ' 1', '1e3', '9007199254740992', '99999999999999999', 'no position'])(
    'are not %p',
    (text) => {
      expect(rowAt(text)).toBeUndefined();
      expect(comparePositions(text, '1')).toBeUndefined();
      expect(comparePositions('1', text)).toBeUndefined();
    },
  );

  it('are compared as numbers', () => {
    expect(comparePositions('9', '10')).toBe(-1);
    expect(comparePositions('10', '9')).toBe(1);
    expect(comparePositions('10', '10')).toBe(0);
  });
});
