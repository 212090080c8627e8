import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteReadModels } from '@cloud-kassa/projections';
import { contentsOf, recompute } from '@cloud-kassa/projections/testing';
import { systemRuntime } from '@cloud-kassa/runtime';
import * as fc from 'fast-check';
import { deeds, perform } from './deeds.testing';
import { receiptQueue } from './receipt-queue';
import { RECEIPT_QUEUE } from './receipt-queue-projection';
import { CANARY, idOf, registration, succeeded, world } from './world.testing';

const folder = mkdtempSync(join(tmpdir(), 'cloud-kassa-queue-'));
afterAll(() => rmSync(folder, { recursive: true }));

const opened = (name: string) =>
  succeeded(openSqliteReadModels({ file: join(folder, name), runtime: systemRuntime() }));

describe('the receipt queue in SQLite', () => {
  it('is the same live, rebuilt and recomputed', async () => {
    let files = 0;
    await fc.assert(
      fc.asyncProperty(deeds, async (done) => {
        files += 1;
        const readModels = await opened(`${files}.db`);
        const stage = world(readModels);
        for (const [index, deed] of done.entries()) {
          await perform(stage, deed);
          if (index % 20 === 0) await stage.catchUp();
        }
        await stage.catchUp();
        const expected = recompute(RECEIPT_QUEUE, await stage.events());
        expect(await succeeded(contentsOf(readModels, RECEIPT_QUEUE))).toEqual(expected);
        await stage.rebuild();
        expect(await succeeded(contentsOf(readModels, RECEIPT_QUEUE))).toEqual(expected);
        await readModels.close();
      }),
      { numRuns: 20 },
    );
  });

  it('knows a buyer by the name of the key only: the erasure of the buyer changes nothing in it', async () => {
    const readModels = await opened('erased.db');
    const stage = world(readModels);
    await stage.receipt(1, registration(1));
    await stage.catchUp();
    const before = await succeeded(contentsOf(readModels, RECEIPT_QUEUE));
    expect(await succeeded(stage.keyRing.erase('buyer-1'))).toBe(1);
    await stage.rebuild();
    expect(await succeeded(contentsOf(readModels, RECEIPT_QUEUE))).toEqual(before);
    expect(await succeeded(receiptQueue(readModels).get(idOf(1)))).toMatchObject({ buyerKeyId: 'buyer-1' });
    await readModels.close();
    expect(readFileSync(join(folder, 'erased.db')).includes(CANARY)).toBe(false);
  });
});
