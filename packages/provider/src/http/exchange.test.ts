import type { Client, Dispatcher } from 'undici';
import { steppedRuntime } from '../conformance/stepped-runtime';
import { exchange } from './exchange';
import { deadlinesOf } from './http-client';

const GET = { method: 'GET', path: '/', headers: {} } as const;

/** A connection whose events the test plays. */
const played = () => {
  let handler: Dispatcher.DispatchHandler = {};
  const kill = jest.fn();
  const aborted = jest.fn();
  const controller = { abort: aborted } as unknown as Dispatcher.DispatchController;
  const client = {
    dispatch: (_: unknown, given: Dispatcher.DispatchHandler) => {
      handler = given;
      return true;
    },
  } as unknown as Client;
  const stepped = steppedRuntime();
  const outcome = exchange({ client, kill }, GET, deadlinesOf(1_000), stepped.runtime);
  return { ...stepped, outcome, kill, aborted, controller, handler };
};

describe('an exchange', () => {
  it('that was given up before it was written stops the writing and stays not sent', async () => {
    const { advance, outcome, handler, controller, aborted, kill } = played();
    advance(1_000);
    expect(await outcome).toEqual({ _tag: 'NotSent', why: 'unreachable' });
    expect(kill).toHaveBeenCalledTimes(1);
    handler.onRequestStart?.(controller, {});
    expect(aborted).toHaveBeenCalledTimes(1);
  });

  it('is never written a second time, and what then becomes of it is not known', async () => {
    const { outcome, handler, controller, aborted } = played();
    handler.onRequestStart?.(controller, {});
    expect(aborted).not.toHaveBeenCalled();
    handler.onRequestStart?.(controller, {});
    expect(aborted).toHaveBeenCalledTimes(1);
    expect(await outcome).toEqual({ _tag: 'Unanswered', why: 'connection-lost' });
  });

  it('that was written is never called not sent, whatever the error says', async () => {
    const { outcome, handler, controller } = played();
    handler.onRequestStart?.(controller, {});
    const error = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    handler.onResponseError?.(controller, error);
    expect(await outcome).toEqual({ _tag: 'Unanswered', why: 'connection-lost' });
  });

  it('gives one outcome, the first', async () => {
    const { outcome, handler, controller, kill } = played();
    handler.onRequestStart?.(controller, {});
    handler.onResponseStart?.(controller, 200, {});
    handler.onResponseEnd?.(controller, {});
    handler.onResponseError?.(controller, new Error('late'));
    expect((await outcome)._tag).toBe('Answered');
    expect(kill).not.toHaveBeenCalled();
  });
});
