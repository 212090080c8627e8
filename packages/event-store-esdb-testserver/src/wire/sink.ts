/** A message that is being written. */
export interface Sink {
  bytes: Buffer;
  length: number;
}

export const emptySink = (room = 256): Sink => ({ bytes: Buffer.allocUnsafe(room), length: 0 });

export const written = ({ bytes, length }: Sink): Buffer => bytes.subarray(0, length);

const reserve = (sink: Sink, more: number): void => {
  const needed = sink.length + more;
  if (needed <= sink.bytes.length) return;
  const wider = Buffer.allocUnsafe(Math.max(needed, sink.bytes.length * 2));
  sink.bytes.copy(wider, 0, 0, sink.length);
  sink.bytes = wider;
};

/** A number from 0 to 2^53 - 1. */
export const writeNumber = (sink: Sink, value: number): void => {
  reserve(sink, 8);
  let rest = value;
  while (rest > 0x7f) {
    sink.bytes[sink.length] = (rest % 0x80) + 0x80;
    sink.length += 1;
    rest = Math.floor(rest / 0x80);
  }
  sink.bytes[sink.length] = rest;
  sink.length += 1;
};

/** 64 bits, signed or not: a negative number is written as its two's complement. */
export const writeBigint = (sink: Sink, value: bigint): void => {
  if (value >= 0n && value <= 9_007_199_254_740_991n) {
    writeNumber(sink, Number(value));
    return;
  }
  reserve(sink, 10);
  let rest = BigInt.asUintN(64, value);
  while (rest > 0x7fn) {
    sink.bytes[sink.length] = Number(rest & 0x7fn) | 0x80;
    sink.length += 1;
    rest >>= 7n;
  }
  sink.bytes[sink.length] = Number(rest);
  sink.length += 1;
};

export const writeRaw = (sink: Sink, bytes: Uint8Array): void => {
  reserve(sink, bytes.length);
  sink.bytes.set(bytes, sink.length);
  sink.length += bytes.length;
};

export const writeDelimited = (sink: Sink, bytes: Uint8Array): void => {
  writeNumber(sink, bytes.length);
  writeRaw(sink, bytes);
};

export const writeText = (sink: Sink, text: string): void => {
  const length = Buffer.byteLength(text, 'utf8');
  writeNumber(sink, length);
  reserve(sink, length);
  sink.bytes.write(text, sink.length, length, 'utf8');
  sink.length += length;
};

/** Writes what `content` writes with its length in front. The length is known afterwards: one byte is left for it, as a rule enough. */
export const writeFramed = (sink: Sink, content: () => void): void => {
  reserve(sink, 1);
  const start = sink.length + 1;
  sink.length = start;
  content();
  const length = sink.length - start;
  const more = length < 0x80 ? 0 : length < 0x4000 ? 1 : length < 0x20_0000 ? 2 : 3;
  if (more > 0) {
    reserve(sink, more);
    sink.bytes.copyWithin(start + more, start, sink.length);
  }
  const end = sink.length + more;
  sink.length = start - 1;
  writeNumber(sink, length);
  sink.length = end;
};
