import * as E from 'fp-ts/Either';
import { ALARM_PERCENTS } from '../../policy/deadline-alarms';
import { decideReceipt } from '../decide';
import { DAY, NOW, later } from '../receipt.testing';
import type { Step } from './attempt.testing';
import {
  alarm,
  attemptAfter,
  cancel,
  enqueue,
  intend,
  play,
  postpone,
  resume,
  route,
} from './attempt.testing';
import type { Way } from './ways.testing';
import { WAYS } from './ways.testing';

const types = (step: Step, ...before: ReadonlyArray<Step>): ReadonlyArray<string> | string => {
  const receipt = play(...before);
  const decision = decideReceipt(step(receipt), receipt);
  return E.isLeft(decision) ? decision.left.rule : decision.right.map(({ type }) => type);
};

describe('the alarms of the legal deadline', () => {
  it('attempt protocol, row 39: each threshold once, in any order, and nothing else changes', () => {
    const { alarms, ...rest } = attemptAfter(
      ...WAYS.pending,
      alarm(80),
      alarm(50),
      alarm(80),
      alarm(100),
      alarm(50),
    );
    expect(alarms).toEqual([80, 50, 100]);
    const { alarms: _none, ...quiet } = attemptAfter(...WAYS.pending);
    expect(rest).toEqual(quiet);
  });

  it('attempt protocol, row 39: the thresholds are those of the policy', () => {
    for (const percent of ALARM_PERCENTS) expect(types(alarm(percent))).toEqual(['receipt.DeadlineAlarmed']);
    for (const percent of [0, 49, 101, Number.NaN]) expect(types(alarm(percent))).toBe('deadline-percent');
  });

  it('attempt protocol, row 39: after the last alarm the receipt still goes out, and stays where it is', () => {
    const steps = [enqueue, route(), alarm(50), alarm(80), alarm(100), intend({ now: later(2 * DAY) })];
    expect(attemptAfter(...steps)).toMatchObject({
      phase: 'Intended',
      generation: 0,
      alarms: [50, 80, 100],
      route: { domain: 'domain-1' },
    });
  });

  it.each(['fiscalized', 'cancelled', 'disputed'] satisfies ReadonlyArray<Way>)(
    'attempt protocol, row 39: no alarm where nothing is open (%s)',
    (way) => {
      expect(types(alarm(50), ...WAYS[way])).toBe('transition-forbidden');
    },
  );
});

describe('a postponed receipt', () => {
  it('attempt protocol, row 44: waits with its reason and, where it is known, until when', () => {
    expect(attemptAfter(postpone()).postponed).toEqual({ reason: 'policy' });
    expect(attemptAfter(postpone({ reason: 'no-device', until: later(DAY) })).postponed).toEqual({
      reason: 'no-device',
      until: later(DAY),
    });
  });

  it('attempt protocol, row 44: the same again changes nothing, another reason or date is kept', () => {
    expect(types(postpone({ now: later(DAY) }), postpone())).toEqual([]);
    expect(types(postpone({ reason: 'no-device' }), postpone())).toEqual(['receipt.Postponed']);
    expect(types(postpone({ until: NOW }), postpone())).toEqual(['receipt.Postponed']);
    expect(attemptAfter(postpone({ until: NOW }), postpone()).postponed).toEqual({ reason: 'policy' });
  });

  it('attempt protocol, rows 1 and 3: goes neither to a device nor out before it is resumed', () => {
    expect(types(route(), enqueue, postpone())).toBe('postponed');
    expect(types(intend({ now: later(2 * DAY) }), enqueue, route(), postpone({ until: NOW }))).toBe(
      'postponed',
    );
    expect(attemptAfter(enqueue, postpone(), resume, route())).not.toHaveProperty('postponed');
    expect(attemptAfter(enqueue, postpone(), resume, route(), intend()).phase).toBe('Intended');
  });

  it('may be postponed before it is in the queue, and cancelled while it waits', () => {
    expect(attemptAfter(postpone(), enqueue, resume, route()).phase).toBe('Ready');
    expect(attemptAfter(enqueue, postpone(), cancel)).not.toHaveProperty('postponed');
  });
});
