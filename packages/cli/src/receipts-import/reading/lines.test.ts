import { fc } from '@fast-check/jest';
import type { Line } from './lines';
import { linesOf } from './lines';

async function* stream(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

const linesIn = async (chunks: Iterable<Uint8Array>, longest?: number): Promise<ReadonlyArray<Line>> => {
  const lines: Array<Line> = [];
  for await (const line of linesOf(stream(chunks), longest)) lines.push(line);
  return lines;
};

const textsIn = async (text: string, longest?: number) =>
  (await linesIn([Buffer.from(text)], longest)).map((line) => line.text ?? line.rule);

describe('lines of a file', () => {
  it.each([
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\nb', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\n\nb\n', ['a', '', 'b']],
    ['\n', ['']],
    ['\uFEFFa\nb', ['a', 'b']],
    ['\uFEFF', ['']],
    ['a\n\uFEFFb', ['a', '\uFEFFb']],
    ['a\rb\n', ['a\rb']],
    ['щ\n😀', ['щ', '😀']],
  ])('%j', async (text, expected) => expect(await textsIn(text)).toEqual(expected));

  it('of exactly the limit are read, with mark and line end beyond it; longer ones are skipped to their end', async () => {
    expect(await textsIn('aaaa\nbbbbb\ncccc\r\nd', 4)).toEqual(['aaaa', 'line-too-long', 'cccc', 'd']);
    expect(await textsIn('\uFEFFaaaa\r\nb', 4)).toEqual(['aaaa', 'b']);
    expect(await textsIn('aaaaa', 4)).toEqual(['line-too-long']);
    expect(await textsIn('щщщ\nщщ', 4)).toEqual(['line-too-long', 'щщ']);
  });

  it('that are no UTF-8 are told without text', async () => {
    const lines = await linesIn([Uint8Array.of(0xc3, 0x0a, 0x61, 0x0a)]);
    expect(lines).toEqual([
      { number: 1, text: undefined, bytes: 2, rule: 'line-not-utf8' },
      { number: 2, text: 'a', bytes: 4 },
    ]);
  });

  it('hold no more memory than one line may have, however long the line is', async () => {
    const chunk = Buffer.alloc(65_536, 'x');
    let read = 0;
    const endless = (function* chunks() {
      for (let index = 0; index < 4_096; index += 1) {
        read += chunk.length;
        yield chunk;
      }
      yield Buffer.from('\nlast');
    })();
    const before = process.memoryUsage().arrayBuffers;
    const lines = await linesIn(endless, 1_000);
    expect(lines.map(({ text }) => text)).toEqual([undefined, 'last']);
    expect(read).toBe(268_435_456);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(134_217_728);
  });

  it('do not depend on how the bytes arrive', async () => {
    const text = fc
      .array(fc.oneof(fc.constantFrom('\n', '\r\n', '\r', '\uFEFF', '😀', 'щ'), fc.string({ maxLength: 5 })))
      .map((parts) => Buffer.from(parts.join('')));
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(7), { minLength: 1 }), async (bytes, sizes) => {
        const chunks: Array<Uint8Array> = [];
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 0;
          chunks.push(bytes.subarray(at, at + size + (turn % 2)));
          at += size + (turn % 2);
        }
        const whole = await linesIn([bytes], 20);
        expect(await linesIn(chunks, 20)).toEqual(whole);
        expect(whole.at(-1)?.bytes ?? 0).toBe(bytes.length);
      }),
    );
  });

  it('are safe from a stream that uses the memory of its chunks again', async () => {
    const memory = Buffer.from('ab');
    async function* reusing(): AsyncGenerator<Uint8Array> {
      yield memory;
      memory.write('c\n');
      yield memory;
    }
    const lines: Array<string | undefined> = [];
    for await (const { text } of linesOf(reusing())) lines.push(text);
    expect(lines).toEqual(['abc']);
  });
});
