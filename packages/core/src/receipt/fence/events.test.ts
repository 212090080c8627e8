import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/Either';
import { FENCE_EVENTS } from './events';
import { ParentLinkCodec } from './parent-link';

const folder = join(__dirname, 'samples');

const sample = (type: string): unknown =>
  JSON.parse(readFileSync(join(folder, `${type.slice('receipt.'.length)}.v1.json`), 'utf8'));

describe('stored events of the fence', () => {
  test.each(Object.entries(FENCE_EVENTS))(
    '%s version 1 decodes for ever, keeps what it does not know and holds no person',
    (type, definition) => {
      const [{ codec }] = definition.versions;
      const stored = sample(type);
      expect(codec.decode(stored)).toEqual(E.right(stored));
      expect(codec.encode(stored)).toEqual(stored);
      expect(codec.decode({ ...(stored as object), addedLater: 1 })).toEqual(
        E.right({ ...(stored as object), addedLater: 1 }),
      );
      expect(E.isLeft(codec.decode({}))).toBe(true);
      expect(definition.sealed).toEqual([]);
    },
  );

  test('have a sample of every version and no other samples', () => {
    const names = Object.keys(FENCE_EVENTS).map((type) => `${type.slice('receipt.'.length)}.v1.json`);
    expect(readdirSync(folder).toSorted()).toEqual(names.toSorted());
  });

  test('a reserved part with a sum, quantity or line that is none is refused', () => {
    const [{ codec }] = FENCE_EVENTS['receipt.RefundReserved'].versions;
    const stored = sample('receipt.RefundReserved') as { readonly items: ReadonlyArray<object> };
    for (const wrong of [
      { line: -1 },
      { line: 0.5 },
      { quantity: '1.50' },
      { quantity: '0' },
      { sum: -1 },
      { vatSum: 0.5 },
    ]) {
      expect(E.isLeft(codec.decode({ ...stored, items: [{ ...stored.items[0], ...wrong }] }))).toBe(true);
    }
  });
});

describe('the link to a parent', () => {
  const external = { kind: 'external', fn: '7380440902582955', fd: 9895, fp: 3_304_159_072, checked: false };

  test('is a receipt kept here, or a document made elsewhere that nothing guards', () => {
    for (const link of [{ kind: 'receipt', receiptId: 'r-1' }, external])
      expect(ParentLinkCodec.decode(link)).toEqual(E.right(link));
  });

  test.each([
    ['claims to be checked', { ...external, checked: true }],
    ['names a drive of 15 digits', { ...external, fn: '738044090258295' }],
    ['names a document beyond four bytes', { ...external, fd: 4_294_967_296 }],
    ['has a negative fiscal sign', { ...external, fp: -1 }],
    ['is of no kind', { receiptId: 'r-1' }],
  ])('is refused when it %s', (_name, link) => {
    expect(E.isLeft(ParentLinkCodec.decode(link))).toBe(true);
  });
});
