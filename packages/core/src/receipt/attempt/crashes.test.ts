import type { Step } from './attempt.testing';
import {
  DONE,
  ask,
  asked,
  attemptAfter,
  intend,
  lost,
  notSent,
  resend,
  resumeHeld,
  send,
  takeOver,
} from './attempt.testing';
import { POISON_CRASHES } from './state';
import { WAYS } from './ways.testing';

const { ready } = WAYS;
const slow = { slowStart: true };
const crash = takeOver({ because: 'worker-restarted' });
const crashes = (count: number) => [
  intend(slow),
  crash,
  ...Array.from({ length: count - 1 }, () => [resend(slow), crash]).flat(),
];
const crashesAfter = (...steps: ReadonlyArray<Step>): number => attemptAfter(...ready, ...steps).crashes;

describe('a poisonous receipt', () => {
  it('attempt protocol, row 9: the third crash in a row in slow start puts it aside', () => {
    expect(POISON_CRASHES).toBe(3);
    expect([1, 2].map((count) => attemptAfter(...ready, ...crashes(count)).phase)).toEqual([
      'Unknown',
      'Unknown',
    ]);
    expect(attemptAfter(...ready, ...crashes(3))).toMatchObject({
      phase: 'Held',
      held: { reason: 'poison' },
      crashes: 3,
      epoch: 6,
      open: 3,
    });
  });

  it('attempt protocol, row 9: a crash counts only while the receipt is alone in flight', () => {
    const often = [1, 2, 3, 4, 5].flatMap(() => [resend(), crash]);
    expect(attemptAfter(...ready, intend(), crash, ...often)).toMatchObject({ phase: 'Unknown', crashes: 0 });
  });

  it('attempt protocol, row 9: a lease that ran out never counts by itself', () => {
    const often = [1, 2, 3, 4].flatMap(() => [resend(slow), takeOver()]);
    expect(attemptAfter(...ready, intend(slow), takeOver(), ...often)).toMatchObject({
      phase: 'Unknown',
      crashes: 0,
    });
    expect(crashesAfter(...crashes(2), resend(slow), takeOver())).toBe(2);
  });

  it.each([
    ['row 10', [resend(slow), send({ kind: 'accepted' })]],
    ['row 13', [resend(slow), send({ kind: 'refused-invalid', note: {} })]],
    ['row 15', [resend(slow), send(notSent)]],
    ['row 16', [resend(slow), send(lost)]],
    ['row 18', [ask({ kind: 'waiting' })]],
    ['row 21', [asked({ kind: 'failed', proof: 'proved', because: 'other', note: {} })]],
  ] as const)('attempt protocol, %s: any outcome ends the row of crashes', (_row, steps) => {
    expect(crashesAfter(...crashes(2))).toBe(2);
    expect(crashesAfter(...crashes(2), ...steps)).toBe(0);
  });

  it('attempt protocol, row 31: after a person has looked it begins anew', () => {
    expect(attemptAfter(...ready, ...crashes(3), resumeHeld())).toMatchObject({
      phase: 'Unknown',
      crashes: 0,
    });
    expect(attemptAfter(...ready, ...crashes(3), resumeHeld(), resend(slow), crash).phase).toBe('Unknown');
  });

  it('attempt protocol, row 34: a document that comes late is taken', () => {
    expect(attemptAfter(...ready, ...crashes(3), asked(DONE)).phase).toBe('Fiscalized');
  });
});
