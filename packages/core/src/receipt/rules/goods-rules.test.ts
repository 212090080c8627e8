import * as E from 'fp-ts/Either';
import { markingCode1162, tlv } from '@cloud-kassa/ffd';
import type { Marking, ReceiptContent } from '../content';
import { admitReceipt } from './admit-receipt';
import type { DraftItem } from './draft';
import { goodsCode } from './goods-code';
import { DEFAULT_PROFILE } from './profile';
import { pieces, saleOf, sampleFacts, sampleItem } from './sample-receipt.arbitrary';

const CODE = '010460043993125621JgXJ5.';

const marked = (marking: Partial<Marking>, change: Partial<DraftItem> = {}): ReceiptContent =>
  saleOf('1.2', [
    sampleItem('1.2', { subject: 33, quantity: pieces('1'), marking: { code: CODE, ...marking }, ...change }),
  ]);

const verdict = (content: ReceiptContent, profile = DEFAULT_PROFILE): string => {
  const decided = admitReceipt(content, sampleFacts(content.ffd), profile);
  return E.isLeft(decided) ? decided.left.rule : 'admitted';
};

describe('marked goods (order ЕД-7-20/662@, tags 1023, 1163, 1212, 1291, 2003, 2106, 2108)', () => {
  test.each([
    ['one piece', marked({}), 'admitted'],
    ['two pieces under one code', marked({}, { quantity: pieces('2') }), 'marking-quantity'],
    ['goods by weight', marked({}, { quantity: pieces('1.234'), measure: 11 }), 'admitted'],
    ['a third of a piece', marked({ fraction: { numerator: 1, denominator: 3 } }), 'admitted'],
    [
      'a third in quantity 2',
      marked({ fraction: { numerator: 1, denominator: 3 } }, { quantity: pieces('2') }),
      'marking-quantity',
    ],
    [
      'a third of a kilogram',
      marked({ fraction: { numerator: 1, denominator: 3 } }, { measure: 11 }),
      'marking-fraction',
    ],
    ['nothing of a piece', marked({ fraction: { numerator: 0, denominator: 3 } }), 'marking-fraction'],
    ['half a numerator', marked({ fraction: { numerator: 0.5, denominator: 3 } }), 'marking-fraction'],
    ['the status stays as it is', marked({ plannedStatus: 255 }), 'admitted'],
    ['an impossible check result', marked({ checkResult: 2 }), 'marking-status'],
    ['ordinary goods with a code', marked({}, { subject: 1 }), 'admitted'],
    ['excise goods with a code', marked({}, { subject: 31 }), 'admitted'],
    ['excise goods without one', saleOf('1.2', [sampleItem('1.2', { subject: 30 })]), 'admitted'],
  ])('%s', (_name, content, rule) => {
    expect(verdict(content)).toBe(rule);
  });

  test('whole packages under one code only where the profile takes wholesale (unconfirmed)', () => {
    const wholesale = { ...DEFAULT_PROFILE, markedWholesale: 'accepted' as const };
    const of = (quantity: string): string => verdict(marked({}, { quantity: pieces(quantity) }), wholesale);
    expect([of('12'), of('1.5')]).toEqual(['admitted', 'marking-quantity']);
  });
});

describe('the code of goods', () => {
  test('FFD 1.05: GTIN and serial in tag 1162, the check value left out (worked examples of the OrangeData vending guide)', () => {
    const withSerial = markingCode1162('04600439931256', 'JgXJ5.');
    const withoutSerial = markingCode1162('04601234567890');
    for (const code of [CODE, `${CODE}\u001d93dGVz`, `\u001d${CODE}\u001d91EE06\u001d92abc`]) {
      expect(goodsCode(code, '1.05')).toEqual(
        E.map((bytes: Uint8Array) => tlv.bytes(1162, bytes))(withSerial),
      );
    }
    expect(goodsCode('04601234567890', '1.1')).toEqual(
      E.map((bytes: Uint8Array) => tlv.bytes(1162, bytes))(withoutSerial),
    );
  });

  test.each([
    [`${CODE}\u001d93dGVz`, 1305, CODE],
    ['46012345', 1301, '46012345'],
    ['4601234567893', 1302, '4601234567893'],
    ['04601234567890', 1303, '04601234567890'],
    ['RU-430302-ABC1234567', 1307, 'RU-430302-ABC1234567'],
    ['ABC-1', 1300, 'ABC-1'],
  ])('FFD 1.2: the kind of %j is %d (tags 1300 to 1325)', (code, tag, text) => {
    expect(goodsCode(code, '1.2')).toEqual(E.right(tlv.nodes(1163, [tlv.string(tag, text)])));
  });

  test.each(['', 'x'.repeat(33), '☺', `0104600439931256 21${'x'.repeat(40)}`])(
    'FFD 1.2: no kind takes %j',
    (code) => {
      expect(goodsCode(code, '1.2')).toEqual(E.left({ _tag: 'NotGoodsCode', rule: 'not-recognised' }));
    },
  );
});
