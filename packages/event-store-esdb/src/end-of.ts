/** One signal for all that may end a piece of work; it lets go of the others when it is over. */
export interface End {
  readonly signal: AbortSignal;
  readonly now: () => void;
}

export const endOf = (signals: ReadonlyArray<AbortSignal | undefined>): End => {
  const end = new AbortController();
  const now = (): void => {
    for (const signal of signals) signal?.removeEventListener('abort', now);
    end.abort();
  };
  for (const signal of signals) {
    if (signal?.aborted === true) now();
    signal?.addEventListener('abort', now);
  }
  return { signal: end.signal, now };
};
