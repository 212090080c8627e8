import * as E from 'fp-ts/Either';

import { encodeBase64 } from './base64';
import { readFiscalSign } from './fiscal-sign';
import { FORM_CODES } from './form-code';
import { nameOfField } from './json-field';
import type { JsonObject, JsonValue, NotJsonForm } from './json-form';
import { formCodeField } from './json-form';
import type { Tag } from './tag';
import { tagByNumber } from './tags';
import type { TlvNode } from './tlv-node';
import { MAX_DEPTH } from './tlv-node';

const FISCAL_SIGN = 1077;

type Field = { readonly name: string; readonly value: JsonValue };

const bytesField = (name: string, tag: Tag | undefined, node: TlvNode, bytes: Uint8Array): Field => {
  if (tag !== undefined && tag.type !== 'bytes')
    return { name: `bytes${node.tag}`, value: encodeBase64(bytes) };
  const sign = node.tag === FISCAL_SIGN ? readFiscalSign(bytes) : undefined;
  return { name, value: sign !== undefined && E.isRight(sign) ? sign.right.number : encodeBase64(bytes) };
};

const decimalValue = (text: string): JsonValue => (String(Number(text)) === text ? Number(text) : text);

const objectOf = (
  parent: number,
  nodes: ReadonlyArray<TlvNode>,
  path: ReadonlyArray<string>,
): E.Either<NotJsonForm, JsonObject> => {
  if (path.length > MAX_DEPTH) return E.left({ _tag: 'NotJsonForm', rule: 'too-deep', path });
  const values = new Map<string, Array<JsonValue>>();
  const arrays = new Set<string>();
  for (const node of nodes) {
    const tag = tagByNumber(node.tag);
    const field = fieldOf(nameOfField(parent, node.tag, tag), tag, node, path);
    if (E.isLeft(field)) return field;
    const { name, value } = field.right;
    const earlier = values.get(name);
    if (earlier === undefined) values.set(name, [value]);
    else earlier.push(value);
    if (earlier !== undefined || tag?.repeated === true) arrays.add(name);
  }
  return E.right(
    Object.fromEntries(
      [...values].map(([name, list]) => [name, arrays.has(name) ? list : (list[0] ?? list)] as const),
    ),
  );
};

const fieldOf = (
  name: string,
  tag: Tag | undefined,
  node: TlvNode,
  path: ReadonlyArray<string>,
): E.Either<NotJsonForm, Field> => {
  const { value } = node;
  if (value.kind === 'nodes') {
    return E.map((object: JsonObject): Field => ({ name, value: object }))(
      objectOf(node.tag, value.nodes, [...path, name]),
    );
  }
  if (value.kind === 'bytes') return E.right(bytesField(name, tag, node, value.bytes));
  if (value.kind === 'string') return E.right({ name, value: value.text });
  if (value.kind === 'decimal') return E.right({ name, value: decimalValue(value.text) });
  return E.right({ name, value: value.value });
};

/**
 * A document to the JSON form of the tax service: `{ receipt: { receiptCode: 3, dateTime: …, items: [ … ], … } }`.
 *
 * Fields are named as in the tag table, where one name means different tags at different levels; repeated tags become arrays; money
 * is whole kopecks; a quantity is a number where the number is exact, else plain decimal text; time is seconds of local wall time;
 * the fiscal sign is its unsigned 32-bit number, so its service bytes are lost; other bytes are base64. A tag without a name is
 * `tag` and its number; the bytes of a value that its type could not hold are `bytes` and the number. What only the wire has
 * (padding, scale of quantities, places of repeated tags among others) is lost too. Refuses a node whose tag is no form code.
 */
export const documentToJson = (document: TlvNode): E.Either<NotJsonForm, JsonObject> => {
  const tag = FORM_CODES.some((code) => code === document.tag) ? tagByNumber(document.tag) : undefined;
  if (tag === undefined || document.value.kind !== 'nodes') {
    return E.left({ _tag: 'NotJsonForm', rule: 'not-a-document', path: [] });
  }
  return E.map((fields: JsonObject): JsonObject => ({
    [tag.json]: { [formCodeField(tag.tag)]: tag.tag, ...fields },
  }))(objectOf(tag.tag, document.value.nodes, [tag.json]));
};
