import { play } from './attempt/attempt.testing';
import { WAYS } from './attempt/ways.testing';
import { DAY, decided, later, verdict } from './receipt.testing';

const fiscalized = play(...WAYS.fiscalized);
const copy = (status: 'requested' | 'sent' | 'failed', channel: 'email' | 'phone' = 'email') =>
  ({ type: 'RecordBuyerCopy', data: { now: later(DAY), channel, by: 'ofd', status } }) as const;

describe('what came after the document', () => {
  it("S10: the buyer's copy is a fact of its own, kept when it changes", () => {
    const sent = { at: later(DAY), channel: 'email', by: 'ofd', status: 'sent' };
    expect(decided(copy('sent'), fiscalized)).toEqual([{ type: 'receipt.BuyerCopyRecorded', data: sent }]);
    const receipt = play(
      ...WAYS.fiscalized,
      () => copy('requested'),
      () => copy('sent'),
    );
    expect(receipt.buyerCopies.map(({ status }) => status)).toEqual(['requested', 'sent']);
    expect(verdict(copy('sent'), receipt)).toBe(0);
    expect(verdict(copy('sent', 'phone'), receipt)).toBe(1);
    expect(verdict(copy('failed'), receipt)).toBe(1);
    expect(
      verdict({ type: 'RecordBuyerCopy', data: { ...copy('sent').data, by: 'provider' } }, receipt),
    ).toBe(1);
  });

  it('form 7: the confirmation by the OFD is kept once', () => {
    const confirm = { type: 'RecordOfdConfirmation', data: { now: later(DAY) } } as const;
    expect(decided(confirm, fiscalized)).toEqual([
      { type: 'receipt.OfdConfirmed', data: { at: later(DAY) } },
    ]);
    const confirmed = play(...WAYS.fiscalized, () => confirm);
    expect(confirmed.ofdConfirmedAt).toBe(later(DAY));
    expect(verdict(confirm, confirmed)).toBe(0);
  });

  it('neither belongs to the attempt, which stays as it was', () => {
    expect(play(...WAYS.fiscalized, () => copy('sent')).attempt).toEqual(fiscalized.attempt);
  });
});
