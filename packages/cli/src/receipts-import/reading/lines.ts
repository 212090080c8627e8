import type { ImportRule } from '../import-rules';

/** One line of a file: its text without the line end, or why there is none. */
export interface Line {
  /** From 1; empty lines count. */
  readonly number: number;
  readonly text: string | undefined;
  readonly rule?: Extract<ImportRule, 'line-too-long' | 'line-not-utf8'>;
  /** Bytes of the file up to the end of this line. */
  readonly bytes: number;
}

/** The longest line, in bytes, unless a caller says otherwise: 1 MiB. A receipt of 250 lines of goods has some 100 KiB. */
export const MAX_LINE_BYTES = 1_048_576;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

const startsWithMark = (line: Uint8Array): boolean =>
  BYTE_ORDER_MARK.every((byte, index) => line[index] === byte);

/**
 * Cuts a stream of bytes into lines. A byte order mark before the first line and a carriage return at the end of a line are taken off;
 * the last line needs no line end. Never holds more than one chunk and one line of at most `longest` bytes: a longer line is skipped to
 * its end and given without text, as is one that is not UTF-8.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  longest: number = MAX_LINE_BYTES,
): AsyncGenerator<Line, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let number = 0;
  let bytes = 0;
  let parts: Array<Uint8Array> = [];
  let length = 0;
  let isTooLong = false;

  const tooLongWith = (more: number): boolean =>
    length + more > longest + (number === 0 ? BYTE_ORDER_MARK.length : 0) + 1;

  /** Keeps a part of the line that is being read; of a line that is too long, nothing. */
  const keep = (part: Uint8Array, isLast: boolean): void => {
    isTooLong ||= tooLongWith(part.length);
    if (isTooLong) parts = [];
    // What outlives its chunk is copied: a stream may use the memory again.
    else if (part.length > 0) parts.push(isLast ? part : Uint8Array.from(part));
    length += part.length;
  };

  const textOf = (line: Uint8Array): string | undefined => {
    try {
      return decoder.decode(line);
    } catch {
      return undefined;
    }
  };

  const endLine = (): Line => {
    const whole = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
    const from = number === 0 && startsWithMark(whole) ? BYTE_ORDER_MARK.length : 0;
    const to = whole.at(-1) === CARRIAGE_RETURN ? whole.length - 1 : whole.length;
    const tooLong = isTooLong || to - from > longest;
    const text = tooLong ? undefined : textOf(whole.subarray(from, Math.max(from, to)));
    number += 1;
    parts = [];
    length = 0;
    isTooLong = false;
    if (text !== undefined) return { number, text, bytes };
    return { number, text, bytes, rule: tooLong ? 'line-too-long' : 'line-not-utf8' };
  };

  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      keep(chunk.subarray(start, end), true);
      bytes += end - start + 1;
      start = end + 1;
      yield endLine();
    }
    keep(chunk.subarray(start), false);
    bytes += chunk.length - start;
  }
  if (length > 0) yield endLine();
}
