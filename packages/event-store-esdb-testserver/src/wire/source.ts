/** Bytes that are not a message of the protocol. The library of gRPC answers them with status INTERNAL. */
const cut = (): Error => new Error('The message ends in the middle of a field.');

/** A place in a message that is read from front to back. */
export interface Source {
  readonly bytes: Buffer;
  at: number;
  end: number;
}

export const sourceOf = (bytes: Buffer): Source => ({ bytes, at: 0, end: bytes.length });

/** A varint as two halves of 32 bits, low then high: a number of 64 bits stays exact. */
export const readVarint = (source: Source): readonly [low: number, high: number] => {
  let low = 0;
  let high = 0;
  for (let shift = 0; shift < 70; shift += 7) {
    const byte = nextByte(source);
    const part = byte & 0x7f;
    if (shift < 28) low |= part << shift;
    else if (shift === 28) {
      low |= part << 28;
      high |= part >> 4;
    } else if (shift < 63) high |= part << (shift - 32);
    else high |= (part & 1) << 31;
    if (byte < 0x80) return [low >>> 0, high >>> 0];
  }
  throw new Error('A number is longer than 64 bits.');
};

const nextByte = (source: Source): number => {
  const byte = source.at < source.end ? source.bytes[source.at] : undefined;
  if (byte === undefined) throw cut();
  source.at += 1;
  return byte;
};

/** The bytes of a field with a length in front. They are a view, not a copy. */
export const readDelimited = (source: Source): Buffer => {
  const [length, high] = readVarint(source);
  const start = source.at;
  if (high !== 0 || length > source.end - start) throw cut();
  source.at = start + length;
  return source.bytes.subarray(start, source.at);
};

/** Passes over a field that is not known. */
export const skipField = (source: Source, wireType: number): void => {
  if (wireType === 0) readVarint(source);
  else if (wireType === 2) readDelimited(source);
  else {
    const width = wireType === 1 ? 8 : wireType === 5 ? 4 : undefined;
    if (width === undefined || source.at + width > source.end) throw cut();
    source.at += width;
  }
};
