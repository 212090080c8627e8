import { PLANTED_MISTAKES } from './world/planted';
import { simulate } from './world/simulate';

/** How many histories a planted mistake may need to be found in. */
const HISTORIES = 40;

describe('the simulator', () => {
  it('takes the same course for the same seed, whatever way promises run dry', async () => {
    const [first, again, portable] = [
      await simulate({ seed: 'same', drain: 'fast' }),
      await simulate({ seed: 'same', drain: 'fast' }),
      await simulate({ seed: 'same', drain: 'portable' }),
    ];
    expect(again.trace).toBe(first.trace);
    expect(portable.trace).toBe(first.trace);
  });

  it('takes another course for another seed', async () => {
    const [one, other] = [
      await simulate({ seed: 'one', drain: 'fast' }),
      await simulate({ seed: 'other', drain: 'fast' }),
    ];
    expect(one.trace).not.toBe(other.trace);
  });

  it('brings every receipt to its one end in histories full of faults', async () => {
    for (let number = 0; number < 10; number += 1) {
      const report = await simulate({ seed: `test-${number}`, drain: 'fast' });
      expect(report.findings).toEqual([]);
      expect(report.receipts).toBeGreaterThan(30);
      expect(report.faultCount).toBeGreaterThan(0);
    }
  });
});

describe('a mistake planted into the real code is found', () => {
  it.each(PLANTED_MISTAKES.map((mistake) => [mistake.name, mistake] as const))(
    '%s',
    async (_name, { sabotage }) => {
      const findings = [];
      for (let number = 0; number < HISTORIES && findings.length === 0; number += 1) {
        const report = await simulate({ seed: `planted-${number}`, drain: 'fast', sabotage });
        findings.push(...report.findings);
      }
      expect(findings).not.toEqual([]);
    },
  );
});
