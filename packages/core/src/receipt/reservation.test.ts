import { amend, play } from './attempt/attempt.testing';
import { WAYS } from './attempt/ways.testing';
import { CONTENT, NOW, verdict } from './receipt.testing';
import { money, pieces, sampleContent, sampleDraft, sampleItem } from './rules/sample-receipt.arbitrary';

const line = { line: 0, quantity: CONTENT.items[0]?.quantity ?? ('1' as never), sum: CONTENT.total };
const reserve = () =>
  ({
    type: 'ReserveRefund',
    data: { now: NOW, refundId: 'refund-1', items: [line], sums: CONTENT.payments },
  }) as const;
const release = () => ({ type: 'ReleaseRefund', data: { now: NOW, refundId: 'refund-1' } }) as const;
const cancelling = { type: 'CancelReceipt', data: { now: NOW, by: 'Иванова', reason: 'x' } } as const;

describe('what is reserved against a receipt', () => {
  it('the fence: a receipt that a refund draws on is not cancelled, and is once that is released', () => {
    expect(verdict(cancelling, play(...WAYS.ready, reserve))).toBe('reserved-against receiptId');
    expect(verdict(cancelling, play(...WAYS.ready, reserve, release))).toBe(1);
  });

  it('the fence: where the attempt does not allow it, that is what is said', () => {
    expect(verdict(cancelling, play(...WAYS.unknown, reserve))).toBe('transition-forbidden phase');
    expect(verdict(cancelling, play(...WAYS['ready, one of two sends void'], reserve))).toBe(
      'sends-unaccounted-for open',
    );
  });

  it('the fence: an amendment may correct names, and may not take away what a refund draws on', () => {
    const cheaper = sampleContent(
      '1.2',
      sampleDraft('1.2', {
        items: [sampleItem('1.2', { price: money(26_900) })],
        payments: { cashless: money(80_700) },
      }),
    );
    const fewer = sampleContent(
      '1.2',
      sampleDraft('1.2', { items: [sampleItem('1.2', { quantity: pieces('1'), price: money(80_730) })] }),
    );
    const held = play(...WAYS['held as invalid'], reserve);
    expect(verdict(amend()(held), held)).toBe(1);
    for (const content of [cheaper, fewer])
      expect(verdict(amend(content)(held), held)).toBe('reserved-against settlement.content');
    const released = play(...WAYS['held as invalid'], reserve, release);
    for (const content of [cheaper, fewer]) expect(verdict(amend(content)(released), released)).toBe(1);
  });
});
