import * as E from 'fp-ts/Either';

import { encodeCp866 } from './cp866';
import { fvlnInteger, fvlnLength } from './fvln';
import { leastLength } from './little-endian';
import type { Tag, TagType } from './tag';
import { tagByNumber } from './tags';
import type { TlvNode, TlvValue } from './tlv-node';
import { MAX_DEPTH } from './tlv-node';

/** Why a node has no place in a document; it names the rule, `path` the tags from the outermost to the one in question. */
export type NotEncodable = {
  readonly _tag: 'NotEncodable';
  readonly rule:
    | 'tag-out-of-range'
    | 'wrong-kind'
    | 'not-an-integer'
    | 'out-of-range'
    | 'not-a-decimal'
    | 'not-cp866'
    | 'too-long'
    | 'wrong-length'
    | 'too-deep';
  readonly path: ReadonlyArray<number>;
};

type Rule = NotEncodable['rule'];

/** What the encoder must obey for one node: its tag, and the length that a decoded node had. */
type Bounds = { readonly tag: Tag | undefined; readonly rawLength: number | undefined };

const MAX_UINT16 = 0xffff;
const SPACE = 0x20;
const INTEGER_TYPES: ReadonlySet<TagType> = new Set(['byte', 'flag', 'uint16', 'uint32', 'vln']);

const isUint16 = (number: number): boolean => Number.isInteger(number) && number >= 0 && number <= MAX_UINT16;

const concat = (parts: ReadonlyArray<Uint8Array>): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
};

const integerBytes = (value: number, length: number): E.Either<Rule, Uint8Array> => {
  if (!Number.isSafeInteger(value) || value < 0) return E.left('not-an-integer');
  if (leastLength(value) > length && value > 0) return E.left('out-of-range');
  const bytes = new Uint8Array(length);
  for (let index = 0, rest = value; index < length && rest > 0; index += 1, rest = Math.floor(rest / 256)) {
    bytes[index] = rest % 256;
  }
  return E.right(bytes);
};

const integerValue = (value: number, { tag, rawLength }: Bounds): E.Either<Rule, Uint8Array> => {
  if (tag === undefined || !INTEGER_TYPES.has(tag.type)) return E.left('wrong-kind');
  if (!Number.isSafeInteger(value)) return E.left('not-an-integer');
  if (rawLength !== undefined) return integerBytes(value, rawLength);
  if (tag.type === 'flag' && value > 1) return E.left('out-of-range');
  if (tag.type !== 'vln') return integerBytes(value, tag.maxLength);
  const length = leastLength(value);
  return length > tag.maxLength ? E.left('out-of-range') : integerBytes(value, length);
};

const unixtimeValue = (value: number, { tag, rawLength }: Bounds): E.Either<Rule, Uint8Array> =>
  tag?.type === 'unixtime' ? integerBytes(value, rawLength ?? tag.maxLength) : E.left('wrong-kind');

const decimalValue = (
  text: string,
  scale: number,
  { tag, rawLength }: Bounds,
): E.Either<Rule, Uint8Array> => {
  if (tag?.type !== 'fvln') return E.left('wrong-kind');
  const integer = fvlnInteger(text, scale);
  if (integer === undefined) return E.left('not-a-decimal');
  const length = rawLength ?? fvlnLength(integer);
  if (length > tag.maxLength && rawLength === undefined) return E.left('out-of-range');
  if (length === 0) return E.left('wrong-length');
  return E.map((rest: Uint8Array) => concat([Uint8Array.of(scale), rest]))(integerBytes(integer, length - 1));
};

const stringValue = (text: string, { tag, rawLength }: Bounds): E.Either<Rule, Uint8Array> => {
  if (tag?.type !== 'string') return E.left('wrong-kind');
  const encoded = encodeCp866(text);
  if (E.isLeft(encoded)) return E.left('not-cp866');
  const limit = rawLength ?? tag.maxLength;
  if (encoded.right.length > limit) return E.left('too-long');
  if (rawLength === undefined && tag.fixed !== true) return encoded;
  const padded = new Uint8Array(limit).fill(SPACE);
  padded.set(encoded.right);
  return E.right(padded);
};

const bytesValue = (bytes: Uint8Array, { tag, rawLength }: Bounds): E.Either<Rule, Uint8Array> => {
  if (rawLength !== undefined) return bytes.length === rawLength ? E.right(bytes) : E.left('wrong-length');
  if (tag === undefined) return E.right(bytes);
  if (tag.type !== 'bytes') return E.left('wrong-kind');
  if (bytes.length > tag.maxLength) return E.left('too-long');
  return tag.fixed === true && bytes.length !== tag.maxLength ? E.left('wrong-length') : E.right(bytes);
};

const leafValue = (
  value: Exclude<TlvValue, { readonly kind: 'nodes' }>,
  bounds: Bounds,
): E.Either<Rule, Uint8Array> => {
  if (value.kind === 'string') return stringValue(value.text, bounds);
  if (value.kind === 'integer') return integerValue(value.value, bounds);
  if (value.kind === 'decimal') return decimalValue(value.text, value.scale, bounds);
  if (value.kind === 'unixtime') return unixtimeValue(value.value, bounds);
  return bytesValue(value.bytes, bounds);
};

const encodeNodes = (
  nodes: ReadonlyArray<TlvNode>,
  path: ReadonlyArray<number>,
): E.Either<NotEncodable, Uint8Array> => {
  const parts: Array<Uint8Array> = [];
  for (const { tag: number, value, raw } of nodes) {
    const here = [...path, number];
    const wrong = (rule: Rule): E.Either<NotEncodable, never> =>
      E.left({ _tag: 'NotEncodable', rule, path: here });
    if (here.length > MAX_DEPTH) return wrong('too-deep');
    if (!isUint16(number)) return wrong('tag-out-of-range');
    if (raw !== undefined && !isUint16(raw.length)) return wrong('wrong-length');
    const tag = tagByNumber(number);
    let bytes: Uint8Array;
    if (value.kind === 'nodes') {
      if (tag?.type !== 'stlv') return wrong('wrong-kind');
      const nested = encodeNodes(value.nodes, here);
      if (E.isLeft(nested)) return nested;
      bytes = nested.right;
      if (bytes.length > tag.maxLength && raw === undefined) return wrong('too-long');
    } else {
      const leaf = leafValue(value, { tag, rawLength: raw?.length });
      if (E.isLeft(leaf)) return wrong(leaf.left);
      bytes = leaf.right;
    }
    if (bytes.length > MAX_UINT16) return wrong('too-long');
    parts.push(Uint8Array.of(number & 0xff, number >> 8, bytes.length & 0xff, bytes.length >> 8), bytes);
  }
  return E.right(concat(parts));
};

/**
 * Elements to bytes: tag and length of two bytes each, little-endian, then the value; nested elements one after another.
 *
 * Integers take the length of their type, VLN and FVLN the least length, fixed strings are padded with spaces. Refuses, with the
 * path of tags, a value of another kind than the tag's, one that exceeds the tag's length or range, text outside CP866, and nesting
 * deeper than eight. Unknown tags take bytes only. Nodes marked `raw` by the decoder are written in the length they had, without
 * limits. Source: order ЕД-7-20/662@, general rules of the TLV encoding.
 */
export const encodeTlv = (nodes: ReadonlyArray<TlvNode>): E.Either<NotEncodable, Uint8Array> =>
  encodeNodes(nodes, []);

/** Length of the encoded elements in bytes, or the refusal that `encodeTlv` would give. */
export const encodedLength = (nodes: ReadonlyArray<TlvNode>): E.Either<NotEncodable, number> =>
  E.map((bytes: Uint8Array) => bytes.length)(encodeTlv(nodes));
