/** Runs pieces of work of the same key one after the other, in the order they came; those of other keys beside them. */
export const oneAtATime = (): (<A>(key: string, work: () => Promise<A>) => Promise<A>) => {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = tails.get(key);
    const running = before === undefined ? work() : before.then(work, work);
    tails.set(key, running);
    try {
      return await running;
    } finally {
      if (tails.get(key) === running) tails.delete(key);
    }
  };
};
