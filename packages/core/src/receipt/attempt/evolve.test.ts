import * as E from 'fp-ts/Either';
import { decideReceipt } from '../decide';
import { attemptKeyOf } from '../identity';
import { CONTENT, HOUR, RECEIPT_ID, decided, later } from '../receipt.testing';
import {
  AMENDED,
  CONTENT_REFUSED,
  DIFFERING,
  DOCUMENT,
  DONE,
  FAILED,
  HORIZON,
  PAYLOAD,
  accepted,
  amend,
  ask,
  asked,
  attemptAfter,
  cancel,
  compensate,
  elsewhere,
  holdForHorizon,
  holdWithoutHandle,
  intend,
  lost,
  notSent,
  play,
  refusedInvalid,
  refusedLater,
  rekey,
  resend,
  resumeHeld,
  route,
  send,
  showNothing,
  takeOver,
  twoResume,
} from './attempt.testing';
import type { Way } from './ways.testing';
import { WAYS, WAY_NAMES } from './ways.testing';

const { ready, intended, unknown, pending, retired } = WAYS;
const at = (milliseconds: number) => ({ now: later(milliseconds) });
const openAfter = (way: Way): number => attemptAfter(...WAYS[way]).open;

describe('the account of authorised sends', () => {
  it.each([
    ['ready', 0],
    ['intended', 1],
    ['pending', 1],
    ['unknown', 1],
    ['unknown, taken over', 1],
    ['intended, one send unaccounted for', 2],
    ['intended, two crashes before', 3],
    ['ready, the only send void', 0],
    ['ready, one of two sends void', 1],
    ['held as invalid', 0],
    ['held as invalid, one send unaccounted for', 1],
    ['retired', 0],
    ['held as ambiguous', 1],
  ] as const)('attempt protocol, open: %s leaves %d unaccounted for', (way, open) => {
    expect(openAfter(way)).toBe(open);
  });

  it.each(WAY_NAMES)('measures the horizon only while a send is unaccounted for (%s)', (way) => {
    const { open, firstIntentAt } = attemptAfter(...WAYS[way]);
    expect(firstIntentAt === undefined).toBe(open === 0);
  });

  it('measures the horizon from the oldest send that is unaccounted for', () => {
    const first = attemptAfter(...ready, intend(at(HOUR)), send(lost), resend(at(2 * HOUR)), send(notSent));
    expect(first.firstIntentAt).toBe(later(HOUR));
    const again = attemptAfter(...ready, intend(at(HOUR)), send(refusedLater), intend(at(2 * HOUR)));
    expect(again.firstIntentAt).toBe(later(2 * HOUR));
    expect(again.lastIntentAt).toBe(later(2 * HOUR));
  });

  it.each([
    ['row 4', [...ready, intend(), send(refusedLater), route(elsewhere)], 'domain-2', 1],
    ['row 27', [...retired, rekey(elsewhere)], 'domain-2', 1],
    ['row 43', [...WAYS['held as rejected'], amend()], 'domain-1', 1],
  ] as const)(
    'attempt protocol, %s: a new key begins with a clean account',
    (_row, steps, domain, generation) => {
      const attempt = attemptAfter(...steps);
      expect(attempt).toEqual({
        phase: 'Ready',
        enqueued: true,
        route: {
          deviceId: domain.replace('domain', 'device'),
          domain,
          key: attemptKeyOf(RECEIPT_ID, domain, generation),
          traceTag: 'tag',
        },
        generation,
        retirements: attempt.retirements,
        open: 0,
        epoch: 1,
        amendments: attempt.amendments,
        worker: 'worker-1/1',
        intendedInSlowStart: false,
        crashes: 0,
        contentRefused: false,
        alarms: [],
      });
    },
  );

  it('attempt protocol, row 30: the same key carries the amended content, and what was sent before is forgotten', () => {
    const receipt = play(...WAYS['held as invalid'], amend());
    expect(receipt.content).toEqual(AMENDED);
    expect(receipt.attempt).toMatchObject({ phase: 'Ready', amendments: 1 });
    expect(receipt.attempt).not.toHaveProperty('held');
    const again = attemptAfter(...WAYS['held as invalid'], amend(), intend({ payloadHash: 'b'.repeat(64) }));
    expect([again.payloadHash, again.route?.key, again.generation]).toEqual([
      'b'.repeat(64),
      attemptKeyOf(RECEIPT_ID, 'domain-1', 0),
      0,
    ]);
  });

  it('keeps the registered content beside the amended one', () => {
    const receipt = play(...WAYS['held as rejected'], amend());
    expect([receipt.content, receipt.registered]).toEqual([AMENDED, CONTENT]);
    expect(play(...ready)).not.toHaveProperty('registered');
    const twice = play(
      ...WAYS['held as rejected'],
      amend(),
      intend(),
      send(refusedInvalid),
      amend({ ...AMENDED, internet: true, place: { place: 'https://other.example.ru' } }),
    );
    expect(twice.registered).toEqual(CONTENT);
  });
});

describe('what the attempt remembers', () => {
  it('the intent: key, payload, worker and epoch before the first byte leaves', () => {
    expect(attemptAfter(...ready, intend({ ...at(HOUR), slowStart: true }))).toMatchObject({
      epoch: 1,
      worker: 'worker-1/1',
      payloadHash: PAYLOAD,
      firstIntentAt: later(HOUR),
      lastIntentAt: later(HOUR),
      intendedInSlowStart: true,
    });
  });

  it('the pause before the next send, until it is sent', () => {
    expect(attemptAfter(...intended, send(refusedLater))).toMatchObject({
      retryAt: refusedLater.retryAt,
      retryAfterMs: refusedLater.retryAfterMs,
    });
    const sent = attemptAfter(...intended, send(notSent), intend({ waitedMs: notSent.retryAfterMs }));
    expect(sent).not.toHaveProperty('retryAt');
    expect(sent).not.toHaveProperty('retryAfterMs');
  });

  it('the handle, and since when the provider has acknowledged', () => {
    expect(attemptAfter(...intended, send(accepted, at(HOUR)))).toMatchObject({
      handle: 'handle-1',
      acknowledgedAt: later(HOUR),
    });
    // An answer without a handle does not take away the one that is known.
    const again = attemptAfter(
      ...pending,
      ask({ kind: 'absent' }, at(HOUR)),
      ask({ kind: 'waiting' }, at(2 * HOUR)),
    );
    expect(again).toMatchObject({ handle: 'handle-1', acknowledgedAt: later(2 * HOUR) });
    const lagging = attemptAfter(...pending, ask({ kind: 'absent' }, at(HOUR)));
    expect([lagging.handle, lagging.acknowledgedAt]).toEqual(['handle-1', undefined]);
  });

  it('a new send has not been acknowledged, though a former one was', () => {
    const held = [...WAYS['pending without a handle'], holdWithoutHandle(at(HOUR))];
    expect(attemptAfter(...held, resumeHeld())).toHaveProperty('acknowledgedAt');
    expect(attemptAfter(...held, resumeHeld(), resend())).not.toHaveProperty('acknowledgedAt');
  });

  it('who took over, under a new epoch', () => {
    expect(attemptAfter(...intended, takeOver())).toMatchObject({ epoch: 2, worker: 'worker-2/1', open: 1 });
  });

  it('why it is held, until it is not', () => {
    expect(attemptAfter(...WAYS['held as invalid']).held).toEqual({ reason: 'invalid', code: 'E17' });
    expect(attemptAfter(...WAYS['held for the horizon']).held).toEqual({ reason: 'horizon' });
    const ways = [
      [...WAYS['held without a handle'], resumeHeld()],
      [...WAYS['held without a handle'], asked(DONE)],
      [...WAYS['held without a handle'], asked(DIFFERING)],
      [...WAYS['held as ambiguous'], showNothing()],
      [...WAYS['held as invalid'], cancel],
    ];
    for (const way of ways) expect(attemptAfter(...way)).not.toHaveProperty('held');
  });

  it('that the content was refused, until there is a new key', () => {
    expect(attemptAfter(...pending, asked(CONTENT_REFUSED)).contentRefused).toBe(true);
    expect(attemptAfter(...pending, asked(FAILED)).contentRefused).toBe(false);
  });

  it('the document, and whether its content was compared', () => {
    expect(attemptAfter(...pending, asked(DONE))).toMatchObject({ document: DOCUMENT, contentChecked: true });
    expect(attemptAfter(...pending, asked({ kind: 'done', document: DOCUMENT }))).toMatchObject({
      contentChecked: false,
    });
  });

  it('what a dispute is about, and by which receipt it was made good', () => {
    expect(attemptAfter(...WAYS.disputed).disputed).toEqual({
      found: [DOCUMENT],
      differences: ['settlementSign'],
    });
    const compensated = play(...WAYS.disputed, compensate('receipt-7'));
    expect(compensated.attempt.compensatedBy).toBe('receipt-7');
    expect(decided(compensate('receipt-7')(compensated), compensated)).toEqual([]);
    expect(decided(compensate('receipt-8')(compensated), compensated)).toHaveLength(1);
  });
});

describe('two persons beyond the horizon', () => {
  it('attempt protocol, row 47: measured from the last send, which may still be on its way', () => {
    const twice = [...unknown, resend(at(HOUR)), send(lost), holdForHorizon()];
    const held = play(...twice);
    const show = (milliseconds: number) =>
      decideReceipt(showNothing({ providerRemembersFailure: false }, at(milliseconds))(held), held);
    expect(show(HORIZON + HOUR - 1)).toEqual(E.left({ rule: 'horizon-not-passed', field: 'lastIntentAt' }));
    expect(E.isRight(show(HORIZON + HOUR))).toBe(true);
  });

  it('attempt protocol, row 31: the horizon is measured anew from their word', () => {
    const released = attemptAfter(...WAYS['held for the horizon'], twoResume);
    expect(released).toMatchObject({ phase: 'Unknown', open: 1, firstIntentAt: later(30 * 24 * HOUR) });
  });

  it('attempt protocol, row 31: one person within the horizon leaves it where it was', () => {
    const released = attemptAfter(...WAYS['held without a handle'], resumeHeld(at(HOUR)));
    expect(released.firstIntentAt).toBe(attemptAfter(...unknown).firstIntentAt);
  });

  it('attempt protocol, row 31: they may send again under the same key, and be held again', () => {
    const held = attemptAfter(
      ...WAYS['held for the horizon'],
      twoResume,
      resend(at(31 * 24 * HOUR)),
      send(lost),
      holdForHorizon(at(60 * 24 * HOUR)),
    );
    expect([held.held, held.generation]).toEqual([{ reason: 'horizon' }, 0]);
  });
});
