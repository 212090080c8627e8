import { MARKING_CHECK_LIST, MARKING_PRINTS, markingPrint } from './marking-status';

describe('result of checking marked goods (tag 2106)', () => {
  it('E62: 15 prints [М+]; 5, the drive negative or the status bad, prints [М-]', () => {
    expect(markingPrint(15)).toBe('[М+]');
    expect(markingPrint(5)).toBe('[М-]');
  });

  it.each([0, 3, 16, 19])('%s, nothing bad but not fully checked, prints [М]', (check) => {
    expect(markingPrint(check)).toBe('[М]');
  });

  it('a check that the drive or the marking system found negative prints [М-]', () => {
    const negative = MARKING_CHECK_LIST.filter((check) => {
      const driveNegative = (check & 0b00011) === 0b00001;
      const statusNegative = (check & 0b01100) === 0b00100;
      return driveNegative || statusNegative;
    });
    expect(negative).toEqual([1, 5, 7, 17]);
    expect(MARKING_CHECK_LIST.filter((check) => MARKING_PRINTS[check] === '[М-]')).toEqual(negative);
  });

  it.each([2, 4, 6, 8, 14, 18, 31, -1])('%s does not occur', (check) => {
    expect(markingPrint(check)).toBeUndefined();
  });
});
