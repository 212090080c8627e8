/** Resolves when Ctrl-C was pressed, or the process was asked to end. */
export const untilStopped = (signal: AbortSignal): Promise<void> =>
  new Promise((end) => {
    if (signal.aborted) end();
    signal.addEventListener('abort', () => end(), { once: true });
  });
