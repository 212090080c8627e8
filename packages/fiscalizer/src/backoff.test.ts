import { seededRandom } from '@cloud-kassa/runtime';
import * as fc from 'fast-check';
import { pauseOf } from './backoff';

describe('pause between tries (full jitter)', () => {
  it('lies between the floor and the doubled base, and never above the cap', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.string(), (tries, seed) => {
        const pause = pauseOf({ baseMs: 1_000, capMs: 300_000, floorMs: 100 }, tries, seededRandom(seed));
        expect(Number.isInteger(pause)).toBe(true);
        expect(pause).toBeGreaterThanOrEqual(100);
        expect(pause).toBeLessThanOrEqual(Math.max(100, Math.min(300_000, 1_000 * 2 ** tries)));
      }),
    );
  });

  it('spreads: two receipts that failed together do not come back together', () => {
    const random = seededRandom('two');
    const settings = { baseMs: 60_000, capMs: 300_000, floorMs: 0 };
    expect(pauseOf(settings, 1, random)).not.toBe(pauseOf(settings, 1, random));
  });
});
