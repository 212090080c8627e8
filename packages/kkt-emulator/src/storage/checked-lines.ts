import { crc32 } from 'node:zlib';

const sum = (text: string): string => crc32(text).toString(16).padStart(8, '0');

/** A line with the checksum (CRC-32, hexadecimal) of its text in front. */
export const checkedLine = (text: string): string => `${sum(text)} ${text}\n`;

/** What a file of such lines holds. */
export interface CheckedLines {
  readonly texts: ReadonlyArray<string>;
  /** Length in bytes of the good lines: what follows was being written when the process died. */
  readonly length: number;
  /** Number of the first bad line when good ones follow it: then the file was damaged later. */
  readonly corrupt: number | undefined;
}

const LINE_FEED = 0x0a;

const textOf = (line: Buffer): string | undefined => {
  const text = line.toString('utf8');
  return text.slice(0, 9) === `${sum(text.slice(9))} ` ? text.slice(9) : undefined;
};

/** Reads lines up to the first one that is torn or does not match its checksum. */
export const readCheckedLines = (bytes: Buffer): CheckedLines => {
  const texts: Array<string> = [];
  let length = 0;
  let bad: number | undefined;
  let number = 0;
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(LINE_FEED, start);
    const text = end === -1 ? undefined : textOf(bytes.subarray(start, end));
    number += 1;
    if (text === undefined) bad ??= number;
    else if (bad !== undefined) return { texts, length, corrupt: bad };
    else {
      texts.push(text);
      length = end + 1;
    }
    start = end === -1 ? bytes.length : end + 1;
  }
  return { texts, length, corrupt: undefined };
};
