import type { Parent } from './parent';
import { CONTENT, RECEIPT_ID, register, verdict } from './receipt.testing';
import { sampleContent, sampleCorrection, sampleDraft } from './rules/sample-receipt.arbitrary';

const refund = sampleContent('1.2', sampleDraft('1.2', { settlementSign: 2 }));
const external: Parent = {
  relation: 'refunds',
  link: { kind: 'external', fn: '7380440902582955', fd: 9895, fp: 1, checked: false },
};
const kept: Parent = {
  relation: 'refunds',
  link: { kind: 'receipt', receiptId: 'sale-1' },
  reservation: RECEIPT_ID,
};
const { reservation: _reservation, ...unreserved } = kept;

const verdictOf = (content: typeof CONTENT, ...parents: ReadonlyArray<Parent>) =>
  verdict(register({ content, parents }), undefined);

describe('the parents of a receipt', () => {
  it('54-FZ art. 4.7: a refund names the receipt it refunds', () => {
    expect(verdictOf(refund)).toBe('parent-missing parents');
    expect(verdictOf(refund, { ...external, relation: 'corrects' })).toBe('parent-missing parents');
    expect(verdictOf(refund, { ...external, relation: 'offsets' })).toBe('parent-missing parents');
    expect(verdictOf(refund, external)).toBe(1);
    expect(verdictOf(refund, { ...external, relation: 'offsets' }, external)).toBe(1);
    const purchaseRefund = sampleContent('1.2', sampleDraft('1.2', { settlementSign: 4 }));
    expect(verdictOf(purchaseRefund)).toBe('parent-missing parents');
  });

  it('a sale, and a correction of a refund, need none', () => {
    expect(verdictOf(CONTENT)).toBe(1);
    const correction = sampleContent('1.2', sampleCorrection('1.2', { settlementSign: 2 }));
    expect(verdictOf(correction)).toBe(1);
  });

  it('the stream of the sale is the fence: what is kept here must have reserved the refund', () => {
    expect(verdictOf(refund, unreserved)).toBe('refund-not-reserved parents.0.reservation');
    expect(verdictOf(refund, { ...kept, reservation: 'another receipt' })).toBe(
      'refund-not-reserved parents.0.reservation',
    );
    expect(verdictOf(refund, kept, unreserved)).toBe('refund-not-reserved parents.1.reservation');
    expect(verdictOf(refund, kept)).toBe(1);
  });

  it('an offset of an advance kept here is reserved too, a correction is not', () => {
    expect(verdictOf(CONTENT, { ...unreserved, relation: 'offsets' })).toBe(
      'refund-not-reserved parents.0.reservation',
    );
    expect(verdictOf(CONTENT, { ...kept, relation: 'offsets' })).toBe(1);
    expect(verdictOf(CONTENT, { ...unreserved, relation: 'corrects' })).toBe(1);
  });
});
