/**
 * Value of an element.
 *
 * `integer` holds the types byte, flag, uint16, uint32 and VLN; `decimal` an FVLN: `text` is plain decimal without trailing zeros,
 * `scale` the number of decimals on the wire; `unixtime` is local wall time in seconds, read as if it were UTC.
 */
export type TlvValue =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'decimal'; readonly text: string; readonly scale: number }
  | { readonly kind: 'unixtime'; readonly value: number }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'nodes'; readonly nodes: ReadonlyArray<TlvNode> };

/**
 * One element: a tag and its value. A document is one node whose tag is the code of its form.
 *
 * `raw` is set by the decoder where the bytes differ from what the format prescribes (padding, trailing zero bytes, a length beyond
 * the limit, a value that its type cannot hold and that is kept as bytes). The encoder then writes exactly `raw.length` bytes and
 * applies no limits, so that a decoded document gives the same bytes again; of nested nodes it only lifts the limit. Leave it out in
 * documents of your own.
 */
export type TlvNode = {
  readonly tag: number;
  readonly value: TlvValue;
  readonly raw?: { readonly length: number };
};

/** The deepest nesting that is read or written; the deepest of the format is 5 (document, counters, corrections, sign, sum). */
export const MAX_DEPTH = 8;

const decimalsOf = (text: string): number => {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
};

/** Short constructors of nodes. `decimal` takes the number of decimals from the text unless told otherwise. */
export const tlv = {
  string: (tag: number, text: string): TlvNode => ({ tag, value: { kind: 'string', text } }),
  integer: (tag: number, value: number): TlvNode => ({ tag, value: { kind: 'integer', value } }),
  decimal: (tag: number, text: string, scale: number = decimalsOf(text)): TlvNode => ({
    tag,
    value: { kind: 'decimal', text, scale },
  }),
  unixtime: (tag: number, value: number): TlvNode => ({ tag, value: { kind: 'unixtime', value } }),
  bytes: (tag: number, bytes: Uint8Array): TlvNode => ({ tag, value: { kind: 'bytes', bytes } }),
  nodes: (tag: number, nodes: ReadonlyArray<TlvNode>): TlvNode => ({ tag, value: { kind: 'nodes', nodes } }),
} as const;
