import * as E from 'fp-ts/Either';

import { decodeTlv } from './decode-tlv';
import { encodedLength, encodeTlv } from './encode-tlv';
import type { TlvNode } from './tlv-node';
import { tlv } from './tlv-node';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));

const not = (rule: string, ...path: Array<number>) => E.left({ _tag: 'NotEncodable', rule, path });

const item = tlv.nodes(1059, [
  tlv.integer(1214, 4),
  tlv.integer(1212, 1),
  tlv.string(1030, 'Тест'),
  tlv.integer(1079, 10000),
  tlv.decimal(1023, '1.5'),
  tlv.integer(2108, 0),
  tlv.integer(1043, 15000),
  tlv.integer(1199, 6),
]);

const itemBytes = hex(
  `23 04 2E 00 BE 04 01 00 04 BC 04 01 00 01 06 04 04 00 92 A5 E1 E2 37 04 02 00 10 27
   FF 03 02 00 01 0F 3C 08 01 00 00 13 04 02 00 98 3A AF 04 01 00 06`,
);

describe('writing elements', () => {
  it('writes an item of 1.5 x 100.00 in 46 bytes', () => {
    expect(encodeTlv([item])).toEqual(E.right(itemBytes));
    expect(decodeTlv(itemBytes)).toEqual(E.right([item]));
    expect(encodedLength([item])).toEqual(E.right(50));
  });

  it('writes the VAT total of 22 %, 145.58, as on a real receipt of 2026', () => {
    const totals = tlv.nodes(1115, [tlv.nodes(1119, [tlv.integer(1199, 11), tlv.integer(1120, 14558)])]);
    expect(encodeTlv([totals])).toEqual(
      E.right(hex('5B 04 0F 00 5F 04 0B 00 AF 04 01 00 0B 60 04 02 00 DE 38')),
    );
  });

  it.each<readonly [string, TlvNode, string]>([
    ['1205 = 12', tlv.integer(1205, 12), 'B5 04 04 00 0C 00 00 00'],
    ['1018 = 7707083893', tlv.string(1018, '7707083893'), 'FA 03 0C 00 37 37 30 37 30 38 33 38 39 33 20 20'],
    [
      '1037 = 0007993537061927',
      tlv.string(1037, '0007993537061927'),
      '0D 04 14 00 30 30 30 37 39 39 33 35 33 37 30 36 31 39 32 37 20 20 20 20',
    ],
    ['1020 = 80730', tlv.integer(1020, 80730), 'FC 03 03 00 5A 3B 01'],
    ['1020 = 0', tlv.integer(1020, 0), 'FC 03 01 00 00'],
    ['1012 = 2026-01-15 14:30:00', tlv.unixtime(1012, 1768487400), 'F4 03 04 00 E8 F9 68 69'],
    ['1023 = 2.474', tlv.decimal(1023, '2.474'), 'FF 03 03 00 03 AA 09'],
    ['1023 = 1 with three decimals', tlv.decimal(1023, '1', 3), 'FF 03 03 00 03 E8 03'],
    ['1023 = 1 with six decimals', tlv.decimal(1023, '1', 6), 'FF 03 04 00 06 40 42 0F'],
    ['1213 = 410 days', tlv.integer(1213, 410), 'BD 04 02 00 9A 01'],
    ['1125 = 1', tlv.integer(1125, 1), '65 04 01 00 01'],
    ['an unknown tag', tlv.bytes(1999, hex('01 02')), 'CF 07 02 00 01 02'],
  ])('writes %s', (_, node, expected) => {
    expect(encodeTlv([node])).toEqual(E.right(hex(expected)));
  });

  it.each([
    [1012, 'F4 03'],
    [1038, '0E 04'],
    [1040, '10 04'],
    [1041, '11 04'],
    [1042, '12 04'],
    [1054, '1E 04'],
    [1055, '1F 04'],
    [1077, '35 04'],
    [1081, '39 04'],
    [1187, 'A3 04'],
    [1209, 'B9 04'],
    [1234, 'D2 04'],
    [1235, 'D3 04'],
    [1256, 'E8 04'],
    [2000, 'D0 07'],
  ])('writes the number of tag %d as %s', (tag, bytes) => {
    const written = encodeTlv([{ ...tlv.bytes(tag, new Uint8Array()), raw: { length: 0 } }]);
    expect(E.map((all: Uint8Array) => all.slice(0, 2))(written)).toEqual(E.right(hex(bytes)));
  });

  it('writes a document of repeated elements one after another', () => {
    const document = tlv.nodes(3, [item, item]);
    expect(encodeTlv([document])).toEqual(
      E.right(hex(`03 00 64 00 ${Buffer.from(itemBytes).toString('hex').repeat(2)}`)),
    );
  });
});

/** As many nodes of 64 bytes each. */
const filler = (count: number) => Array.from({ length: count }, () => tlv.string(1191, 'x'.repeat(60)));

describe('nodes that have no place in a document', () => {
  it.each<readonly [string, TlvNode]>([
    ['wrong-kind', tlv.integer(1030, 1)],
    ['wrong-kind', tlv.string(1020, '1')],
    ['wrong-kind', tlv.unixtime(1020, 1)],
    ['wrong-kind', tlv.integer(1012, 1)],
    ['wrong-kind', tlv.integer(1023, 1)],
    ['wrong-kind', tlv.decimal(1020, '1')],
    ['wrong-kind', tlv.nodes(1020, [])],
    ['wrong-kind', tlv.bytes(1059, hex('01'))],
    ['wrong-kind', tlv.bytes(1020, hex('01'))],
    ['wrong-kind', tlv.integer(1999, 1)],
    ['not-an-integer', tlv.integer(1020, 1.5)],
    ['not-an-integer', tlv.integer(1020, -1)],
    ['not-an-integer', tlv.integer(1020, Number.POSITIVE_INFINITY)],
    ['not-an-integer', tlv.integer(1020, Number.NaN)],
    ['not-an-integer', tlv.integer(1020, 2 ** 53)],
    ['not-an-integer', tlv.unixtime(1012, Number.NaN)],
    ['out-of-range', tlv.integer(1054, 256)],
    ['out-of-range', tlv.integer(1213, 65536)],
    ['out-of-range', tlv.integer(1040, 2 ** 32)],
    ['out-of-range', tlv.unixtime(1012, 2 ** 32)],
    ['out-of-range', tlv.integer(1020, 2 ** 48)],
    ['out-of-range', tlv.integer(1125, 2)],
    ['not-a-decimal', tlv.decimal(1023, '1.50', 1)],
    ['not-a-decimal', tlv.decimal(1023, '01')],
    ['not-a-decimal', tlv.decimal(1023, '-1')],
    ['not-a-decimal', tlv.decimal(1023, '1e3')],
    ['not-a-decimal', tlv.decimal(1023, '1', 21)],
    ['not-a-decimal', tlv.decimal(1023, '9007199254740992')],
    ['not-cp866', tlv.string(1030, '«Тест»')],
    ['too-long', tlv.string(1030, 'x'.repeat(129))],
    ['too-long', tlv.string(1018, '1234567890123')],
    ['too-long', tlv.string(1000, 'x')],
    ['too-long', tlv.bytes(1162, new Uint8Array(33))],
    ['too-long', tlv.bytes(1999, new Uint8Array(65536))],
    ['wrong-length', tlv.bytes(1077, new Uint8Array(5))],
    ['tag-out-of-range', tlv.bytes(65536, new Uint8Array())],
    ['tag-out-of-range', tlv.bytes(-1, new Uint8Array())],
    ['tag-out-of-range', tlv.bytes(1.5, new Uint8Array())],
  ])('%s: %j', (rule, node) => {
    expect(encodeTlv([node])).toEqual(not(rule, node.tag));
  });

  it('names the way to the node', () => {
    expect(encodeTlv([tlv.nodes(3, [tlv.nodes(1059, [tlv.string(1030, '€')])])])).toEqual(
      not('not-cp866', 3, 1059, 1030),
    );
  });

  it('holds an item to 1024 bytes, a document to that of its form', () => {
    expect(E.isRight(encodeTlv([tlv.nodes(1059, filler(16))]))).toBe(true);
    expect(encodeTlv([tlv.nodes(1059, filler(17))])).toEqual(not('too-long', 1059));
    const items = Array.from({ length: 33 }, () => tlv.nodes(1059, filler(15)));
    expect(encodeTlv([tlv.nodes(3, items)])).toEqual(E.right(expect.anything()));
    expect(encodeTlv([tlv.nodes(3, [...items, ...items])])).toEqual(not('too-long', 3));
  });

  it('refuses nesting deeper than eight, as the decoder does', () => {
    const nested = (levels: number): TlvNode =>
      levels === 1 ? tlv.nodes(1059, []) : tlv.nodes(1059, [nested(levels - 1)]);
    const deepest = encodeTlv([nested(8)]);
    expect(E.isRight(deepest) && E.isRight(decodeTlv(deepest.right))).toBe(true);
    expect(encodeTlv([nested(9)])).toEqual(not('too-deep', ...Array.from({ length: 9 }, () => 1059)));
  });

  it('refuses a raw length that is no length of the wire', () => {
    expect(encodeTlv([{ ...tlv.decimal(1023, '0'), raw: { length: 0 } }])).toEqual(not('wrong-length', 1023));
    for (const length of [-1, 1.5, 65536, Number.NaN]) {
      expect(encodeTlv([{ ...tlv.integer(1040, 0), raw: { length } }])).toEqual(not('wrong-length', 1040));
    }
  });

  it('refuses a raw length that cannot hold the value', () => {
    expect(encodeTlv([{ ...tlv.integer(1040, 256), raw: { length: 1 } }])).toEqual(not('out-of-range', 1040));
    expect(encodeTlv([{ ...tlv.string(1018, '77'), raw: { length: 1 } }])).toEqual(not('too-long', 1018));
    expect(encodeTlv([{ ...tlv.bytes(1077, hex('01')), raw: { length: 2 } }])).toEqual(
      not('wrong-length', 1077),
    );
  });
});
