import { median, medianRatio } from './median';

describe('the median', () => {
  it('is the middle value, whatever the order', () => {
    expect(median([9, 1, 4])).toBe(4);
    expect(median([4])).toBe(4);
  });

  it('is the mean of the two in the middle', () => {
    expect(median([8, 1, 2, 4])).toBe(3);
  });

  it('is not a number where nothing was measured', () => {
    expect(median([])).toBeNaN();
  });

  it('of ratios is taken within the rounds', () => {
    expect(medianRatio([10, 100, 20], [5, 50, 40])).toBe(2);
  });
});
