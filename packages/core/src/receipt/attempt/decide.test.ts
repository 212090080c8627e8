import * as E from 'fp-ts/Either';
import { decideReceipt } from '../decide';
import type { Step } from './attempt.testing';
import {
  AMBIGUOUS,
  DONE,
  FAILED,
  accepted,
  alarm,
  amend,
  ask,
  asked,
  cancel,
  compensate,
  elsewhere,
  enqueue,
  holdForHorizon,
  holdWithoutHandle,
  intend,
  lost,
  notSent,
  play,
  postpone,
  refusedInvalid,
  refusedLater,
  rekey,
  resume,
  route,
  send,
  showDocument,
  showNothing,
  takeOver,
  twoResume,
  webhook,
} from './attempt.testing';
import type { AttemptPhase } from './phase';
import { QUEUE_STATUS_OF } from './phase';
import type { AttemptTrigger } from './table';
import { ATTEMPT_TABLE } from './table';
import type { Way } from './ways.testing';
import { WAYS, WAY_NAMES } from './ways.testing';

const STEPS: Readonly<Record<AttemptTrigger, Step>> = {
  route: route(),
  cancel,
  intend: intend(),
  failover: route(elsewhere),
  'horizon-passed': holdForHorizon(),
  'send:accepted': send(accepted),
  'send:exists': send({ kind: 'exists' }),
  'send:final': send({ kind: 'final', result: DONE }),
  'send:refused-invalid': send(refusedInvalid),
  'send:refused-later': send(refusedLater),
  'send:not-sent': send(notSent),
  'send:unknown': send(lost),
  'take-over': takeOver(),
  'ask:waiting': ask({ kind: 'waiting' }),
  'ask:done': asked(DONE),
  'ask:failed-proved': asked(FAILED),
  'ask:failed-ambiguous': asked(AMBIGUOUS),
  'ask:absent': ask({ kind: 'absent' }),
  'ask:unavailable': ask({ kind: 'unavailable' }),
  'no-way-to-ask': holdWithoutHandle(),
  rekey: rekey(),
  'release-amended': amend(),
  'release-resumed': twoResume,
  'evidence-of-document': showDocument(),
  'evidence-of-none': showNothing(),
  webhook,
  compensated: compensate(),
  deadline: alarm(50),
  postpone: postpone(),
  resume,
};

const TRIGGERS = Object.keys(STEPS) as ReadonlyArray<AttemptTrigger>;

/** One command routes and reroutes: in Ready it is a failover, anywhere else a route. */
const isGiven = (phase: AttemptPhase, trigger: AttemptTrigger): boolean =>
  phase === 'Ready' ? trigger !== 'route' : trigger !== 'failover';

const hasRow = (phase: AttemptPhase, trigger: AttemptTrigger): boolean =>
  ATTEMPT_TABLE.some((row) => row.trigger === trigger && row.from.includes(phase));

const answers = (way: Way, wanted: (phase: AttemptPhase, trigger: AttemptTrigger) => boolean) => {
  const receipt = play(...WAYS[way]);
  const { phase } = receipt.attempt;
  return TRIGGERS.filter((trigger) => isGiven(phase, trigger) && wanted(phase, trigger)).map((trigger) => ({
    phase,
    trigger,
    answer: decideReceipt(STEPS[trigger](receipt), receipt),
  }));
};

describe('the attempt protocol', () => {
  it.each(WAY_NAMES)('reaches the phase by commands: %s', (way) => {
    const [word = ''] = way.split(/[ ,]/);
    const phase = word === 'registered' ? 'accepted' : word;
    expect(play(...WAYS[way]).attempt.phase.toLowerCase()).toBe(phase);
  });

  it('has a way to every phase', () => {
    const phases = new Set(WAY_NAMES.map((way) => play(...WAYS[way]).attempt.phase));
    expect([...phases].toSorted()).toEqual(Object.keys(QUEUE_STATUS_OF).toSorted());
  });

  it.each(WAY_NAMES)('attempt protocol: what is not in the table is forbidden (%s)', (way) => {
    for (const { phase, trigger, answer } of answers(way, (at, on) => !hasRow(at, on))) {
      // A cancelled receipt is cancelled: the command repeats what holds.
      const expected =
        phase === 'Cancelled' && trigger === 'cancel'
          ? E.right([])
          : E.left({
              rule: 'transition-forbidden',
              field: 'phase',
              detail: { state: phase, event: trigger },
            });
      expect({ trigger, answer }).toEqual({ trigger, answer: expected });
    }
  });

  it.each(WAY_NAMES)('attempt protocol: where the table has a row, a refusal says why (%s)', (way) => {
    const silent = answers(way, hasRow).filter(
      ({ answer }) => E.isLeft(answer) && answer.left.rule === 'transition-forbidden',
    );
    expect(silent).toEqual([]);
  });

  it('a receipt enters the queue once, and not after it was cancelled', () => {
    const registered = play();
    expect(decideReceipt(enqueue(registered), registered)).toEqual(
      E.right([{ type: 'receipt.Enqueued', data: { at: expect.any(String) as string } }]),
    );
    for (const way of ['accepted', 'fiscalized', 'cancelled'] as const) {
      const receipt = play(...WAYS[way]);
      expect(decideReceipt(enqueue(receipt), receipt)).toEqual(E.right([]));
    }
    const cancelled = play(cancel);
    expect(decideReceipt(enqueue(cancelled), cancelled)).toEqual(
      E.left({
        rule: 'transition-forbidden',
        field: 'phase',
        detail: { state: 'Cancelled', event: 'enqueue' },
      }),
    );
  });

  it('a route to where the receipt is routed already changes nothing', () => {
    const receipt = play(...WAYS['ready, one of two sends void']);
    expect(decideReceipt(route()(receipt), receipt)).toEqual(E.right([]));
  });

  it('the queue status as 1C knows it: new, fiscalizing, fiscalized, error, cancelled', () => {
    const statuses = WAY_NAMES.map((way) => QUEUE_STATUS_OF[play(...WAYS[way]).attempt.phase]);
    expect(new Set(statuses)).toEqual(new Set(['new', 'fiscalizing', 'fiscalized', 'error', 'cancelled']));
    expect(QUEUE_STATUS_OF).toMatchObject({
      Accepted: 'new',
      Ready: 'new',
      Retired: 'fiscalizing',
      Held: 'error',
      Disputed: 'error',
    });
  });
});
