/**
 * A maker of UUID v7 (RFC 9562, section 5.7), lowercase, each greater than the one before: the twelve bits after the time count
 * within a millisecond (section 6.2, method 1), and the time never goes back even when the clock does.
 */
export const uuidV7 = (
  milliseconds: () => number,
  entropy: (length: number) => Uint8Array,
): (() => string) => {
  const bytes = Buffer.alloc(16);
  let last = -1;
  let count = 0;
  return () => {
    bytes.set(entropy(10), 6);
    const now = Math.max(0, milliseconds());
    if (now > last) {
      last = now;
      // Half of the counter's room is left for counting.
      count = bytes.readUInt16BE(6) & 0x7ff;
    } else {
      count += 1;
    }
    if (count > 0xfff) {
      last += 1;
      count = 0;
    }
    bytes.writeUIntBE(last, 0, 6);
    bytes.writeUInt16BE(0x7000 | count, 6);
    bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
    const hex = bytes.toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
};
