import { readText } from './read-text';

const text = (body: ReadonlyArray<number> | string, headers: Record<string, string> = {}): unknown => {
  const read = readText({
    body: typeof body === 'string' ? Buffer.from(body) : Uint8Array.from(body),
    headers,
  });
  return read._tag === 'Right' ? read.right : read.left.rule;
};

describe('the text of an answer', () => {
  it('is UTF-8 unless the content type says otherwise', () => {
    expect(text('чек')).toBe('чек');
    expect(text([0xf7, 0xe5, 0xea], { 'content-type': 'text/html; charset=windows-1251' })).toBe('чек');
  });

  it('has no byte order mark', () => {
    expect(text([0xef, 0xbb, 0xbf, 0x7b, 0x7d])).toBe('{}');
  });

  it('is refused where bytes are malformed, never replaced', () => {
    expect(text([0x7b, 0xff, 0x7d])).toBe('malformed');
    expect(text([0xd1])).toBe('malformed');
  });

  it('is refused in a charset nobody knows, and compressed', () => {
    expect(text('{}', { 'content-type': 'text/plain; charset=klingon' })).toBe('unknown-charset');
    expect(text('{}', { 'content-encoding': 'gzip' })).toBe('content-encoding');
    expect(text('{}', { 'content-encoding': 'identity' })).toBe('{}');
  });
});
