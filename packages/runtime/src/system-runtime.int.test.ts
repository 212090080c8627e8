import { jsonLinesLog } from './json-lines-log';
import { systemRuntime } from './system-runtime';

describe('the runtime of the system', () => {
  const runtime = systemRuntime();

  it('shows the wall clock in UTC with milliseconds', () => {
    expect(runtime.wall()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('sleeps at least as long as asked, on the monotonic clock', async () => {
    const before = runtime.monotonic();
    await runtime.sleep(3);
    expect(runtime.monotonic() - before).toBeGreaterThanOrEqual(3);
    await runtime.sleep(-1);
    await runtime.sleep(Number.NaN);
  });

  it('wakes at once when the signal is aborted, before or while it sleeps, however long the sleep', async () => {
    const abort = new AbortController();
    const asleep = runtime.sleep(1e12, abort.signal);
    abort.abort();
    await asleep;
    await expect(runtime.sleep(1e12, abort.signal)).resolves.toBeUndefined();
  });

  it('does not take a sleep beyond the longest timer of Node for one millisecond', async () => {
    const abort = new AbortController();
    let woken = false;
    const asleep = runtime.sleep(2 ** 31, abort.signal).then(() => (woken = true));
    await runtime.sleep(5);
    expect(woken).toBe(false);
    abort.abort();
    await asleep;
  });

  it('makes growing ids, numbers of its own, and bytes', () => {
    const [a, b] = [runtime.ids.next(), runtime.ids.next()];
    expect(a < b).toBe(true);
    expect(runtime.random.next()).not.toBe(systemRuntime().random.next());
    expect(runtime.entropy(12)).toHaveLength(12);
    expect(runtime.entropy(12)).not.toEqual(runtime.entropy(12));
  });

  it('logs where it is told, and nowhere by default', () => {
    const lines: string[] = [];
    systemRuntime({ log: jsonLinesLog({ sink: (line) => lines.push(line) }) }).log.write('info', 'up');
    runtime.log.write('error', 'unheard');
    expect(lines).toHaveLength(1);
  });
});
