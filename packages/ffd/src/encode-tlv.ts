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

const putInteger = (out: Array<number>, value: number, length: number): Rule | undefined => {
  if (!Number.isSafeInteger(value) || value < 0) return 'not-an-integer';
  if (value > 0 && leastLength(value) > length) return 'out-of-range';
  for (let index = 0, rest = value; index < length; index += 1, rest = Math.floor(rest / 256))
    out.push(rest % 256);
  return undefined;
};

const putTyped = (out: Array<number>, value: number, { tag, rawLength }: Bounds): Rule | undefined => {
  if (tag === undefined || !INTEGER_TYPES.has(tag.type)) return 'wrong-kind';
  if (!Number.isSafeInteger(value)) return 'not-an-integer';
  if (rawLength !== undefined) return putInteger(out, value, rawLength);
  if (tag.type === 'flag' && value > 1) return 'out-of-range';
  if (tag.type !== 'vln') return putInteger(out, value, tag.maxLength);
  const length = leastLength(value);
  return length > tag.maxLength ? 'out-of-range' : putInteger(out, value, length);
};

const putDecimal = (
  out: Array<number>,
  text: string,
  scale: number,
  { tag, rawLength }: Bounds,
): Rule | undefined => {
  if (tag?.type !== 'fvln') return 'wrong-kind';
  const integer = fvlnInteger(text, scale);
  if (integer === undefined) return 'not-a-decimal';
  const length = rawLength ?? fvlnLength(integer);
  if (length > tag.maxLength && rawLength === undefined) return 'out-of-range';
  if (length === 0) return 'wrong-length';
  out.push(scale);
  return putInteger(out, integer, length - 1);
};

const putString = (out: Array<number>, text: string, { tag, rawLength }: Bounds): Rule | undefined => {
  if (tag?.type !== 'string') return 'wrong-kind';
  const encoded = encodeCp866(text);
  if (E.isLeft(encoded)) return 'not-cp866';
  const limit = rawLength ?? tag.maxLength;
  if (text.length > limit) return 'too-long';
  for (const byte of encoded.right) out.push(byte);
  if (rawLength === undefined && tag.fixed !== true) return undefined;
  for (let index = text.length; index < limit; index += 1) out.push(SPACE);
  return undefined;
};

const putBytes = (out: Array<number>, bytes: Uint8Array, { tag, rawLength }: Bounds): Rule | undefined => {
  if (rawLength !== undefined) {
    if (bytes.length !== rawLength) return 'wrong-length';
  } else if (tag !== undefined) {
    if (tag.type !== 'bytes') return 'wrong-kind';
    if (bytes.length > tag.maxLength) return 'too-long';
    if (tag.fixed === true && bytes.length !== tag.maxLength) return 'wrong-length';
  }
  for (const byte of bytes) out.push(byte);
  return undefined;
};

const putLeaf = (
  out: Array<number>,
  value: Exclude<TlvValue, { readonly kind: 'nodes' }>,
  bounds: Bounds,
): Rule | undefined => {
  if (value.kind === 'string') return putString(out, value.text, bounds);
  if (value.kind === 'integer') return putTyped(out, value.value, bounds);
  if (value.kind === 'decimal') return putDecimal(out, value.text, value.scale, bounds);
  if (value.kind === 'bytes') return putBytes(out, value.bytes, bounds);
  return bounds.tag?.type === 'unixtime'
    ? putInteger(out, value.value, bounds.rawLength ?? bounds.tag.maxLength)
    : 'wrong-kind';
};

const refused = (rule: Rule, tag: number): NotEncodable => ({ _tag: 'NotEncodable', rule, path: [tag] });

const putNode = (
  out: Array<number>,
  { tag: number, value, raw }: TlvNode,
  depth: number,
): NotEncodable | undefined => {
  if (depth > MAX_DEPTH) return refused('too-deep', number);
  if (!isUint16(number)) return refused('tag-out-of-range', number);
  if (raw !== undefined && !isUint16(raw.length)) return refused('wrong-length', number);
  const tag = tagByNumber(number);
  out.push(number & 0xff, number >> 8, 0, 0);
  const start = out.length;
  if (value.kind === 'nodes') {
    if (tag?.type !== 'stlv') return refused('wrong-kind', number);
    for (const node of value.nodes) {
      const inner = putNode(out, node, depth + 1);
      if (inner !== undefined) return { ...inner, path: [number, ...inner.path] };
    }
    if (out.length - start > tag.maxLength && raw === undefined) return refused('too-long', number);
  } else {
    const rule = putLeaf(out, value, { tag, rawLength: raw?.length });
    if (rule !== undefined) return refused(rule, number);
  }
  const length = out.length - start;
  if (length > MAX_UINT16) return refused('too-long', number);
  out[start - 2] = length & 0xff;
  out[start - 1] = length >> 8;
  return undefined;
};

/**
 * Elements to bytes: tag and length of two bytes each, little-endian, then the value; nested elements one after another.
 *
 * Integers take the length of their type, VLN and FVLN the least length, fixed strings are padded with spaces. Refuses, with the
 * path of tags, a value of another kind than the tag's, one that exceeds the tag's length or range, text outside CP866, and nesting
 * deeper than eight. Unknown tags take bytes only. Nodes marked `raw` by the decoder are written in the length they had, without
 * limits. Source: order ЕД-7-20/662@, general rules of the TLV encoding.
 */
export const encodeTlv = (nodes: ReadonlyArray<TlvNode>): E.Either<NotEncodable, Uint8Array> => {
  const out: Array<number> = [];
  for (const node of nodes) {
    const refusal = putNode(out, node, 1);
    if (refusal !== undefined) return E.left(refusal);
  }
  return E.right(Uint8Array.from(out));
};

/** Length of the encoded elements in bytes, or the refusal that `encodeTlv` would give. */
export const encodedLength = (nodes: ReadonlyArray<TlvNode>): E.Either<NotEncodable, number> =>
  E.map((bytes: Uint8Array) => bytes.length)(encodeTlv(nodes));
