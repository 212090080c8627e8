import { test as property } from '@fast-check/jest';
import * as fc from 'fast-check';
import { optional, present } from '../optional.arbitrary';
import type { FiscalDocument, FoundContent } from './document';
import { contentDifferences, isContentTold, isSameDocument } from './document';
import { CONTENT } from './receipt.testing';
import {
  money,
  pieces,
  sampleContent,
  sampleCorrection,
  sampleItem,
  saleOf,
} from './rules/sample-receipt.arbitrary';

const fn = '7380440902582955';
const whole: FiscalDocument = { fn, fd: 9895, fp: 3_304_159_072, shiftNumber: 12, numberInShift: 7 };

describe('whether two descriptions speak of one document', () => {
  it.each([
    ['the drive and the number', { fn, fd: 9895 }, { fn, fd: 9895 }],
    ['the number, where one lacks the sign', whole, { fn, fd: 9895 }],
    ['the number, whatever is said of the shift', whole, { fn, fd: 9895, shiftNumber: 13, numberInShift: 1 }],
    ['the sign, where one lacks the number', whole, { fn, fp: 3_304_159_072 }],
    [
      'the sign, where each has a number of another kind',
      { fn, fp: 3_304_159_072, shiftNumber: 12, numberInShift: 7 },
      { fn, fd: 9895, fp: 3_304_159_072 },
    ],
    ['shift and number in it', { fn, shiftNumber: 12, numberInShift: 7 }, whole],
    ['all that is known, told again', { fn, numberInShift: 7 }, { fn, numberInShift: 7 }],
    ['what is beside the point', { ...whole, ofdReceiptUrl: 'https://ofd.example.ru/1' }, whole],
  ])('tags 1041, 1040, 1077: yes by %s', (_by, one, other) => {
    expect([isSameDocument(one, other), isSameDocument(other, one)]).toEqual([true, true]);
  });

  it.each([
    ['another drive', { ...whole, fn: '7380440902582956' }],
    ['another number', { ...whole, fd: 9896 }],
    ['another sign under the same number', { ...whole, fp: 1 }],
    ['another sign, where the number is unknown', { fn, fp: 1, shiftNumber: 12, numberInShift: 7 }],
    ['another number in the shift', { fn, shiftNumber: 12, numberInShift: 8 }],
    ['the same number in another shift', { fn, shiftNumber: 13, numberInShift: 7 }],
    ['nothing to compare by', { fn, numberInShift: 7 }],
  ])('tags 1041, 1040, 1077: no by %s', (_by, other) => {
    expect([isSameDocument(whole, other), isSameDocument(other, whole)]).toEqual([false, false]);
  });

  const few = fc.constantFrom(1, 2);
  const document = fc
    .record({
      fn: fc.constantFrom(fn, '7380440902582956'),
      fd: optional(few),
      fp: optional(few),
      shiftNumber: optional(few),
      numberInShift: optional(few),
    })
    .map((fields) => present(fields) as FiscalDocument);
  property.prop([document, document], { numRuns: 500 })(
    'asks both ways alike, and knows itself',
    (one, other) => {
      expect(isSameDocument(one, one)).toBe(true);
      expect(isSameDocument(one, other)).toBe(isSameDocument(other, one));
    },
  );
});

const two = saleOf('1.2', [sampleItem('1.2'), sampleItem('1.2', { name: 'Сахар', quantity: pieces('1.5') })]);
const found: FoundContent = {
  settlementSign: 1,
  total: two.total,
  items: two.items.map(({ quantity, sum }) => ({ quantity, sum })),
};
const [first, second] = found.items ?? [];

describe('what a found document differs in (I9: sum, items and type)', () => {
  it('nothing, where all that was told agrees', () => {
    expect(contentDifferences(two, found)).toEqual([]);
    expect(contentDifferences(two, {})).toEqual([]);
    expect(contentDifferences(two, { total: two.total })).toEqual([]);
  });

  it.each([
    ['tag 1054', { ...found, settlementSign: 2 as const }, ['settlementSign']],
    ['tag 1020', { ...found, total: money(two.total - 1) }, ['total']],
    ['tag 1020, nought', { total: money(0) }, ['total']],
    ['tag 1059, a line less', { ...found, items: found.items?.slice(1) ?? [] }, ['items.length']],
    ['tag 1059, no lines', { ...found, items: [] }, ['items.length']],
    [
      'tags 1043 and 1023 of each line',
      {
        items: [
          { ...(first ?? { quantity: pieces('1') }), sum: money(1) },
          { sum: money(two.items[1]?.sum ?? 0), quantity: pieces('2') },
        ],
      },
      ['items.0.sum', 'items.1.quantity'],
    ],
    [
      'lines in another order',
      { items: second === undefined || first === undefined ? [] : [second, first] },
      ['items.0.sum', 'items.0.quantity', 'items.1.sum', 'items.1.quantity'],
    ],
    [
      'all at once, in order',
      { settlementSign: 3 as const, total: money(1), items: [] },
      ['settlementSign', 'total', 'items.length'],
    ],
  ])('%s', (_tag, told, differences) => {
    expect(contentDifferences(two, told)).toEqual(differences);
  });

  it('a correction of FFD 1.05 has no lines, and a document without lines agrees with it', () => {
    const correction = sampleContent('1.05', sampleCorrection('1.05'));
    expect(contentDifferences(correction, { total: correction.total, items: [] })).toEqual([]);
  });

  it('counts as checked once total and settlement sign were told', () => {
    const { settlementSign = 1, total = CONTENT.total } = found;
    expect(
      [undefined, {}, { total }, { settlementSign }, { total, settlementSign }].map(isContentTold),
    ).toEqual([false, false, false, false, true]);
  });
});
