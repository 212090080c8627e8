import type { settle } from './attempt/attempt.testing';
import { AMENDED, HORIZON, play, refusedInvalid } from './attempt/attempt.testing';
import type { Way } from './attempt/ways.testing';
import { WAY_NAMES, WAYS } from './attempt/ways.testing';
import type { ReceiptCommand } from './commands';
import { cancelRefusal, openWays } from './open-ways';
import { FACTS, later, NOW, verdict } from './receipt.testing';
import type { Receipt } from './state';

const told = (receipt: Receipt, now = NOW, horizonMs: number | undefined = HORIZON): ReadonlyArray<string> =>
  openWays(receipt, now, horizonMs).map(({ how, twoPersons, providerRemembers, from }) =>
    [how, twoPersons ? '2' : '', providerRemembers ? 'remembers' : '', from ?? '']
      .filter((part) => part !== '')
      .join(' '),
  );

const evidence = { providerRemembersFailure: true, ofdShowsNothing: true, unsentQueueEmpty: true, note: 'x' };

/** A person who states all there is to state. */
const statement = (receipt: Receipt, how: string): ReceiptCommand => {
  const base = { now: NOW, by: 'Ivanova', secondBy: 'Petrov', epoch: receipt.attempt.epoch };
  const say = (settlement: Parameters<typeof settle>[0]): ReceiptCommand => ({
    type: 'SettleReceipt',
    data: { ...base, settlement },
  });
  switch (how) {
    case 'cancel':
      return { type: 'CancelReceipt', data: { now: NOW, by: 'Ivanova', reason: 'x' } };
    case 'amend':
      return say({ how, content: AMENDED, facts: FACTS });
    case 'resume':
      return say({ how, horizonMs: HORIZON, evidence });
    case 'no-document':
      return say({ how, horizonMs: HORIZON, evidence });
    case 'document':
      return say({ how, document: { fn: '9999078900000001', fd: 7, fp: 7 } });
    default:
      return say({ how: 'compensated', compensatingReceiptId: 'receipt-9' });
  }
};

const ALL = ['amend', 'resume', 'document', 'no-document', 'compensated', 'cancel'];

describe('the ways that are open', () => {
  it.each(WAY_NAMES)('are those that the decider takes, and no other: %s', (way: Way) => {
    const receipt = play(...WAYS[way]);
    const open = new Set(
      openWays(receipt, NOW, HORIZON)
        .filter(({ from }) => from === undefined)
        .map(({ how }) => how as string),
    );
    if (receipt.attempt.phase === 'Cancelled') open.add('cancel');
    const taken = ALL.filter((how) => typeof verdict(statement(receipt, how), receipt) === 'number');
    expect([...open].toSorted()).toEqual(taken.toSorted());
  });

  it('of a refused request: no resuming where every send is accounted for; "no document" only after the horizon', () => {
    const held = play(...WAYS.intended, ({ attempt }) => ({
      type: 'RecordSend',
      data: { now: NOW, epoch: attempt.epoch, outcome: refusedInvalid },
    }));
    const from = later(HORIZON);
    expect(told(held)).toEqual(['amend', 'document', `no-document 2 ${from}`, 'cancel']);
    expect(told(held, from)).toEqual(['amend', 'document', 'no-document 2', 'cancel']);
    expect(openWays(held, NOW, undefined).map(({ how }) => how)).toEqual(['amend', 'document', 'cancel']);
  });

  it('tell why a receipt may not be cancelled', () => {
    expect(cancelRefusal(play(...WAYS.fiscalized), NOW)).toBe('has-document');
    expect(cancelRefusal(play(...WAYS.disputed), NOW)).not.toBeUndefined();
    expect(cancelRefusal(play(...WAYS.cancelled), NOW)).toBe('already-cancelled');
    expect(cancelRefusal(play(...WAYS.intended), NOW)).toBe('sends-unaccounted-for');
    expect(cancelRefusal(play(...WAYS.ready), NOW)).toBeUndefined();
  });
});
