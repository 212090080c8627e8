import { writeSync } from 'node:fs';
import { systemRuntime } from '@cloud-kassa/runtime';
import { nodeDriver } from '@cloud-kassa/sqlite';
import { given } from './dealings.testing';
import { dying } from './dying-driver.testing';
import { openWorkStoreOn } from './work-store';

/** A sign of life that was written: for which shard, and after which beat (0: none). */
export interface Beaten {
  readonly shard: number;
  readonly seen: number;
}

/**
 * A process that gives signs of life for every shard, whoever has it, each time for the lease that it has read. Its arguments are
 * the file, its name, the number of rounds, and the number of the point at which it kills itself (0 for none). What was written it
 * prints as `shard seen`.
 */
const [, , file = '', owner = '', rounds = '0', killAt = '0'] = process.argv;

const SHARDS = 4;

const main = async (): Promise<void> => {
  const runtime = systemRuntime();
  const driver = dying(nodeDriver, Number(killAt));
  const { leases, checkpoints, close } = await given(
    openWorkStoreOn(driver, { file, runtime, busyMilliseconds: 60_000 }),
  );
  for (let round = 0; round < Number(rounds); round += 1) {
    const there = new Map((await given(leases.read())).map((lease) => [lease.shard, lease]));
    const beats = Array.from({ length: SHARDS }, (_, shard) => ({ shard, seen: there.get(shard) }));
    for (const shard of await given(leases.beat(beats, owner)))
      writeSync(1, `${shard} ${there.get(shard)?.beat ?? 0}\n`);
    await given(checkpoints.save(owner, String(round)));
  }
  await close();
};

void main();
