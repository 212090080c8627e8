import { createHash } from 'node:crypto';
import type { Drain } from '@cloud-kassa/runtime';
import { disturb, isSettled } from './disturbances';
import { startOperator } from './operator';
import type { Finding } from './oracle';
import type { PeopleOptions } from './people';
import { sellOnce } from './people';
import type { Sabotage } from './sabotage';
import { ORGANISATIONS } from './setting';
import { receiptsFor, startWorkers, storeFor } from './workers';
import type { BreakingFault, World } from './world';
import { CHAOS_MS, HOUR, createWorld } from './world';

export interface SimulationOptions {
  readonly seed: string;
  readonly drain?: Drain;
  readonly sabotage?: Sabotage;
  readonly breaking?: BreakingFault;
}

/** One simulated history. */
export interface SimulationReport {
  readonly seed: string;
  readonly hours: number;
  readonly receipts: number;
  readonly documents: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly faultCount: number;
  readonly cells: ReadonlyMap<string, number>;
  readonly findings: ReadonlyArray<Finding>;
  /** SHA-256 over everything that happened: the same seed gives the same trace. */
  readonly trace: string;
}

const SALES = 32;
const CALM_LIMIT_MS = 96 * HOUR;

/** L1, I2 and I9 at the end: in calm everything comes to its end, and what is called fiscalized has its document. */
const findingsAtEnd = ({ kernel, judge }: World): ReadonlyArray<Finding> =>
  [...judge.receipts().values()].flatMap((receipt) => {
    const { receiptId, attempt } = receipt;
    const finding = (invariant: string, what: string): Finding => ({
      invariant,
      at: kernel.now(),
      receiptId,
      what,
    });
    if (!isSettled(receipt)) return [finding('L1', `still ${attempt.phase}`)];
    return attempt.phase === 'Fiscalized' && judge.documentsOf(receiptId).length === 0
      ? [finding('I9', 'no document at the end')]
      : [];
  });

const traceOf = ({ log, faults }: World): string => {
  const hash = createHash('sha256');
  for (const { metadata, stream, revision, type, hash: link } of log.events)
    hash.update(`${metadata.at} ${stream} ${revision} ${type} ${link}\n`);
  return hash.update(JSON.stringify(faults())).digest('hex');
};

/** Runs one history: some hours of chaos, then calm until everything has come to an end or the limit is reached. */
export const simulate = async (options: SimulationOptions): Promise<SimulationReport> => {
  const { seed, drain = 'portable', sabotage = {}, breaking } = options;
  const world = createWorld(seed, sabotage, breaking);
  const { kernel, judge } = world;
  const workers = startWorkers(world);

  const runtime = kernel.runtime({ label: 'shop' });
  const shop: PeopleOptions = {
    receipts: receiptsFor(world, runtime, storeFor(world, runtime)),
    runtime,
    random: runtime.random.split('shop'),
    plan: world.plan,
    organisations: ORGANISATIONS,
    noteFault: world.noteFault,
  };
  for (let number = 0; number < SALES; number += 1)
    kernel.schedule(shop.random.integer(CHAOS_MS - HOUR), () => void sellOnce(shop, number));
  disturb(world, workers, shop);
  startOperator(world, shop);
  kernel.schedule(CHAOS_MS, () => {
    world.calm();
    workers.resumeAll();
  });

  await kernel.run({
    drain,
    afterStep: judge.check,
    until: () => {
      if (kernel.now() < CHAOS_MS + HOUR) return false;
      return kernel.now() > CHAOS_MS + CALM_LIMIT_MS || [...judge.receipts().values()].every(isSettled);
    },
  });
  judge.check();

  const receipts = [...judge.receipts().keys()];
  const faults = world.faults();
  return {
    seed,
    hours: kernel.now() / HOUR,
    receipts: receipts.length,
    documents: receipts.reduce((sum, receiptId) => sum + judge.documentsOf(receiptId).length, 0),
    faults,
    faultCount: Object.values(faults).reduce((sum, count) => sum + count, 0),
    cells: judge.cells(),
    findings: [...judge.findings(), ...findingsAtEnd(world)],
    trace: traceOf(world),
  };
};
