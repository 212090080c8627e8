import type { Either } from 'fp-ts/Either';
import * as E from 'fp-ts/Either';
import type { Runtime } from '@cloud-kassa/runtime';
import type { Secret } from './secret';

/** A token as a provider issued it. */
export interface IssuedToken {
  readonly token: Secret;
  /** Milliseconds it lives, counted from the request for it. */
  readonly lifeMs: number;
}

/** Keeps one token for all calls of a connection. */
export interface TokenCache<Refusal> {
  /**
   * The token, asked for once however many calls wait for it. From 75 % of its life on a new one is asked for; while that fails the old
   * one serves to its end. Never rejects.
   */
  readonly get: () => Promise<Either<Refusal, Secret>>;
  /**
   * Drops the token because a provider did not accept it. Only the one named is dropped: a late refusal of an old token does not cost
   * the new one.
   */
  readonly drop: (refused: Secret) => void;
}

const RENEWED_AT = 0.75;

/** After a renewal that failed the next one waits for this share of the life that is left. */
const RENEWED_AGAIN_AT = 0.25;

interface Held {
  readonly token: Secret;
  readonly renewAt: number;
  readonly endsAt: number;
}

/** `fetchToken` makes one token request and never rejects; it is not given a caller's signal, for others wait for the same answer. */
export const tokenCache = <Refusal>(
  fetchToken: () => Promise<Either<Refusal, IssuedToken>>,
  runtime: Pick<Runtime, 'monotonic'>,
): TokenCache<Refusal> => {
  let held: Held | undefined;
  let underWay: Promise<Either<Refusal, Secret>> | undefined;

  const fetchOnce = async (): Promise<Either<Refusal, Secret>> => {
    const asked = runtime.monotonic();
    const issued = await fetchToken();
    if (E.isLeft(issued)) {
      const now = runtime.monotonic();
      // A token dropped meanwhile is not served, whatever is left of its life.
      if (held === undefined || now >= held.endsAt) return issued;
      held = { ...held, renewAt: now + (held.endsAt - now) * RENEWED_AGAIN_AT };
      return E.right(held.token);
    }
    const { token, lifeMs } = issued.right;
    held = { token, renewAt: asked + lifeMs * RENEWED_AT, endsAt: asked + lifeMs };
    return E.right(token);
  };

  return {
    get: () => {
      if (held !== undefined && runtime.monotonic() < held.renewAt)
        return Promise.resolve(E.right(held.token));
      underWay ??= fetchOnce().finally(() => (underWay = undefined));
      return underWay;
    },
    drop: (refused) => {
      if (held?.token === refused) held = undefined;
    },
  };
};
