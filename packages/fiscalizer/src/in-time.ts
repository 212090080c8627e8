import type { Runtime } from '@cloud-kassa/runtime';

/** What came of work that has a time limit. */
export type InTime<A> = { readonly _tag: 'Done'; readonly value: A } | { readonly _tag: 'Late' };

/** Who was told to end is given so long to say what came of it. */
const LAST_WORD_MS = 1_000;

/**
 * Work that is told to end when its time is over, and is waited for no longer than a second after that: whoever it is may never answer.
 * Rejects where the work does.
 */
export const inTime = async <A>(
  runtime: Pick<Runtime, 'sleep'>,
  limitMs: number,
  work: (signal: AbortSignal) => Promise<A>,
): Promise<InTime<A>> => {
  const end = new AbortController();
  const settled = new AbortController();
  const late = async (): Promise<InTime<A>> => {
    await runtime.sleep(limitMs, settled.signal);
    if (!settled.signal.aborted) {
      end.abort('the time is over');
      await runtime.sleep(LAST_WORD_MS, settled.signal);
    }
    return { _tag: 'Late' };
  };
  const done = async (): Promise<InTime<A>> => ({ _tag: 'Done', value: await work(end.signal) });
  try {
    return await Promise.race([done(), late()]);
  } finally {
    settled.abort('settled');
  }
};
