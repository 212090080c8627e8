import { panReport } from './pan-report';

const CLEAN = `
(Spin Version 6.5.2 -- 6 December 2019)
	invalid end states	+

State-vector 68 byte, depth reached 135, errors: 0
  1656162 states, stored
Stats on memory usage (in Megabytes):
  200.235	total actual memory usage
unreached in proctype worker
	attempt.pml:292, state 48, "assert((st==Unknown))"
	attempt.pml:292, state 49, "st = Intended"
	(2 of 359 states)

pan: elapsed time 3.43 seconds
`;

const violation = (assertion: string): string =>
  `pan:1: assertion violated ${assertion} (at depth 25)\npan: wrote attempt.pml.trail\nState-vector 68 byte, depth reached 43, errors: 1\n`;

describe('what pan printed', () => {
  it('is read as a clean search with its figures', () => {
    expect(panReport(CLEAN)).toEqual({
      verdict: 'clean',
      states: 1_656_162,
      seconds: 3.43,
      megabytes: 200.235,
      unreached: [
        { line: 292, text: 'assert((st==Unknown))' },
        { line: 292, text: 'st = Intended' },
      ],
    });
  });

  it.each([
    ['(prints==1)', 'double'],
    ['((prints==0)||(st!=2))', 'document after cancel'],
    ['(prints>0)', 'phantom document'],
    ['(pver==ver)', 'wrong payload'],
    ['intent[g]', 'unrecorded send'],
  ])('names the violation of %s', (assertion, verdict) => {
    expect(panReport(violation(assertion)).verdict).toBe(verdict);
  });

  it('names an endless course', () => {
    expect(panReport('pan:1: acceptance cycle (at depth 97)\nerrors: 1\n').verdict).toBe('never ends');
  });

  it.each([
    ['an assertion it does not know', violation('(st==3)')],
    ['a search that ran out of memory', `pan: reached -DMEMLIM bound\n${CLEAN}`],
    ['a search that was not deep enough', `error: max search depth too small\n${CLEAN}`],
    ['a search that was broken off', `Warning: Search not completed\n${CLEAN}`],
    ['a deadlock', `pan:1: invalid end state (at depth 7)\nerrors: 1\n`],
    ['nothing at all', ''],
  ])('never takes %s for a clean search', (_name, output) => {
    expect(panReport(output).verdict).toHaveProperty('unexpected');
  });
});
