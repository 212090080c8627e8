import * as E from 'fp-ts/Either';
import type { Purpose } from '@cloud-kassa/provider';
import type { Runtime } from '@cloud-kassa/runtime';
import type { Verdict } from '../answer/verdict';
import { verdictOf } from '../answer/verdict';
import type { Authentication, Authorised, NotAuthorised } from './authentication';
import type { OneCCall } from './call';
import type { OneCTransport } from './transport';

/** What a call came to, and what of it must not be told. */
export interface Called {
  readonly verdict: Verdict;
  readonly hide: ReadonlyArray<string>;
}

/** Makes a call under an authorisation. After an attributable "not authorised" the token is renewed once and the call repeated once. */
export type AuthorisedCall = (purpose: Purpose, call: OneCCall, signal?: AbortSignal) => Promise<Called>;

export interface AuthorisedCallOptions {
  readonly authentication: Authentication;
  readonly transport: OneCTransport;
  readonly runtime: Runtime;
  /** For the call as a whole, with token and repetition. */
  readonly timeoutMs: number;
}

/** The portal's own refusal says nothing of the provider's token. */
const isTokenRefused = (verdict: Verdict): boolean =>
  verdict._tag === 'Refusal' && verdict.problem.effect === 'credentials' && verdict.problem.byPortal !== true;

/** Not attributable, and yet reason enough to take a new token the next time. */
const isTokenInDoubt = (verdict: Verdict): boolean => verdict._tag === 'Doubt' && verdict.told.status === 401;

/** A token request that is refused, in whatever words, speaks of the credentials and never of a receipt. */
const ofCredentials = (verdict: Verdict): Verdict =>
  verdict._tag === 'Refusal' && verdict.problem.effect === 'invalid'
    ? { ...verdict, problem: { ...verdict.problem, effect: 'credentials' } }
    : verdict;

/** A token that could not be had: a documented refusal speaks for itself, anything else leaves nothing to make the call with. */
const withoutToken = (refused: NotAuthorised): Called => {
  if (refused._tag === 'NoSecret') return { verdict: { _tag: 'NotSent', why: 'no-secret' }, hide: [] };
  const { verdict, hide } = refused;
  return verdict._tag === 'Refusal' || verdict._tag === 'NotSent'
    ? { verdict: ofCredentials(verdict), hide }
    : { verdict: { _tag: 'NotSent', why: 'no-token' }, hide };
};

export const authorisedCall = (options: AuthorisedCallOptions): AuthorisedCall => {
  const { authentication, transport, runtime, timeoutMs } = options;

  /** An authorisation is shared by many calls; the one that waits for it may give up all the same. */
  const authorise = async (
    leftMs: number,
    signal: AbortSignal | undefined,
  ): Promise<E.Either<Called, Authorised>> => {
    const waiting = new AbortController();
    const limit = signal === undefined ? waiting.signal : AbortSignal.any([signal, waiting.signal]);
    const givenUp = runtime.sleep(leftMs, limit).then(() => undefined);
    const authorised = await Promise.race([authentication.authorise(), givenUp]);
    waiting.abort('no longer waited for');
    if (signal?.aborted === true) return E.left({ verdict: { _tag: 'NotSent', why: 'aborted' }, hide: [] });
    if (authorised === undefined) return E.left({ verdict: { _tag: 'NotSent', why: 'no-token' }, hide: [] });
    return E.mapLeft(withoutToken)(authorised);
  };

  return async (purpose, call, signal) => {
    const started = runtime.monotonic();
    const left = (): number => timeoutMs - (runtime.monotonic() - started);

    const once = async (authorised: Authorised): Promise<Called> => {
      const limits = { signal, totalMs: left() };
      const answer = await transport(purpose, call, authorised.authorisations, limits);
      const verdict = verdictOf(answer);
      const { token, hide } = authorised;
      if (token !== undefined && (isTokenRefused(verdict) || isTokenInDoubt(verdict)))
        authentication.drop(token);
      return { verdict, hide };
    };

    const first = await authorise(left(), signal);
    if (E.isLeft(first)) return first.left;
    const called = await once(first.right);
    if (!authentication.renews || !isTokenRefused(called.verdict)) return called;
    const second = await authorise(left(), signal);
    if (E.isRight(second)) return once(second.right);
    // The call was refused in so many words and did nothing. A refused token request tells more of what to do.
    return second.left.verdict._tag === 'Refusal' ? second.left : called;
  };
};
