import { fc, test as property } from '@fast-check/jest';
import { recentPositions } from './recent-positions';

property.prop([fc.integer({ min: 1, max: 5 }), fc.nat(40)])(
  'the last positions are known, and no more than twice as many',
  (count, length) => {
    const recent = recentPositions(count);
    for (let position = 1; position <= length; position += 1) recent.add(String(position));
    for (let position = 1; position <= length; position += 1) {
      if (position > length - count) expect(recent.has(String(position))).toBe(true);
      if (position <= length - 2 * count) expect(recent.has(String(position))).toBe(false);
    }
    expect(recent.has('0')).toBe(false);
  },
);
