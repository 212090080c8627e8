import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import { decodeCp866 } from './cp866';
import { decodeTlv } from './decode-tlv';
import { documentFromJson } from './document-from-json';
import { documentToJson } from './document-to-json';
import { encodedLength, encodeTlv } from './encode-tlv';
import { childTags } from './nesting';
import type { Tag } from './tag';
import { tagByNumber, TAGS } from './tags';
import type { TlvNode } from './tlv-node';
import { tlv } from './tlv-node';

const SERVICE_BYTES = Uint8Array.of(0x21, 0x04);

const right = <L, A>(either: E.Either<L, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left));
  return either.right;
};

const text = (tag: Tag): fc.Arbitrary<string> =>
  fc
    .uint8Array({ maxLength: Math.min(tag.maxLength, 12) })
    .map(decodeCp866)
    .filter((characters) => tag.fixed !== true || !characters.endsWith(' '));

const decimal = fc
  .tuple(fc.nat({ max: 2 ** 31 - 1 }), fc.nat({ max: 999_999 }))
  .map(([whole, millionths]) => `${whole}.${String(millionths).padStart(6, '0')}`.replace(/\.?0+$/, ''))
  .filter((digits) => digits !== '');

const integer = (bytes: number): fc.Arbitrary<number> =>
  fc.maxSafeNat().map((value) => value % Math.min(256 ** bytes, 2 ** 53 - 1));

const bytes = (tag: Tag): fc.Arbitrary<Uint8Array> =>
  tag.tag === 1077
    ? fc
        .uint8Array({ minLength: 4, maxLength: 4 })
        .map((number) => Uint8Array.of(...SERVICE_BYTES, ...number))
    : fc.uint8Array({ maxLength: tag.maxLength });

const node = (tag: Tag): fc.Arbitrary<TlvNode> => {
  const number = tag.tag;
  if (tag.type === 'stlv') return block(number, 3).map((nodes) => tlv.nodes(number, nodes));
  if (tag.type === 'string') return text(tag).map((characters) => tlv.string(number, characters));
  if (tag.type === 'fvln') return decimal.map((digits) => tlv.decimal(number, digits));
  if (tag.type === 'bytes') return bytes(tag).map((content) => tlv.bytes(number, content));
  if (tag.type === 'unixtime') return integer(4).map((value) => tlv.unixtime(number, value));
  return (tag.type === 'flag' ? fc.nat({ max: 1 }) : integer(tag.maxLength)).map((value) =>
    tlv.integer(number, value),
  );
};

/** Nodes that may stand inside a parent, each tag at most once. */
const block = (parent: number, maxLength: number): fc.Arbitrary<ReadonlyArray<TlvNode>> => {
  const tags = childTags(parent).flatMap((child) => {
    const tag = tagByNumber(child);
    return tag === undefined || tag.maxLength === 0 ? [] : [tag];
  });
  return tags.length === 0
    ? fc.constant([])
    : fc
        .uniqueArray(fc.constantFrom(...tags), { maxLength })
        .chain((chosen) => fc.tuple(...chosen.map(node)));
};

const document: fc.Arbitrary<TlvNode> = fc
  .constantFrom(1, 2, 3, 4, 5, 6, 7, 11, 21, 31, 41)
  .chain((form) => block(form, 12).map((nodes) => tlv.nodes(form, nodes)));

/** An element written by hand, so that its content may be anything. */
const element = (tag: number, content: Uint8Array): Uint8Array =>
  Uint8Array.of(tag & 255, tag >> 8, content.length & 255, content.length >> 8, ...content);

const anyTag = fc.oneof(fc.constantFrom(...TAGS.keys()), fc.nat({ max: 0xffff }));

const leaf = fc
  .tuple(anyTag, fc.uint8Array({ maxLength: 24 }))
  .map(([tag, content]) => element(tag, content));

const { elements } = fc.letrec<{ elements: Uint8Array }>((tie) => ({
  elements: fc
    .array(
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        fc
          .tuple(fc.constantFrom(3, 1059, 1223, 1115, 1157), tie('elements'))
          .map(([tag, content]) => element(tag, content)),
      ),
      { maxLength: 5 },
    )
    .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part]))),
}));

describe('generated documents', () => {
  property.prop([document])('come back from the wire as they were', (generated) => {
    const wire = right(encodeTlv([generated]));
    expect(decodeTlv(wire)).toEqual(E.right([generated]));
    expect(encodedLength([generated])).toEqual(E.right(wire.length));
  });

  property.prop([document])('come back from their JSON form as they were', (generated) => {
    const json: unknown = JSON.parse(JSON.stringify(right(documentToJson(generated))));
    expect(documentFromJson(json, { serviceBytes: SERVICE_BYTES })).toEqual(E.right(generated));
  });

  property.prop([document, document])('keep their JSON form when tags repeat', (one, other) => {
    if (one.value.kind !== 'nodes' || other.value.kind !== 'nodes') throw new Error('no document');
    const both = tlv.nodes(one.tag, [...one.value.nodes, ...other.value.nodes]);
    const json = right(documentToJson(both));
    expect(documentToJson(right(documentFromJson(json, { serviceBytes: SERVICE_BYTES })))).toEqual(
      E.right(json),
    );
  });
});

describe('any bytes', () => {
  property.prop([elements], { numRuns: 300 })('that decode, encode to themselves', (wire) => {
    const nodes = decodeTlv(wire);
    if (E.isRight(nodes)) expect(encodeTlv(nodes.right)).toEqual(E.right(wire));
    else expect(nodes.left.offset).toBeLessThan(wire.length);
  });

  property.prop([elements])('that decode as a document have a JSON form that keeps what it holds', (wire) => {
    const decoded = decodeTlv(element(3, wire));
    if (E.isLeft(decoded)) return;
    const [receipt] = decoded.right;
    if (receipt === undefined) throw new Error('no document');
    const json = right(documentToJson(receipt));
    expect(documentToJson(right(documentFromJson(json)))).toEqual(E.right(json));
  });

  property.prop([fc.uint8Array({ maxLength: 4096 })])('are read or refused, never thrown at', (wire) => {
    const nodes = decodeTlv(wire);
    if (E.isRight(nodes)) expect(encodeTlv(nodes.right)).toEqual(E.right(wire));
    else expect(nodes.left.offset).toBeLessThan(Math.max(wire.length, 1));
  });
});
