import { readFaultScript } from '@cloud-kassa/kkt-emulator';
import { seededRandom } from '@cloud-kassa/runtime';
import { ASSUMPTIONS, BREACHES } from './assumption';
import { HARMLESS_FAULTS } from './harmless-faults';

const DRAWS = Array.from({ length: 50 }, (_, index) => String(index));

it.each(HARMLESS_FAULTS)(
  '$name is a fault that breaks no assumption, however it is drawn',
  ({ name, draw }) => {
    for (const seed of DRAWS)
      // Without `breaksAssumptions` the emulator refuses what breaks one.
      expect([name, readFaultScript({ faults: draw(seededRandom(seed)) })]).toMatchObject([
        name,
        { _tag: 'Right' },
      ]);
  },
);

it('no kind of fault has the name of another one', () => {
  const names = HARMLESS_FAULTS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

it.each(ASSUMPTIONS)(
  '%s breaks an assumption: the emulator takes it only where that is meant',
  (assumption) => {
    const { faults } = BREACHES[assumption];
    expect(readFaultScript({ faults })).toMatchObject({
      _tag: 'Left',
      left: { rule: 'breaks-an-assumption' },
    });
    expect(readFaultScript({ faults, breaksAssumptions: true })._tag).toBe('Right');
  },
);
