import { test as property } from '@fast-check/jest';
import * as fc from 'fast-check';
import { decidedAgain, unstorable } from '../../decider-laws.testing';
import { RECEIPT } from '../decide';
import { RECEIPT_EVENTS } from '../events';
import { attemptKeyOf } from '../identity';
import { CANARY, RECEIPT_ID } from '../receipt.testing';
import { ALL_RECEIPT_RULES } from '../rejections';
import type { Receipt } from '../state';
import { evolveReceipt } from '../state';
import { commandOf, wish, wishes } from './attempt.arbitrary';
import { ATTEMPT_EVENT_DEFINITIONS } from './events';
import type { Turn } from './lives.testing';
import { eventsOf, lifeFrom, lifeOf, startAt } from './lives.testing';
import { QUEUE_STATUS_OF } from './phase';
import { WAY_NAMES } from './ways.testing';

const start = fc.constantFrom(...WAY_NAMES);

const LAWS: ReadonlyArray<readonly [law: string, holds: (turn: Turn) => boolean]> = [
  [
    'I4: the generation grows by Rerouted and Rekeyed only, by one',
    ({ event, before, after }) =>
      after.generation ===
      before.generation + (event.type === 'receipt.Rerouted' || event.type === 'receipt.Rekeyed' ? 1 : 0),
  ],
  [
    'I4: the key is always that of receipt, domain and generation',
    ({ after: { route, generation } }) =>
      route === undefined || route.key === attemptKeyOf(RECEIPT_ID, route.domain, generation),
  ],
  [
    'I4: a send is authorised under the present key, and under no other',
    ({ event, before }) => event.type !== 'receipt.SendIntended' || event.data.key === before.route?.key,
  ],
  [
    'I4: a key is left only where all its sends were void, or the provider remembers it as failed',
    ({ event, before }) => {
      if (event.type === 'receipt.Rerouted') return before.open === 0;
      return (
        event.type !== 'receipt.Rekeyed' || before.phase === 'Retired' || before.held?.reason === 'rejected'
      );
    },
  ],
  [
    'I5: Fiscalized and Cancelled become nothing but Disputed, and Disputed nothing at all',
    ({ before, after }) => {
      if (before.phase === 'Disputed') return after.phase === 'Disputed';
      const isOver = before.phase === 'Fiscalized' || before.phase === 'Cancelled';
      return !isOver || after.phase === before.phase || after.phase === 'Disputed';
    },
  ],
  [
    'I6: epochs strictly grow with every intent and take-over, and only with these',
    ({ event, before, after }) =>
      after.epoch ===
      before.epoch + (event.type === 'receipt.SendIntended' || event.type === 'receipt.TakenOver' ? 1 : 0),
  ],
  [
    'I7: the domain changes with no send unaccounted for, or after the key was retired',
    ({ before, after }) =>
      before.route?.domain === after.route?.domain || before.open === 0 || before.phase === 'Retired',
  ],
  [
    'I8: nothing is cancelled while a send is unaccounted for',
    ({ event, before }) => event.type !== 'receipt.Cancelled' || before.open === 0,
  ],
  [
    'sends unaccounted for grow by one with an intent, and never shrink but by proof',
    ({ event, before, after }) => {
      switch (event.type) {
        case 'receipt.SendIntended':
          return after.open === before.open + 1;
        case 'receipt.SendVoided':
        case 'receipt.Refused':
          return after.open === before.open - 1;
        case 'receipt.KeyRetired':
          return after.open === 0;
        default:
          return after.open === before.open;
      }
    },
  ],
  ['sends unaccounted for are never less than none', ({ after }) => after.open >= 0],
  [
    'the horizon is measured exactly while a send is unaccounted for',
    ({ after }) => (after.firstIntentAt !== undefined) === after.open > 0,
  ],
  [
    'a held receipt has a reason, and no other has one',
    ({ after }) => (after.phase === 'Held') === (after.held !== undefined),
  ],
  [
    'a fiscalized receipt names its document, and keeps it',
    ({ before, after }) =>
      (after.phase !== 'Fiscalized' || after.document !== undefined) &&
      (before.document === undefined || after.document === before.document),
  ],
];

describe('the attempt protocol in any life of a receipt', () => {
  describe.each(LAWS)('%s', (_law, holds) => {
    property.prop([start, wishes], { numRuns: 100 })('from any state on', (way, wanted) => {
      expect(lifeOf(way, wanted).turns.filter((turn) => !holds(turn))).toEqual([]);
    });
  });

  property.prop([start, wishes], { numRuns: 100 })(
    'one key, one content: another payload only after a person amended it with nothing unaccounted for',
    (way, wanted) => {
      const payloads = new Map<string, string>();
      const broken = lifeOf(way, wanted).turns.filter(({ event, before }) => {
        if (event.type === 'receipt.Released' && event.data.how === 'amended') {
          payloads.delete(before.route?.key ?? '');
          return before.open > 0;
        }
        if (event.type !== 'receipt.SendIntended') return false;
        const { key, payloadHash } = event.data;
        const known = payloads.get(key) ?? payloadHash;
        payloads.set(key, payloadHash);
        return known !== payloadHash;
      });
      expect(broken).toEqual([]);
    },
  );
});

describe('the receipt as a decider', () => {
  property.prop([start, wishes], { numRuns: 120 })(
    'answers every command, with events that codecs read back and canonical JSON can hold',
    (way, wanted) => {
      expect(unstorable(RECEIPT_EVENTS, eventsOf(lifeOf(way, wanted)))).toEqual([]);
    },
  );

  property.prop([start, wishes, wish], { numRuns: 300 })(
    'a command decided twice changes nothing the second time: it is refused or has nothing to do',
    (way, wanted, next) => {
      const { receipt } = lifeOf(way, wanted);
      const second = decidedAgain(RECEIPT, commandOf(next, receipt), receipt);
      expect(Array.isArray(second) ? second : []).toEqual([]);
    },
  );

  property.prop([start, wishes], { numRuns: 120 })(
    'refuses by known rules, and never says whom it is about',
    (way, wanted) => {
      const { refusals } = lifeOf(way, wanted);
      expect(refusals.filter(({ rule }) => !Object.hasOwn(ALL_RECEIPT_RULES, rule))).toEqual([]);
      const text = JSON.stringify(refusals);
      for (const secret of [...Object.values(CANARY), 'Иванова', 'Петров'])
        expect(text).not.toContain(secret);
    },
  );

  const anyOrder = fc
    .tuple(start, wishes, start, wishes)
    .chain(([way, wanted, otherWay, others]) =>
      fc.shuffledSubarray([...eventsOf(lifeOf(way, wanted)), ...eventsOf(lifeOf(otherWay, others))]),
    );
  property.prop([start, anyOrder, wishes], { numRuns: 120 })(
    'is total on events left out, repeated and in any order',
    (way, events, wanted) => {
      const receipt = events.reduce(evolveReceipt, startAt(way) as Receipt | undefined) ?? startAt(way);
      expect(receipt.attempt.open).toBeGreaterThanOrEqual(0);
      expect(lifeFrom(receipt, wanted).receipt.receiptId).toBe(RECEIPT_ID);
      expect(events.reduce(evolveReceipt, undefined)).toBeUndefined();
    },
  );

  it('these lives go everywhere: every event, phase and reason of being held is seen', () => {
    const lives = fc.sample(fc.tuple(start, wishes), { numRuns: 400, seed: 54 });
    const turns = lives.flatMap(([way, wanted]) => lifeOf(way, wanted).turns);
    const seen = new Set<string>(turns.map(({ event }) => event.type));
    expect(Object.keys(ATTEMPT_EVENT_DEFINITIONS).filter((type) => !seen.has(type))).toEqual([]);
    const phases = new Set<string>(turns.map(({ after }) => after.phase));
    expect(Object.keys(QUEUE_STATUS_OF).filter((phase) => !phases.has(phase))).toEqual([]);
    const holds = new Set(turns.flatMap(({ after }) => after.held?.reason ?? []));
    expect([...holds].toSorted()).toEqual([
      'ambiguous',
      'exhausted',
      'horizon',
      'invalid',
      'no-handle',
      'poison',
      'rejected',
    ]);
  });
});
