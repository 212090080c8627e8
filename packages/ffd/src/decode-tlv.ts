import * as E from 'fp-ts/Either';

import { decodeCp866 } from './cp866';
import { withoutPadding } from './fixed-text';
import { fvlnInteger, fvlnLength, readFvln } from './fvln';
import { leastLength, readUnsigned } from './little-endian';
import type { Tag, TagType } from './tag';
import { tagByNumber } from './tags';
import type { TlvNode, TlvValue } from './tlv-node';
import { MAX_DEPTH } from './tlv-node';

/** The bytes are not a list of elements; `offset` is where the element that is wrong begins. */
export type NotTlv = {
  readonly _tag: 'NotTlv';
  readonly rule: 'header-cut-short' | 'length-overrun' | 'too-deep';
  readonly offset: number;
};

type Leaf = { readonly value: TlvValue; readonly regular: boolean };

const HEADER = 4;

const bytesLeaf = (bytes: Uint8Array, regular: boolean): Leaf => ({
  value: { kind: 'bytes', bytes },
  regular,
});

const stringLeaf = (tag: Tag, bytes: Uint8Array): Leaf => {
  const text = decodeCp866(bytes);
  return tag.fixed === true
    ? { value: { kind: 'string', text: withoutPadding(text) }, regular: bytes.length === tag.maxLength }
    : { value: { kind: 'string', text }, regular: bytes.length <= tag.maxLength };
};

const integerLeaf = (tag: Tag, bytes: Uint8Array): Leaf => {
  const value = readUnsigned(bytes, 0, bytes.length);
  if (value === undefined) return bytesLeaf(bytes, false);
  const regular = bytes.length === tag.maxLength && (tag.type !== 'flag' || value <= 1);
  return { value: { kind: tag.type === 'unixtime' ? 'unixtime' : 'integer', value }, regular };
};

const vlnLeaf = (tag: Tag, bytes: Uint8Array): Leaf => {
  const value = readUnsigned(bytes, 0, bytes.length);
  if (value === undefined) return bytesLeaf(bytes, false);
  const regular = bytes.length === leastLength(value) && bytes.length <= tag.maxLength;
  return { value: { kind: 'integer', value }, regular };
};

const fvlnLeaf = (tag: Tag, bytes: Uint8Array): Leaf => {
  const decimal = readFvln(bytes, 0, bytes.length);
  if (decimal === undefined) return bytesLeaf(bytes, false);
  const integer = fvlnInteger(decimal.text, decimal.scale) ?? 0;
  const regular = bytes.length === fvlnLength(integer) && bytes.length <= tag.maxLength;
  return { value: { kind: 'decimal', ...decimal }, regular };
};

const plainLeaf = (tag: Tag, bytes: Uint8Array): Leaf =>
  bytesLeaf(bytes, tag.fixed === true ? bytes.length === tag.maxLength : bytes.length <= tag.maxLength);

const LEAVES: Readonly<Record<Exclude<TagType, 'stlv'>, (tag: Tag, bytes: Uint8Array) => Leaf>> = {
  string: stringLeaf,
  byte: integerLeaf,
  flag: integerLeaf,
  uint16: integerLeaf,
  uint32: integerLeaf,
  unixtime: integerLeaf,
  vln: vlnLeaf,
  fvln: fvlnLeaf,
  bytes: plainLeaf,
};

const decodeRange = (
  bytes: Uint8Array,
  start: number,
  end: number,
  depth: number,
): E.Either<NotTlv, ReadonlyArray<TlvNode>> => {
  const wrong = (rule: NotTlv['rule'], offset: number): E.Either<NotTlv, never> =>
    E.left({ _tag: 'NotTlv', rule, offset });
  if (depth > MAX_DEPTH && start < end) return wrong('too-deep', start);
  const nodes: Array<TlvNode> = [];
  for (let offset = start; offset < end;) {
    if (offset + HEADER > end) return wrong('header-cut-short', offset);
    const number = (bytes[offset] ?? 0) + 256 * (bytes[offset + 1] ?? 0);
    const length = (bytes[offset + 2] ?? 0) + 256 * (bytes[offset + 3] ?? 0);
    const from = offset + HEADER;
    const to = from + length;
    if (to > end) return wrong('length-overrun', offset);
    const tag = tagByNumber(number);
    if (tag?.type === 'stlv') {
      const nested = decodeRange(bytes, from, to, depth + 1);
      if (E.isLeft(nested)) return nested;
      const value: TlvValue = { kind: 'nodes', nodes: nested.right };
      nodes.push(length <= tag.maxLength ? { tag: number, value } : { tag: number, value, raw: { length } });
    } else {
      const content = bytes.slice(from, to);
      const { value, regular } =
        tag === undefined ? bytesLeaf(content, true) : LEAVES[tag.type](tag, content);
      nodes.push(regular ? { tag: number, value } : { tag: number, value, raw: { length } });
    }
    offset = to;
  }
  return E.right(nodes);
};

/**
 * Bytes of fiscal documents to elements: tag and length of two bytes each, little-endian, then the value.
 *
 * Order, repeated and unknown tags are kept, the latter as bytes; so is what its type cannot hold. What deviates from the format is
 * marked `raw` on the node and not refused: `encodeTlv` gives the same bytes again. Text comes without the padding of fixed fields.
 * Refuses, with the offset, an element whose header or value goes beyond its parent, and nesting deeper than eight. Time and memory
 * are linear in the number of bytes. Source: order ЕД-7-20/662@, general rules of the TLV encoding.
 */
export const decodeTlv = (bytes: Uint8Array): E.Either<NotTlv, ReadonlyArray<TlvNode>> =>
  decodeRange(bytes, 0, bytes.length, 1);
