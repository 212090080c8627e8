/** A text as a part of a stream's name: letters, digits, `_` and `-` stay; every other byte of UTF-8 is `.` and two digits. Different texts stay different. */
export const asciiName = (text: string): string =>
  [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const letter = String.fromCharCode(byte);
      return /[A-Za-z0-9_-]/.test(letter) ? letter : `.${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
