import * as E from 'fp-ts/Either';
import { steppedRuntime } from './conformance/stepped-runtime';
import { secret } from './secret';
import type { IssuedToken } from './token-cache';
import { tokenCache } from './token-cache';

const LIFE = 1_000;

/** A source of tokens named by their number, which the test lets answer. */
const source = () => {
  const { runtime, advance } = steppedRuntime();
  const answers: Array<(answer: E.Either<'refused', IssuedToken>) => void> = [];
  let asked = 0;
  const cache = tokenCache<'refused'>(() => {
    asked += 1;
    return new Promise((resolve) => void answers.push(resolve));
  }, runtime);
  return {
    cache,
    advance,
    asked: () => asked,
    issue: (): void => answers.shift()?.(E.right({ token: secret(`token ${asked}`), lifeMs: LIFE })),
    refuse: (): void => answers.shift()?.(E.left('refused')),
    shown: (got: E.Either<'refused', { reveal: () => string }>): string =>
      E.isRight(got) ? got.right.reveal() : got.left,
  };
};

describe('a token', () => {
  it('is asked for once, however many wait for it', async () => {
    const { cache, asked, issue, shown } = source();
    const waiting = [cache.get(), cache.get(), cache.get()];
    issue();
    expect((await Promise.all(waiting)).map(shown)).toEqual(['token 1', 'token 1', 'token 1']);
    expect(shown(await cache.get())).toBe('token 1');
    expect(asked()).toBe(1);
  });

  it('is renewed at 75 % of its life, counted from the request for it', async () => {
    const { cache, asked, issue, shown, advance } = source();
    const first = cache.get();
    advance(100);
    issue();
    await first;
    advance(649);
    expect(shown(await cache.get())).toBe('token 1');
    advance(1);
    const renewed = cache.get();
    issue();
    expect(shown(await renewed)).toBe('token 2');
    expect(asked()).toBe(2);
  });

  it('serves to its end while it can not be renewed, and the renewal is not tried with every call', async () => {
    const { cache, asked, issue, refuse, shown, advance } = source();
    const first = cache.get();
    issue();
    await first;
    advance(750);
    const second = cache.get();
    refuse();
    expect(shown(await second)).toBe('token 1');
    expect(shown(await cache.get())).toBe('token 1');
    expect(asked()).toBe(2);
    advance(63);
    const third = cache.get();
    refuse();
    expect(shown(await third)).toBe('token 1');
    expect(asked()).toBe(3);
    advance(187);
    const last = cache.get();
    refuse();
    expect(shown(await last)).toBe('refused');
  });

  it('that a provider refused is dropped; a late refusal of an old one does not cost the new one', async () => {
    const { cache, asked, issue, shown } = source();
    const first = cache.get();
    issue();
    const old = await first;
    if (E.isLeft(old)) throw new Error('no token');
    cache.drop(old.right);
    const second = cache.get();
    issue();
    expect(shown(await second)).toBe('token 2');
    cache.drop(old.right);
    expect(shown(await cache.get())).toBe('token 2');
    expect(asked()).toBe(2);
  });

  it('that could not be had is asked for again', async () => {
    const { cache, asked, issue, refuse, shown } = source();
    const first = cache.get();
    refuse();
    expect(shown(await first)).toBe('refused');
    const second = cache.get();
    issue();
    expect(shown(await second)).toBe('token 2');
    expect(asked()).toBe(2);
  });
});
