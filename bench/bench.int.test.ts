import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FIGURES } from './report';

/** Smaller than the quick run: that it works is tested, not what comes out. */
const SMALL = (
  '--rounds 1 --appends 512 --warm-streams 1 --warm-commands 5 --replay-events 1000 --catch-up-events 1000 ' +
  '--cost-small 2000 --cost-large 4000 --cost-commands 16 --receipts 50 ' +
  '--esdb-appends 128 --esdb-events 1000 --esdb-receipts 20'
).split(' ');

const bench = (...flags: ReadonlyArray<string>): Promise<{ readonly stdout: string }> =>
  promisify(execFile)(process.execPath, [
    require.resolve('tsx/cli'),
    '--conditions=@cloud-kassa/source',
    join(__dirname, 'run.ts'),
    ...flags,
  ]);

describe('the benchmarks', () => {
  it('print one JSON object with a positive number for each figure', async () => {
    const { stdout } = await bench('--json', '--quick', ...SMALL);
    const figures = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    expect(Object.keys(figures).toSorted()).toEqual([...FIGURES].toSorted());
    for (const [name, value] of Object.entries(figures))
      expect([name, Number.isFinite(value) && Number(value) > 0]).toEqual([name, true]);
  });

  it('print a table for people, for the measures that are asked for', async () => {
    const { stdout } = await bench('--quick', '--only', 'replay', ...SMALL);
    expect(stdout).toContain('JSON.parse + SHA-256');
    expect(stdout.trimEnd().split('\n')).toHaveLength(3);
  });

  it('refuse flags they do not know', async () => {
    await expect(bench('--only', 'nothing')).rejects.toMatchObject({ code: 2 });
  });
});
