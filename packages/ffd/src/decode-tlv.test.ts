import { runInNewContext } from 'node:vm';

import * as E from 'fp-ts/Either';

import { decodeTlv } from './decode-tlv';
import { tlv } from './tlv-node';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));

const decoded = (text: string) => decodeTlv(hex(text));

const not = (rule: string, offset: number) => E.left({ _tag: 'NotTlv', rule, offset });

/** An element around each given number of levels of itself. */
const nested = (tag: number, levels: number): Uint8Array => {
  const bytes = new Uint8Array(levels * 4);
  for (let level = 0; level < levels; level += 1) {
    const length = (levels - level - 1) * 4;
    bytes.set([tag & 255, tag >> 8, length & 255, length >> 8], level * 4);
  }
  return bytes;
};

describe('reading elements', () => {
  it('reads the VLN E9 2D 06 as 404969 (sample of the fiscal data operator protocol)', () => {
    expect(decoded('FC 03 03 00 E9 2D 06')).toEqual(E.right([tlv.integer(1020, 404969)]));
  });

  it('reads the FVLN 02 15 CD 5B 07 as 1234567.89 (sample of the fiscal data operator protocol)', () => {
    expect(decoded('FF 03 05 00 02 15 CD 5B 07')).toEqual(E.right([tlv.decimal(1023, '1234567.89')]));
  });

  it('reads an FVLN with zero bytes at its end, 1453.67 in eight bytes, and remembers its length', () => {
    expect(decoded('FF 03 08 00 02 D7 37 02 00 00 00 00')).toEqual(
      E.right([{ ...tlv.decimal(1023, '1453.67'), raw: { length: 8 } }]),
    );
  });

  it.each([
    ['00 01', 0],
    ['03 E8 03', 3],
    ['06 40 42 0F', 6],
  ])('reads quantity 1 from %s', (bytes, scale) => {
    const length = `${hex(bytes).length}`.padStart(2, '0');
    expect(decoded(`FF 03 ${length} 00 ${bytes}`)).toEqual(E.right([tlv.decimal(1023, '1', scale)]));
  });

  it('reads the unixtime 8A 02 9E 55 as 1436418698 (sample of the fiscal data operator protocol)', () => {
    expect(decoded('F4 03 04 00 8A 02 9E 55')).toEqual(E.right([tlv.unixtime(1012, 1436418698)]));
  });

  it('keeps both of two elements with one tag (1205 in the sample of the fiscal data operator protocol)', () => {
    expect(decoded('B5 04 04 00 0C 00 00 00 B5 04 04 00 09 00 00 00')).toEqual(
      E.right([tlv.integer(1205, 12), tlv.integer(1205, 9)]),
    );
  });

  it('reads an integer of no bytes as 0 and remembers that', () => {
    expect(decoded('10 04 00 00')).toEqual(E.right([{ ...tlv.integer(1040, 0), raw: { length: 0 } }]));
  });

  it('reads a sum of five zero bytes, which some registers write, as 0', () => {
    expect(decoded('FC 03 05 00 00 00 00 00 00')).toEqual(
      E.right([{ ...tlv.integer(1020, 0), raw: { length: 5 } }]),
    );
  });

  it('takes the padding from fixed text, and remembers a length that is not the format’s', () => {
    expect(decoded('FA 03 0C 00 37 37 30 37 30 38 33 38 39 33 20 20')).toEqual(
      E.right([tlv.string(1018, '7707083893')]),
    );
    expect(decoded('FA 03 0A 00 37 37 30 37 30 38 33 38 39 33')).toEqual(
      E.right([{ ...tlv.string(1018, '7707083893'), raw: { length: 10 } }]),
    );
  });

  it('keeps spaces at the end of text that is not fixed', () => {
    expect(decoded('06 04 02 00 41 20')).toEqual(E.right([tlv.string(1030, 'A ')]));
  });

  it('keeps an unknown tag as bytes', () => {
    expect(decoded('CF 07 02 00 01 02')).toEqual(E.right([tlv.bytes(1999, hex('01 02'))]));
  });

  it('keeps as bytes an integer beyond 2^53 - 1 and a decimal without decimals', () => {
    expect(decoded('0D 05 08 00 FF FF FF FF FF FF FF FF')).toEqual(
      E.right([{ ...tlv.bytes(1293, hex('FFFFFFFFFFFFFFFF')), raw: { length: 8 } }]),
    );
    expect(decoded('FF 03 00 00')).toEqual(E.right([{ ...tlv.bytes(1023, hex('')), raw: { length: 0 } }]));
    expect(decoded('FF 03 02 00 FF 01')).toEqual(
      E.right([{ ...tlv.bytes(1023, hex('FF 01')), raw: { length: 2 } }]),
    );
  });

  it('reads 2^53 - 1 as a number', () => {
    expect(decoded('0D 05 07 00 FF FF FF FF FF FF 1F')).toEqual(
      E.right([tlv.integer(1293, Number.MAX_SAFE_INTEGER)]),
    );
  });

  it('reads no bytes as no elements', () => {
    expect(decoded('')).toEqual(E.right([]));
  });
});

describe('bytes that are no elements', () => {
  it('refuses a header that is cut short, with its offset', () => {
    expect(decoded('10 04')).toEqual(not('header-cut-short', 0));
    expect(decoded('BE 04 01 00 04 10 04 04')).toEqual(not('header-cut-short', 5));
  });

  it('refuses a header cut short by its parent though the document goes on', () => {
    expect(decoded('23 04 02 00 BE 04 01 00 04 BE 04 01 00 04')).toEqual(not('header-cut-short', 4));
  });

  it('refuses a length beyond the end, 65535 included', () => {
    expect(decoded('BE 04 01 00 04 10 04 04 00 01')).toEqual(not('length-overrun', 5));
    expect(decoded('10 04 FF FF')).toEqual(not('length-overrun', 0));
  });

  it('refuses an inner length beyond its parent though the document goes on', () => {
    expect(decoded('23 04 05 00 BE 04 02 00 04 BE 04 01 00 04')).toEqual(not('length-overrun', 4));
  });

  it('refuses nesting deeper than eight', () => {
    expect(E.isRight(decodeTlv(nested(1059, 8)))).toBe(true);
    expect(decodeTlv(nested(1059, 9))).toEqual(not('too-deep', 32));
    expect(decodeTlv(nested(1059, 16384))).toEqual(not('too-deep', 32));
  });

  // Each of these invites a reading that is quadratic in one element and would take half a minute; the guard stops it.
  it.each([
    ['padding that is none', 1037, (content: Uint8Array) => content.fill(0x20, 0, 65534)],
    ['zero bytes after a sum', 1020, (content: Uint8Array) => content.fill(1, 0, 1)],
    ['zero bytes after a quantity', 1023, (content: Uint8Array) => content.fill(1, 0, 2)],
    ['long text', 1030, (content: Uint8Array) => content.fill(0x80)],
    ['empty elements', 1059, (content: Uint8Array) => content.slice(0, 65532).fill(0)],
  ])('reads a megabyte of %s in linear time', (_, tag, fill) => {
    const content = fill(new Uint8Array(65535));
    const element = [tag & 255, tag >> 8, content.length & 255, content.length >> 8, ...content];
    const wire = Uint8Array.from(Array.from({ length: 16 }, () => element).flat());
    const read = (): number => E.getOrElse((): ReadonlyArray<unknown> => [])(decodeTlv(wire)).length;
    expect(runInNewContext('read()', { read }, { timeout: 10_000 })).toBe(16);
  });
});
