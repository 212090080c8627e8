const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

/** The 16 bytes of a UUID, or `undefined` for a text that is none. */
export const uuidBytes = (text: string): Buffer | undefined =>
  FORM.test(text) ? Buffer.from(text.replaceAll('-', ''), 'hex') : undefined;

export const uuidText = (bytes: Buffer): string => {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** The two halves of the structured form: signed, most significant first. */
export const uuidHalves = (bytes: Buffer): { readonly most: bigint; readonly least: bigint } => ({
  most: bytes.readBigInt64BE(0),
  least: bytes.readBigInt64BE(8),
});

export const uuidOfHalves = (most: bigint, least: bigint): string => {
  const bytes = Buffer.alloc(16);
  bytes.writeBigInt64BE(BigInt.asIntN(64, most), 0);
  bytes.writeBigInt64BE(BigInt.asIntN(64, least), 8);
  return uuidText(bytes);
};
