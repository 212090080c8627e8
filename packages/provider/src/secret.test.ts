import { inspect } from 'node:util';
import { secret } from './secret';

describe('a secret', () => {
  const value = 'p4ss-канарейка';
  const wrapped = secret(value);

  it('is given only where it is asked for', () => {
    expect(wrapped.reveal()).toBe(value);
  });

  it('is *** as text, as JSON and for the eyes of a developer', () => {
    const shown = [
      `a ${wrapped as unknown as string}`,
      ''.concat(wrapped as unknown as string),
      JSON.stringify({ wrapped }),
      inspect(wrapped, { showHidden: true, depth: 9 }),
      inspect({ deep: { wrapped } }),
      JSON.stringify(Object.entries(wrapped)),
      JSON.stringify({ ...wrapped }),
    ];
    for (const text of shown) expect(text).not.toContain('p4ss');
    expect(shown.slice(0, 4)).toEqual(['a ***', '***', '{"wrapped":"***"}', '***']);
  });

  it('can not be changed', () => {
    expect(Object.isFrozen(wrapped)).toBe(true);
  });
});
