import * as E from 'fp-ts/Either';

import { decodeBase64 } from './base64';
import { writeFiscalSign } from './fiscal-sign';
import { withoutPadding } from './fixed-text';
import { FORM_CODES } from './form-code';
import { fieldNamed } from './json-field';
import type { NotJsonForm } from './json-form';
import { formCodeField } from './json-form';
import type { Tag } from './tag';
import { tagByNumber } from './tags';
import type { TlvNode, TlvValue } from './tlv-node';
import { MAX_DEPTH, tlv } from './tlv-node';

/**
 * What the JSON form leaves open. `serviceBytes`: the two bytes before the fiscal sign, zeros unless given. `unknownFields`: fields
 * that name no tag, such as an operator adds, are refused unless they are to be skipped.
 */
export type FromJsonOptions = {
  readonly serviceBytes?: Uint8Array;
  readonly unknownFields?: 'refuse' | 'skip';
};

type Path = ReadonlyArray<string>;
type Read<A> = E.Either<NotJsonForm, A>;

const FISCAL_SIGN = 1077;
const NO_SERVICE_BYTES = new Uint8Array(2);

const refuse = (rule: NotJsonForm['rule'], path: Path): Read<never> =>
  E.left({ _tag: 'NotJsonForm', rule, path });

const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

const isUnsigned = (json: unknown): json is number =>
  typeof json === 'number' && Number.isSafeInteger(json) && json >= 0;

const bytesOf = (json: unknown, path: Path): Read<Uint8Array> => {
  if (typeof json !== 'string') return refuse('wrong-type', path);
  const bytes = decodeBase64(json);
  return bytes === undefined ? refuse('not-base64', path) : E.right(bytes);
};

const decimalValue = (json: unknown, path: Path): Read<TlvValue> => {
  if (typeof json !== 'number' && typeof json !== 'string') return refuse('wrong-type', path);
  const text = String(json);
  return /^(0|[1-9]\d*)(\.\d*[1-9])?$/.test(text)
    ? E.right(tlv.decimal(0, text).value)
    : refuse('not-a-decimal', path);
};

const fiscalSignValue = (json: number, options: FromJsonOptions, path: Path): Read<TlvValue> => {
  const sign = writeFiscalSign(json, options.serviceBytes ?? NO_SERVICE_BYTES);
  return E.isLeft(sign) ? refuse('not-a-fiscal-sign', path) : E.right({ kind: 'bytes', bytes: sign.right });
};

const valueOf = (tag: Tag, json: unknown, options: FromJsonOptions, path: Path): Read<TlvValue> => {
  if (tag.type === 'stlv') {
    if (!isObject(json)) return refuse('wrong-type', path);
    return E.map((nodes: ReadonlyArray<TlvNode>): TlvValue => ({ kind: 'nodes', nodes }))(
      nodesOf(tag.tag, Object.entries(json), options, path),
    );
  }
  if (tag.type === 'fvln') return decimalValue(json, path);
  if (tag.tag === FISCAL_SIGN && typeof json === 'number') return fiscalSignValue(json, options, path);
  if (tag.type === 'bytes') {
    return E.map((bytes: Uint8Array): TlvValue => ({ kind: 'bytes', bytes }))(bytesOf(json, path));
  }
  if (tag.type === 'string') {
    if (typeof json !== 'string') return refuse('wrong-type', path);
    return E.right({ kind: 'string', text: tag.fixed === true ? withoutPadding(json) : json });
  }
  if (!isUnsigned(json)) return refuse('wrong-type', path);
  return E.right({ kind: tag.type === 'unixtime' ? 'unixtime' : 'integer', value: json });
};

const nodeOf = (
  parent: number,
  name: string,
  json: unknown,
  options: FromJsonOptions,
  path: Path,
): Read<TlvNode | undefined> => {
  const field = fieldNamed(parent, name);
  if (field === undefined) {
    return options.unknownFields === 'skip' ? E.right(undefined) : refuse('unknown-field', path);
  }
  const tag = tagByNumber(field.tag);
  if (tag !== undefined && field.as === 'value') {
    return E.map((value: TlvValue): TlvNode => ({ tag: tag.tag, value }))(valueOf(tag, json, options, path));
  }
  return E.map((bytes: Uint8Array): TlvNode =>
    tag === undefined
      ? tlv.bytes(field.tag, bytes)
      : { ...tlv.bytes(field.tag, bytes), raw: { length: bytes.length } },
  )(bytesOf(json, path));
};

const nodesOf = (
  parent: number,
  entries: ReadonlyArray<readonly [string, unknown]>,
  options: FromJsonOptions,
  path: Path,
): Read<ReadonlyArray<TlvNode>> => {
  if (path.length > MAX_DEPTH) return refuse('too-deep', path);
  const nodes: Array<TlvNode> = [];
  for (const [name, json] of entries) {
    const values: ReadonlyArray<unknown> = Array.isArray(json) ? json : [json];
    for (const value of values) {
      const node = nodeOf(parent, name, value, options, [...path, name]);
      if (E.isLeft(node)) return node;
      if (node.right !== undefined) nodes.push(node.right);
    }
  }
  return E.right(nodes);
};

/**
 * The JSON form of the tax service to a document, ready for `encodeTlv`.
 *
 * Takes `{ receipt: { … } }` and the same under `document`. The form code inside may be missing, but must not contradict. Single
 * values are accepted for repeated tags and arrays for any. Lengths and ranges are not checked here: the encoder does. Refuses, with
 * the path of field names, a root that is no form, unknown fields (unless skipped), values of another JSON type than the tag's, and
 * nesting deeper than eight.
 */
export const documentFromJson = (json: unknown, options: FromJsonOptions = {}): Read<TlvNode> => {
  const outer = isObject(json) && isObject(json['document']) ? json['document'] : json;
  const roots = isObject(outer) ? Object.entries(outer) : [];
  const [root, ...others] = roots;
  const form = FORM_CODES.map(tagByNumber).find((tag) => tag?.json === root?.[0]);
  if (root === undefined || others.length > 0 || form === undefined || !isObject(root[1])) {
    return refuse('not-a-document', []);
  }
  const [name, body] = root;
  const codeField = formCodeField(form.tag);
  const code = body[codeField] ?? form.tag;
  if (code !== form.tag) return refuse('wrong-form-code', [name, codeField]);
  const fields = Object.entries(body).filter(([field]) => field !== codeField);
  return E.map((nodes: ReadonlyArray<TlvNode>): TlvNode => tlv.nodes(form.tag, nodes))(
    nodesOf(form.tag, fields, options, [name]),
  );
};
