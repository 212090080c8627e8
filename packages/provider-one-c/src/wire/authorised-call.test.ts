import * as E from 'fp-ts/Either';
import type { RequestLimits } from '@cloud-kassa/provider';
import { secret } from '@cloud-kassa/provider';
import { steppedRuntime } from '@cloud-kassa/provider/conformance';
import type { WireAnswer } from '../answer/wire-answer';
import type { Authentication, Authorised, NotAuthorised } from './authentication';
import { authorisedCall } from './authorised-call';
import { REGISTERS_CALL } from './call';

const OK: WireAnswer = {
  _tag: 'Answer',
  status: 200,
  body: {},
  text: '{}',
  saysJson: true,
  from: 'provider',
};
const REFUSED: WireAnswer = { ...OK, status: 401, body: { type: 'BAD_CREDENTIALS' } };

const authorised = (name: string): E.Either<NotAuthorised, Authorised> => {
  const token = secret(name);
  return E.right({ authorisations: { provider: token }, token, hide: [] });
};

/** A call whose authorisations the test gives out, and which takes so long on the wire. */
const prepared = (...answers: ReadonlyArray<WireAnswer>) => {
  const { runtime, advance } = steppedRuntime();
  const waiting: Array<(answer: E.Either<NotAuthorised, Authorised>) => void> = [];
  const dropped: string[] = [];
  const limits: Array<RequestLimits | undefined> = [];
  const authentication: Authentication = {
    renews: true,
    authorise: () => new Promise((resolve) => void waiting.push(resolve)),
    drop: (token) => void dropped.push(token.reveal()),
  };
  const left = [...answers];
  const call = authorisedCall({
    authentication,
    runtime,
    timeoutMs: 1_000,
    transport: (_purpose, _call, _authorisations, given) => {
      limits.push(given);
      advance(100);
      return Promise.resolve(left.shift() ?? OK);
    },
  });
  return {
    call: (signal?: AbortSignal) => call('send', REGISTERS_CALL, signal),
    give: (name: string) => waiting.shift()?.(authorised(name)),
    advance,
    dropped,
    limits,
  };
};

const turn = async (): Promise<void> => {
  for (let step = 0; step < 20; step += 1) await Promise.resolve();
};

describe('a call under an authorisation', () => {
  it('gives up waiting for a token when its time is over, and makes no request', async () => {
    const { call, advance, limits, give } = prepared();
    const called = call();
    advance(1_000);
    expect((await called).verdict).toEqual({ _tag: 'NotSent', why: 'no-token' });
    give('late');
    await turn();
    expect(limits).toEqual([]);
  });

  it('gives up waiting for a token when its caller does', async () => {
    const { call, limits } = prepared();
    const abort = new AbortController();
    const called = call(abort.signal);
    abort.abort();
    expect((await called).verdict).toEqual({ _tag: 'NotSent', why: 'aborted' });
    expect(limits).toEqual([]);
  });

  it('has for each request what is left of its time, tokens and repetition included', async () => {
    const { call, advance, limits, give, dropped } = prepared(REFUSED, OK);
    const called = call();
    advance(200);
    give('one');
    await turn();
    advance(300);
    give('two');
    expect((await called).verdict._tag).toBe('Success');
    expect(limits.map((each) => each?.totalMs)).toEqual([800, 400]);
    expect(dropped).toEqual(['one']);
  });

  it('is repeated once and no more', async () => {
    const { call, give, limits, dropped } = prepared(REFUSED, REFUSED, REFUSED);
    const called = call();
    give('one');
    await turn();
    give('two');
    expect((await called).verdict).toMatchObject({ _tag: 'Refusal', problem: { effect: 'credentials' } });
    expect(limits).toHaveLength(2);
    expect(dropped).toEqual(['one', 'two']);
  });

  it('whose refusal leaves no time for another stays refused', async () => {
    const { call, give, advance, limits } = prepared(REFUSED);
    const called = call();
    give('one');
    await turn();
    advance(1_000);
    expect((await called).verdict).toMatchObject({ _tag: 'Refusal' });
    expect(limits).toHaveLength(1);
  });
});
