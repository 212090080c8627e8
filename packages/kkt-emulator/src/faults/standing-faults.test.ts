import { seededRandom } from '../seeded-random';
import type { HttpFault, HttpMatch } from './http-fault';
import { standingFrom, strike } from './standing-faults';
import type { HttpSubject, StandingFaults } from './standing-faults';

const submit: HttpSubject = { operation: 'submit', group: 'g', key: 'k', layer: 'outer' };
const fault = (when: HttpMatch, times?: number): HttpFault => ({
  do: 'reset-after',
  when,
  ...(times === undefined ? {} : { times }),
});
const standing = (...faults: ReadonlyArray<HttpFault>): StandingFaults => ({
  faults: faults.map((each) => standingFrom(each, 1000)),
  random: seededRandom([1, 2, 3, 4]),
});

/** Which of the faults strikes each of the subjects, one after another; -1 for none. */
const course = (
  from: StandingFaults,
  subjects: ReadonlyArray<HttpSubject>,
  now = 1000,
): ReadonlyArray<number> => {
  let state = from;
  return subjects.map((subject) => {
    const struck = strike(state, subject, now);
    state = struck.standing;
    return from.faults.findIndex((each) => each.fault === struck.fired);
  });
};

test.each<[HttpMatch, HttpSubject, boolean]>([
  [{}, submit, true],
  [{ operation: 'submit' }, submit, true],
  [{ operation: 'status' }, submit, false],
  [{ group: 'g', key: 'k' }, submit, true],
  [{ group: 'other' }, submit, false],
  [{ key: 'other' }, submit, false],
  [{ key: 'k' }, { layer: 'outer' }, false],
  [{ layer: 'inner' }, submit, false],
  [{}, { ...submit, layer: 'inner' }, false],
  [{ layer: 'inner' }, { ...submit, layer: 'inner' }, true],
])('%j strikes %j: %p', (when, subject, strikes) => {
  expect(course(standing(fault(when)), [subject])).toEqual([strikes ? 0 : -1]);
});

test('the n-th request that fits is struck, once', () => {
  const status: HttpSubject = { operation: 'status', layer: 'outer' };
  expect(
    course(standing(fault({ operation: 'submit', nth: 2 })), [submit, status, submit, submit, submit]),
  ).toEqual([-1, -1, 0, -1, -1]);
});

test('without end, or so many times', () => {
  expect(course(standing(fault({})), [submit, submit, submit])).toEqual([0, 0, 0]);
  expect(course(standing(fault({}, 2)), [submit, submit, submit])).toEqual([0, 0, -1]);
});

test('the first that is due wins; the others count the request', () => {
  const state = standing(fault({ nth: 2 }), fault({ nth: 1 }), fault({ nth: 3 }));
  expect(course(state, [submit, submit, submit])).toEqual([1, 0, 2]);
});

test('only within its window', () => {
  const state = standing(fault({ from: 100, until: 200 }));
  for (const [now, strikes] of [
    [1099, -1],
    [1100, 0],
    [1199, 0],
    [1200, -1],
  ] as const)
    expect(course(state, [submit], now)).toEqual([strikes]);
});

test('with a probability it is drawn from the seed', () => {
  const many = Array.from({ length: 5000 }, () => submit);
  const struck = course(standing(fault({ probability: 0.2 })), many).filter((index) => index === 0);
  expect(Math.abs(struck.length / 5000 - 0.2)).toBeLessThan(0.02);
  expect(course(standing(fault({ probability: 0.2 })), many)).toEqual(
    course(standing(fault({ probability: 0.2 })), many),
  );
});
