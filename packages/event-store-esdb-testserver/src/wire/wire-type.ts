import type { Sink } from './sink';
import { writeBigint, writeDelimited, writeNumber, writeText } from './sink';
import type { Source } from './source';
import { readDelimited, readVarint } from './source';

/** How one value stands in a message of protocol buffers. */
export interface WireType<A> {
  /** 0: a varint, 2: bytes with their length in front. */
  readonly wire: 0 | 2;
  readonly write: (sink: Sink, value: A) => void;
  readonly read: (source: Source) => A;
}

const bigintOf = ([low, high]: readonly [number, number]): bigint =>
  high === 0 ? BigInt(low) : (BigInt(high) << 32n) | BigInt(low);

export const uint64: WireType<bigint> = {
  wire: 0,
  write: writeBigint,
  read: (source) => bigintOf(readVarint(source)),
};

export const int64: WireType<bigint> = {
  wire: 0,
  write: writeBigint,
  read: (source) => BigInt.asIntN(64, bigintOf(readVarint(source))),
};

/** `int32` and enumerations. */
export const int32: WireType<number> = {
  wire: 0,
  write: (sink, value) => writeBigint(sink, BigInt(value)),
  read: (source) => readVarint(source)[0] | 0,
};

export const uint32: WireType<number> = {
  wire: 0,
  write: writeNumber,
  read: (source) => readVarint(source)[0],
};

export const bool: WireType<boolean> = {
  wire: 0,
  write: (sink, value) => writeNumber(sink, value ? 1 : 0),
  read: (source) => {
    const [low, high] = readVarint(source);
    return low !== 0 || high !== 0;
  },
};

export const text: WireType<string> = {
  wire: 2,
  write: writeText,
  read: (source) => readDelimited(source).toString('utf8'),
};

/** A view of the message that was read, not a copy. */
export const bytes: WireType<Uint8Array> = {
  wire: 2,
  write: writeDelimited,
  read: readDelimited,
};
