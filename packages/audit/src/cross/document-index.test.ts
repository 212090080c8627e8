import type { DocumentMark } from './document-index';
import { documentIndex } from './document-index';

const FN = '9999078900000001';

const mark = (receiptId: string, document: Partial<DocumentMark>): DocumentMark => ({
  fn: FN,
  receiptId,
  position: '1',
  revision: 3,
  beforeLedger: true,
  seen: false,
  ...document,
});

const receipts = (marks: Iterable<DocumentMark>): ReadonlyArray<string> =>
  [...marks].map(({ receiptId }) => receiptId);

describe('claims to documents (I10: numbers of documents are distinct on one drive)', () => {
  it('a second claim to one document is answered with the first and not counted', () => {
    const index = documentIndex();
    const first = mark('a', { fd: 3, fp: 30 });
    expect(index.claim(first)).toBeUndefined();
    expect(index.claim(mark('b', { fd: 3, fp: 30 }))).toBe(first);
    expect(index.claim(mark('c', { fd: 3 }))).toBe(first);
    expect(index.size()).toBe(1);
  });

  it('a claim to a taken number under another sign is answered with the first, and both are kept', () => {
    const index = documentIndex();
    const [first, second, third] = [30, 31, 32].map((fp) => mark(`sign ${fp}`, { fd: 3, fp }));
    if (first === undefined || second === undefined || third === undefined) throw new Error();
    expect(index.claim(first)).toBeUndefined();
    expect(index.claim(second)).toBe(first);
    expect(index.claim(third)).toBe(first);
    expect(receipts(index.marks())).toEqual(['sign 30', 'sign 31', 'sign 32']);
    expect(index.size()).toBe(3);
    expect(index.find({ fn: FN, fd: 3, fp: 31 })).toBe(second);
    expect(index.find({ fn: FN, fd: 3, fp: 30 })).toBe(first);
    expect(index.find({ fn: FN, fp: 32 })).toBe(third);
  });

  it('the same number in the shift under another sign is another document where the number itself is not told', () => {
    const index = documentIndex();
    const place = { shiftNumber: 1, numberInShift: 5 };
    expect(index.claim(mark('a', { ...place, fp: 30 }))).toBeUndefined();
    expect(index.claim(mark('b', { ...place, fp: 31 }))).toBeUndefined();
    expect(receipts(index.marks())).toEqual(['a', 'b']);
    expect(index.find({ fn: FN, ...place, fp: 31 })?.receiptId).toBe('b');
  });
});
