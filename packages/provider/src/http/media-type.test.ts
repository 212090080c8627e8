import { isJsonType, mediaTypeOf } from './media-type';

describe('a media type (RFC 9110, 8.3)', () => {
  it.each([
    ['application/json', { type: 'application/json' }],
    ['Application/JSON; charset=UTF-8', { type: 'application/json', charset: 'utf-8' }],
    ['text/html;charset="windows-1251"; x=y', { type: 'text/html', charset: 'windows-1251' }],
    ['text/plain; boundary=a; charset=koi8-r', { type: 'text/plain', charset: 'koi8-r' }],
    ['text/plain; charset=a b', { type: 'text/plain' }],
  ])('is read from %s', (header, expected) => {
    expect(mediaTypeOf(header)).toEqual(expected);
  });

  it.each([undefined, '', 'json', 'a/b/c', 'text /html', `a/${'b'.repeat(2000)}`])(
    'is not read from %s',
    (header) => {
      expect(mediaTypeOf(header)).toBeUndefined();
    },
  );

  it('is JSON by its name', () => {
    const named = ['application/json', 'text/json', 'application/problem+json; charset=utf-8'];
    expect(named.map((header) => isJsonType(mediaTypeOf(header)))).toEqual([true, true, true]);
    const others = ['text/html', 'application/jsonp', 'application/xml', undefined];
    expect(others.map((header) => isJsonType(mediaTypeOf(header)))).toEqual([false, false, false, false]);
  });
});
