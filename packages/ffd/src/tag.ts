/**
 * How the value of a tag lies on the wire.
 *
 * `string` CP866; `byte`, `uint16`, `uint32` unsigned little-endian; `flag` one byte 0 or 1; `vln` unsigned little-endian of the
 * least length; `fvln` the number of decimals in one byte, then a `vln`; `unixtime` 4 bytes, seconds of local wall time read as if
 * it were UTC; `bytes` as they are; `stlv` further elements.
 */
export type TagType =
  | 'string'
  | 'byte'
  | 'uint16'
  | 'uint32'
  | 'vln'
  | 'fvln'
  | 'unixtime'
  | 'bytes'
  | 'stlv'
  | 'flag';

/**
 * A requisite of fiscal documents (реквизит, тег).
 *
 * `name` is unique in the table: the field name of the exchange format of the tax service, or a name of ours where that format has
 * none or uses one name for several tags. `json` is the field name of that format. `maxLength` is in bytes of the value; 0 means
 * that the requisite exists in the printed form only. `fixed` values have exactly that length, strings padded with spaces on the
 * right. `repeated` ones may stand several times in their parent.
 */
export type Tag = {
  readonly tag: number;
  readonly name: string;
  readonly json: string;
  readonly russian: string;
  readonly type: TagType;
  readonly maxLength: number;
  readonly fixed?: boolean;
  readonly repeated?: boolean;
};

/** A line of a tag table: tag, name, Russian name, type, length in bytes, and what is out of the ordinary. */
export type TagRow = readonly [
  tag: number,
  name: string,
  russian: string,
  type: TagType,
  maxLength: number,
  special?: { readonly fixed?: true; readonly repeated?: true; readonly json?: string },
];
