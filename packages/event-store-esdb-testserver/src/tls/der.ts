/** The few forms of DER (ITU-T X.690) that a certificate is made of. */

const tagged = (tag: number, ...contents: ReadonlyArray<Uint8Array>): Buffer => {
  const content = Buffer.concat(contents);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const size = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};

export const sequence = (...contents: ReadonlyArray<Uint8Array>): Buffer => tagged(0x30, ...contents);
export const set = (...contents: ReadonlyArray<Uint8Array>): Buffer => tagged(0x31, ...contents);
export const utf8String = (text: string): Buffer => tagged(0x0c, Buffer.from(text, 'utf8'));
export const octetString = (content: Uint8Array): Buffer => tagged(0x04, content);
export const bitString = (content: Uint8Array): Buffer => tagged(0x03, Buffer.from([0]), content);
export const boolean = (value: boolean): Buffer => tagged(0x01, Buffer.from([value ? 0xff : 0]));

/** A positive number whose first byte is from 1 to 127. */
export const integer = (bytes: Uint8Array): Buffer => tagged(0x02, bytes);

/** `[number]` around its content; primitive when the content is bytes without a tag of their own. */
export const context = (number: number, content: Uint8Array): Buffer => tagged(0xa0 | number, content);
export const contextBytes = (number: number, content: Uint8Array): Buffer => tagged(0x80 | number, content);

/** `2.5.29.17` and the like. */
export const objectIdentifier = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = rest.flatMap((part) => {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return tagged(0x06, Buffer.from([first * 40 + second, ...bytes]));
};

/** A moment of which the seconds are kept: `20260101000000Z`. */
export const generalizedTime = (iso: string): Buffer =>
  tagged(0x18, Buffer.from(`${iso.slice(0, 19).replaceAll(/[-T:]/gu, '')}Z`, 'latin1'));
