import { fc, test as property } from '@fast-check/jest';
import { isNamespace, isWorkStream, streamNames } from './stream-names';

describe('streams in the database', () => {
  it('are named as they are where there is no namespace', () => {
    const names = streamNames(undefined);
    expect(names.stored('receipt-1')).toBe('receipt-1');
    expect(names.own('receipt-1')).toBe('receipt-1');
    expect(names.prefixes(undefined)).toBeUndefined();
    expect(names.prefixes(['receipt-', 'shift-'])).toEqual(['receipt-', 'shift-']);
    expect(names.prefixes([''])).toBeUndefined();
    expect(names.prefixes([])).toEqual([]);
  });

  it('begin with the namespace, behind which the category still ends at the first hyphen', () => {
    const names = streamNames('shop_1');
    expect(names.stored('receipt-1-2')).toBe('shop_1~receipt-1-2');
    expect(names.own('shop_1~receipt-1-2')).toBe('receipt-1-2');
    expect(names.prefixes(undefined)).toEqual(['shop_1~']);
    expect(names.prefixes(['receipt-'])).toEqual(['shop_1~receipt-']);
    expect(names.prefixes([''])).toEqual(['shop_1~']);
  });

  it.each(['$$receipt-1', '$ce-receipt', '$stats', 'lease-3', 'checkpoint-payments', 'order', 'чек-1'])(
    '%s is none of the events',
    (stored) => {
      expect(streamNames(undefined).own(stored)).toBeUndefined();
      expect(streamNames('shop').own(`shop~${stored}`)).toBeUndefined();
    },
  );

  it('of another namespace are those of others', () => {
    expect(streamNames('shop').own('other~receipt-1')).toBeUndefined();
    expect(streamNames('shop').own('receipt-1')).toBeUndefined();
    expect(streamNames('shop').own('shop.receipt-1')).toBeUndefined();
  });

  it('of a namespace are those of others where there is none', () => {
    expect(streamNames(undefined).own('shop~receipt-1')).toBeUndefined();
    expect(streamNames(undefined).own('shop.receipt-1')).toBe('shop.receipt-1');
  });

  const stream = fc.stringMatching(/^[A-Za-z0-9._]{1,20}-[A-Za-z0-9._-]{1,20}$/);
  const namespace = fc.option(fc.stringMatching(/^[A-Za-z0-9_]{1,12}$/), { nil: undefined });

  property.prop([stream, namespace, namespace])('belong to one namespace, or to none', (name, one, other) => {
    const stored = streamNames(one).stored(name);
    const expected = one === other && !isWorkStream(name) ? name : undefined;
    expect(streamNames(other).own(stored)).toBe(expected);
  });

  it('of leases and checkpoints are the store’s own', () => {
    expect(isWorkStream('lease-1')).toBe(true);
    expect(isWorkStream('leases-1')).toBe(false);
  });

  it.each([
    ['shop_1', true],
    ['a-b', false],
    ['a.b', false],
    ['$a', false],
    ['', false],
    ['x'.repeat(41), false],
  ])('may have a namespace %j: %s', (text, expected) => {
    expect(isNamespace(text)).toBe(expected);
  });
});
