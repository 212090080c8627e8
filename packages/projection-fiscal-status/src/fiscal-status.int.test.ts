import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteReadModels } from '@cloud-kassa/projections';
import { contentsOf, recompute } from '@cloud-kassa/projections/testing';
import { systemRuntime } from '@cloud-kassa/runtime';
import * as fc from 'fast-check';
import { deeds, performAll } from './deeds.testing';
import { FISCAL_STATUS } from './fiscal-status-projection';
import { CANARY, succeeded, world } from './world.testing';

const folder = mkdtempSync(join(tmpdir(), 'cloud-kassa-status-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the fiscal status in SQLite', () => {
  it('is the same live, rebuilt and recomputed, and its file holds nothing of a person', async () => {
    let files = 0;
    await fc.assert(
      fc.asyncProperty(deeds, async (done) => {
        files += 1;
        const file = join(folder, `${files}.db`);
        const readModels = await succeeded(openSqliteReadModels({ file, runtime: systemRuntime() }));
        const stage = world(readModels);
        let count = 0;
        await performAll(stage, done, async () => {
          count += 1;
          if (count % 20 === 0) await stage.catchUp();
        });
        await stage.catchUp();
        const expected = recompute(FISCAL_STATUS, await stage.events());
        expect(await succeeded(contentsOf(readModels, FISCAL_STATUS))).toEqual(expected);
        await stage.rebuild();
        expect(await succeeded(contentsOf(readModels, FISCAL_STATUS))).toEqual(expected);
        await readModels.close();
        expect(readFileSync(file).includes(CANARY)).toBe(false);
      }),
      { numRuns: 15 },
    );
  });
});
