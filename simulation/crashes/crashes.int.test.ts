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
  const { verdicts, counts, processesKilled } = await run({ seed: 'short', kills: 6 });
  expect(verdicts).toEqual([]);
  expect(counts).toMatchObject({ lost: 0, doubled: 0 });
  expect(counts.documents).toBe(counts.fiscalized);
  expect(processesKilled).toBeGreaterThan(6);
});

it.each(ASSUMPTIONS)('%s: doubles are there, and the audit names every one', async (assumption) => {
  const { verdicts, counts, facts } = await run({ seed: 'short', kills: 2, assumption });
  expect(verdicts).toEqual([]);
  expect(counts.doubled).toBeGreaterThan(0);
  expect(counts.named).toBe(counts.doubled);
  // Where nothing of the kind is allowed the same end is found.
  expect(judge(facts, false).verdicts.map(({ rule }) => rule)).toContain('doubled');
});
