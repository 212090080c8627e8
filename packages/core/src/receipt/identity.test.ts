import { test as property } from '@fast-check/jest';
import * as fc from 'fast-check';
import { attemptKeyOf, receiptIdOf, receiptStream } from './identity';

/** Texts made to be taken for each other where they are joined. */
const tricky = fc.string({ unit: fc.constantFrom('a', '|', ':', '0', '1', '2', '3'), maxLength: 8 });
const triple = fc.tuple(tricky, tricky, tricky);
const generation = fc.nat(20);

const idOf = ([organisation, document, settlementId]: readonly [string, string, string]): string =>
  receiptIdOf(organisation, { document, settlementId });

describe('the id of a receipt', () => {
  it('is pinned: another would make every known settlement a new receipt', () => {
    expect(idOf(['7707083893', 'order-1001', 'payment-1'])).toBe('d2108490-c342-5caa-8745-8a5543bf8505');
  });

  it('names the stream', () => {
    expect(receiptStream('0d6c2f6a-5d7a-4e43-9a8c-0b6f1f1b0001')).toBe(
      'receipt-0d6c2f6a-5d7a-4e43-9a8c-0b6f1f1b0001',
    );
  });

  it.each([
    [
      ['a', 'bc', 'd'],
      ['ab', 'c', 'd'],
    ],
    [
      ['a', 'b|1:c', 'd'],
      ['a', 'b', 'c|1:d'],
    ],
    [
      ['1', '', '1'],
      ['', '11', ''],
    ],
  ] as const)('identity: %j and %j are two settlements', (one, other) => {
    expect(idOf(one)).not.toBe(idOf(other));
  });

  property.prop([triple, triple], { numRuns: 2000 })(
    'identity: no two different triples name one receipt',
    (one, other) => {
      expect(idOf(one) === idOf(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
    },
  );

  property.prop([triple])('is a version 5 UUID', (one) => {
    expect(idOf(one)).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  it('never throws, not even on half a surrogate pair', () => {
    expect(() => idOf(['\ud800', 'a\udfff', '😀'])).not.toThrow();
    expect(() => attemptKeyOf('\ud800', '\udc00\ud800', 0)).not.toThrow();
    expect(idOf(['a', 'b', '😀'])).not.toBe(idOf(['a', 'b', '😁']));
  });
});

describe('the key of an attempt', () => {
  it('is pinned: another would send every open receipt under a new key', () => {
    expect(attemptKeyOf('0d6c2f6a-5d7a-4e43-9a8c-0b6f1f1b0001', 'one-c:shop-17', 0)).toBe(
      '5e99d2ab-db2d-5885-8d82-8850ccf83665',
    );
  });

  property.prop([fc.tuple(tricky, tricky, generation), fc.tuple(tricky, tricky, generation)], {
    numRuns: 2000,
  })('no two of receipt, dedup domain and generation share a key', (one, other) => {
    expect(attemptKeyOf(...one) === attemptKeyOf(...other)).toBe(
      JSON.stringify(one) === JSON.stringify(other),
    );
  });

  property.prop([triple])('never is the id of a receipt', ([one, other, third]) => {
    expect(attemptKeyOf(one, other, 1)).not.toBe(idOf([one, other, '1']));
    expect(attemptKeyOf(one, other, 0)).not.toBe(idOf([one, other, third]));
  });
});
