import { seededRuntime } from '@cloud-kassa/runtime';
import { newsOf } from './news';

/** A reader whose snapshots are numbered by hand, in a world whose sleeps are counted. */
const world = () => {
  const { kernel, ...runtime } = seededRuntime('news');
  const state = { seen: 1, looks: 0, slept: 0 };
  const reader = {
    seen: () => {
      state.looks += 1;
      return state.seen;
    },
    read: () => Promise.reject(new Error('Nothing is read here.')),
    close: () => undefined,
  };
  const sleep: typeof runtime.sleep = (milliseconds, signal) => {
    state.slept += 1;
    return runtime.sleep(milliseconds, signal);
  };
  return { kernel, state, news: newsOf(reader, { ...runtime, sleep }, 50) };
};

describe('waiting for news of commits', () => {
  it('ends with the first look after another process has committed, one look for all', async () => {
    const { kernel, state, news } = world();
    kernel.schedule(120, () => (state.seen = 2));
    await kernel.complete(() => Promise.all(Array.from({ length: 10 }, () => news.after(1, []))));
    expect(kernel.now()).toBe(150);
    expect(state).toMatchObject({ slept: 3, looks: 13 });
  });

  it('ends at once with a commit of this process, and nobody looks when nobody waits', async () => {
    const { kernel, state, news } = world();
    kernel.schedule(10, () => {
      state.seen = 2;
      news.committed();
    });
    await kernel.complete(() => news.after(1, []));
    expect(kernel.now()).toBe(10);
    await kernel.run({ until: 1_000 });
    expect(state.slept).toBe(1);
    news.committed();
    expect(state.looks).toBe(2);
  });

  it('does not begin when something was committed since the snapshot', async () => {
    const { kernel, state, news } = world();
    state.seen = 2;
    await kernel.complete(() => news.after(1, []));
    expect([kernel.now(), state.slept]).toEqual([0, 0]);
  });

  it('ends with its signal, and that of one is not that of the others', async () => {
    const { kernel, state, news } = world();
    const abort = new AbortController();
    let other = 'waits';
    void news.after(1, []).then(() => (other = 'woken'));
    kernel.schedule(60, () => abort.abort());
    await kernel.complete(() => news.after(1, [abort.signal]));
    expect([kernel.now(), other]).toEqual([60, 'waits']);
    await kernel.complete(() => news.after(1, [abort.signal]));
    expect(kernel.now()).toBe(60);
    news.close();
    await kernel.run({ until: 70 });
    expect(other).toBe('woken');
    expect(state.seen).toBe(1);
    await kernel.complete(() => news.after(1, []));
  });

  it('begins again after it ended', async () => {
    const { kernel, state, news } = world();
    for (const seen of [2, 3, 4]) {
      kernel.schedule(70, () => (state.seen = seen));
      await kernel.complete(() => news.after(seen - 1, []));
    }
    expect(state.slept).toBe(6);
  });
});
