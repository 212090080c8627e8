/** Where bytes stand in a byte store. */
export interface Place {
  readonly slab: number;
  readonly at: number;
}

/** Bytes that are only ever added, in large pieces of memory outside of the heap: a million events are a few hundred slabs. */
export interface ByteStore {
  readonly put: (bytes: Uint8Array) => Place;
  /** A view of what was put. */
  readonly view: (slab: number, at: number, length: number) => Buffer;
}

const SLAB = 1 << 21;

export const byteStore = (): ByteStore => {
  const slabs: Array<Buffer> = [];
  let used = SLAB;
  const last = (length: number): Buffer => {
    const current = slabs.at(-1);
    if (current !== undefined && used + length <= current.length) return current;
    const next = Buffer.allocUnsafeSlow(Math.max(SLAB, length));
    slabs.push(next);
    used = 0;
    return next;
  };
  return {
    put: (bytes) => {
      const slab = last(bytes.length);
      slab.set(bytes, used);
      const place = { slab: slabs.length - 1, at: used };
      used += bytes.length;
      return place;
    },
    view: (slab, at, length) => {
      const found = slabs[slab];
      if (found === undefined) throw new RangeError(`There is no slab ${slab}.`);
      return found.subarray(at, at + length);
    },
  };
};
