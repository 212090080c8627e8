import * as fc from 'fast-check';
import { checkedLine, readCheckedLines } from './checked-lines';

const texts = fc.array(
  fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)),
  { maxLength: 8 },
);
const bytesOf = (lines: ReadonlyArray<string>): Buffer => Buffer.from(lines.map(checkedLine).join(''));

test('lines go out and come back', () => {
  fc.assert(
    fc.property(texts, (lines) => {
      const bytes = bytesOf(lines);
      expect(readCheckedLines(bytes)).toEqual({ texts: lines, length: bytes.length, corrupt: undefined });
    }),
  );
});

test('cut anywhere, the whole lines before the cut are read and the rest is left off', () => {
  fc.assert(
    fc.property(texts, fc.nat(), (lines, at) => {
      const whole = bytesOf(lines);
      const cut = whole.subarray(0, whole.length === 0 ? 0 : at % whole.length);
      const read = readCheckedLines(cut);
      expect(read.corrupt).toBeUndefined();
      expect(bytesOf(read.texts).equals(cut.subarray(0, read.length))).toBe(true);
      expect(lines.slice(0, read.texts.length)).toEqual(read.texts);
      expect(cut.subarray(read.length).includes(0x0a)).toBe(false);
    }),
  );
});

test('one changed byte is found: at the end it is a torn line, before good lines it is damage', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string().map((text) => JSON.stringify(text)),
        { minLength: 1, maxLength: 5 },
      ),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (lines, at, change) => {
        const bytes = bytesOf(lines);
        const index = at % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ change;
        const read = readCheckedLines(bytes);
        expect(read.texts.length).toBeLessThan(lines.length);
        expect(lines.slice(0, read.texts.length)).toEqual(read.texts);
      },
    ),
  );
  const bytes = bytesOf(['"a"', '"b"', '"c"']);
  bytes[2] = 0x78;
  expect(readCheckedLines(bytes).corrupt).toBe(1);
});
