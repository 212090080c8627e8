import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ASSUMPTIONS } from './assumption';
import type { CampaignOptions, CampaignReport } from './campaign';
import { runCampaign } from './campaign';
import { judge } from './judge';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cloud-kassa-crashes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (options: Omit<CampaignOptions, 'folder'>): Promise<CampaignReport> =>
  runCampaign({ ...options, folder });

it('kill -9 of workers and emulator under faults that break no assumption: none lost, none doubled, everything whole', async () => {
  const { verdicts, counts, killed } = await run({ seed: 'short', kills: 6, store: 'sqlite' });
  expect(verdicts).toEqual([]);
  expect(counts).toMatchObject({ lost: 0, doubled: 0 });
  expect(counts.documents).toBe(counts.fiscalized);
  expect([...killed.keys()].toSorted()).toEqual(['emulator', 'worker-1', 'worker-2']);
});

it('kill -9 of workers, emulator and the server of EventStoreDB under faults of all of them: the same, on every host', async () => {
  const { verdicts, counts, killed } = await run({ seed: 'short', kills: 6, store: 'esdb' });
  expect(verdicts).toEqual([]);
  expect(counts).toMatchObject({ lost: 0, doubled: 0 });
  expect(counts.documents).toBe(counts.fiscalized);
  expect([...killed.keys()].toSorted()).toEqual(['emulator', 'store', 'worker-1', 'worker-2']);
});

it.each(ASSUMPTIONS)('%s: doubles are there, and the audit names every one', async (assumption) => {
  const { verdicts, counts, facts } = await run({ seed: 'short', kills: 2, store: 'sqlite', assumption });
  expect(verdicts).toEqual([]);
  expect(counts.doubled).toBeGreaterThan(0);
  expect(counts.named).toBe(counts.doubled);
  // Where nothing of the kind is allowed the same end is found.
  expect(judge(facts, false).verdicts.map(({ rule }) => rule)).toContain('doubled');
});
