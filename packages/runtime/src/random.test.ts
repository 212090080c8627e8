import * as fc from 'fast-check';
import { seededRandom } from './random';
import type { Random } from './runtime';

const draw = (random: Random, times: number): ReadonlyArray<number> =>
  Array.from({ length: times }, () => random.next());

describe('seeded random numbers', () => {
  it('depend on the seed only', () => {
    fc.assert(
      fc.property(fc.string(), (a) => {
        expect(draw(seededRandom(a), 5)).toEqual(draw(seededRandom(a), 5));
      }),
    );
  });

  it('differ where seeds differ', () => {
    const firsts = Array.from({ length: 10_000 }, (_, seed) => seededRandom(String(seed)).next());
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it('stay the same for ever for a seed that was written down', () => {
    const random = seededRandom('cloud-kassa');
    expect(Array.from({ length: 5 }, () => random.integer(1_000_000))).toEqual([
      799770, 859933, 625592, 336114, 368008,
    ]);
  });

  it('lie in 0 <= x < 1 and 0 <= n < below', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (seed, below) => {
        const random = seededRandom(seed);
        const x = random.next();
        const n = random.integer(below);
        expect(x >= 0 && x < 1).toBe(true);
        expect(Number.isInteger(n) && n >= 0 && n < below).toBe(true);
      }),
    );
  });

  it.each([0, -1, 1.5, Number.NaN])('know no integer below %p', (below) => {
    expect(() => seededRandom('a').integer(below)).toThrow(RangeError);
  });

  it('are spread evenly', () => {
    const random = seededRandom('even');
    const counts = Array.from({ length: 6 }, () => 0);
    for (let i = 0; i < 60_000; i += 1) {
      const side = random.integer(6);
      counts[side] = (counts[side] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it('are spread evenly also below numbers that do not divide 2^32', () => {
    const random = seededRandom('remainder');
    const below = 3 * 2 ** 30;
    const low = Array.from({ length: 9_000 }, () => random.integer(below)).filter((n) => n < below / 3);
    expect(Math.abs(low.length - 3_000)).toBeLessThan(200);
  });

  it('are split by label: neither draws nor other splits move a part', () => {
    const one = seededRandom('s');
    const other = seededRandom('s');
    draw(other, 17);
    other.split('b').next();
    expect(draw(one.split('a'), 5)).toEqual(draw(other.split('a'), 5));
    expect(draw(one.split('a'), 5)).not.toEqual(draw(one.split('b'), 5));
    expect(draw(one.split('a').split('b'), 5)).not.toEqual(draw(one.split('ab'), 5));
  });
});
