const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes to base64 with padding (RFC 4648, section 4). Written out, because the package runs where neither Buffer nor btoa exists. */
export const encodeBase64 = (bytes: Uint8Array): string => {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const group = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    const digits = [18, 12, 6, 0].map((shift) => ALPHABET.charAt((group >> shift) & 63)).join('');
    const given = Math.min(3, bytes.length - index);
    text += digits.slice(0, given + 1).padEnd(4, '=');
  }
  return text;
};

/** Base64 with padding to bytes; `undefined` for any other text, unused bits that are not zero included. */
export const decodeBase64 = (text: string): Uint8Array | undefined => {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes: Array<number> = [];
  for (let index = 0; index < text.length; index += 4) {
    const digits = text.slice(index, index + 4).replace(/=+$/, '');
    const group = Array.from(digits.padEnd(4, 'A')).reduce(
      (sum, digit) => sum * 64 + ALPHABET.indexOf(digit),
      0,
    );
    bytes.push(...[16, 8, 0].slice(0, digits.length - 1).map((shift) => (group >> shift) & 255));
  }
  const result = Uint8Array.from(bytes);
  return encodeBase64(result) === text ? result : undefined;
};
