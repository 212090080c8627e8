import * as E from 'fp-ts/Either';
import { MEASURES, readOptions } from './options';
import { FULL, QUICK } from './sizes';

describe('the flags of the benchmarks', () => {
  it('are all measures at their full size where there are none', () => {
    expect(readOptions([])).toEqual(
      E.right({ json: false, help: false, sizes: FULL, seed: 'bench', measures: MEASURES }),
    );
  });

  it('choose measures, sizes and a seed', () => {
    const flags = ['--quick', '--json', '--only', 'replay', '--replay-events', '77', '--seed', 'other'];
    expect(readOptions(flags)).toEqual(
      E.right({
        json: true,
        help: false,
        sizes: { ...QUICK, replayEvents: 77 },
        seed: 'other',
        measures: ['replay'],
      }),
    );
  });

  it.each([
    [['--only', 'nothing'], /^--only/],
    [['--rounds', '0'], /^--rounds/],
    [['--receipts', 'many'], /^--receipts/],
    [['--fast'], /--fast/],
  ])('are refused where they mean nothing: %j', (flags, why) => {
    expect(readOptions(flags)).toEqual(E.left(expect.stringMatching(why)));
  });
});
