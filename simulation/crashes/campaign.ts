import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudKassa } from '@cloud-kassa/cloud-kassa';
import { createCloudKassa, oneCAdapter } from '@cloud-kassa/cloud-kassa';
import { openSqliteStore } from '@cloud-kassa/event-store-sqlite';
import type { Runtime } from '@cloud-kassa/runtime';
import { seededRandom, systemRuntime } from '@cloud-kassa/runtime';
import type { Assumption, Breach } from './assumption';
import { BREACHES } from './assumption';
import { comeToRest } from './come-to-rest';
import { factsOf } from './facts';
import { freePort } from './free-port';
import type { Facts, Judgement } from './judge';
import { judge } from './judge';
import { watchLog } from './log-watch';
import { openPerson } from './person';
import { planOf } from './plan';
import { bundlePrograms } from './programs';
import { SECRETS, deviceOrders } from './registers';
import { registersOffice } from './registers-office';
import { openShop } from './shop';
import { sure } from './sure';
import { troupe } from './troupe';
import { ADAPTER_SETTINGS } from './worker-settings';

export interface CampaignOptions {
  readonly seed: string;
  readonly kills: number;
  /** The assumption that is broken all the time; none when absent. */
  readonly assumption?: Assumption;
  /** An empty folder; everything stays there. */
  readonly folder: string;
  readonly progress?: (done: number, kills: number) => void;
}

export interface CampaignReport extends Judgement {
  readonly seed: string;
  readonly assumption?: Assumption;
  readonly kills: number;
  /** Of them: those at the moment that was drawn; the others came when patience was at an end. */
  readonly killsInTime: number;
  /** Processes that died by them. */
  readonly processesKilled: number;
  /** How often each kind of fault was set. */
  readonly faultKinds: ReadonlyMap<string, number>;
  readonly events: ReadonlyMap<string, number>;
  readonly settledByPerson: number;
  readonly facts: Facts;
  readonly seconds: number;
}

/** The person looks at the queue after so many kills. */
const PERSON_EVERY = 3;

/** A breach that has shown no double yet gets so many more chances, without kills. */
const MORE_CHANCES = 20;
const CHANCE_ACTIONS = 8;

const setUp = async (kassa: CloudKassa, url: string, secretRef: string): Promise<void> => {
  for (const { device, register } of deviceOrders(url, secretRef)) {
    const registered = await kassa.devices.register(device);
    if (!registered.ok) throw new Error(JSON.stringify(registered.error));
    const attached = await kassa.registers.attach(device.deviceId, register);
    if (!attached.ok) throw new Error(JSON.stringify(attached.error));
  }
};

const openKassa = async (directory: string, runtime: Runtime): Promise<CloudKassa> => {
  const opened = await createCloudKassa({
    storage: { kind: 'sqlite', directory },
    adapters: [oneCAdapter(ADAPTER_SETTINGS)],
    actor: 'shop',
    runtime,
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
};

/**
 * Kills a worker, the emulator or several of them with `kill -9`, time and again, while a shop sells and faults of the transport and the
 * registers strike. Then all faults end, everything comes to rest, and what the log, the ledger and the shop say is judged.
 *
 * The seed decides who dies when and what strikes, in counts of progress rather than in time; how the processes interleave is real.
 */
export const runCampaign = async (options: CampaignOptions): Promise<CampaignReport> => {
  const { seed, kills, assumption, folder, progress } = options;
  const runtime = systemRuntime();
  const began = runtime.monotonic();
  const random = seededRandom(seed);
  const breach = assumption === undefined ? undefined : BREACHES[assumption];
  const [store, emulatorDirectory] = [join(folder, 'store'), join(folder, 'emulator')];
  for (const directory of [store, emulatorDirectory]) mkdirSync(directory, { mode: 0o700 });
  const secretFile = join(folder, 'secrets');
  writeFileSync(secretFile, JSON.stringify(SECRETS), { mode: 0o600 });

  const port = await freePort(runtime.random);
  const url = `http://127.0.0.1:${port}`;
  const scripts = bundlePrograms(join(folder, 'scripts'));
  const kassa = await openKassa(store, runtime);
  const log = sure(
    await openSqliteStore({ file: join(store, 'events.db'), runtime, pollMilliseconds: 10 })(),
  );
  const watch = watchLog(log);
  const processes = troupe({ scripts, store, emulatorDirectory, port, runtime, watch });
  const office = registersOffice(url, runtime);
  const shop = openShop(kassa, random.split('shop'), runtime);
  const believesRejections = assumption === 'rejected-after-document';
  const person = openPerson({ kassa, watch, office, believesRejections });
  const faultKinds = new Map<string, number>();
  let [processesKilled, killsInTime] = [0, 0];

  const showsDouble = async (): Promise<boolean> => {
    await watch.readToHead();
    const owners = (await office.documents()).map(({ key = '' }) => watch.receiptOf(key));
    return owners.some((owner, index) => owner !== undefined && owners.indexOf(owner) < index);
  };

  const untilDoubled = async ({ faults }: Breach): Promise<void> => {
    for (let chance = 0; chance < MORE_CHANCES; chance += 1) {
      if (await showsDouble()) return;
      await office.setFaults(faults, true);
      await shop.work(CHANCE_ACTIONS);
      await person.settle();
    }
  };

  try {
    await setUp(kassa, url, `file:${secretFile}`);
    await processes.start();
    for (const [index, round] of planOf(random.split('plan'), kills, breach).entries()) {
      for (const name of round.faults) faultKinds.set(name, (faultKinds.get(name) ?? 0) + 1);
      await office.setFaults(round.lines, breach !== undefined);
      const [killed] = await Promise.all([processes.kill(round), shop.work(round.actions)]);
      processesKilled += killed.processes;
      if (killed.inTime) killsInTime += 1;
      if ((index + 1) % PERSON_EVERY === 0) await person.settle();
      progress?.(index + 1, kills);
    }
    if (breach !== undefined) await untilDoubled(breach);
    await office.setFaults([], false);
    const notIdle = await comeToRest({ processes, runtime, settle: person.settle });
    const facts = await factsOf({ kassa, watch, office, log, shop: shop.books(), notIdle });
    return {
      ...judge(facts, breach !== undefined),
      seed,
      ...(assumption === undefined ? {} : { assumption }),
      kills,
      killsInTime,
      processesKilled,
      faultKinds,
      events: watch.eventCounts(),
      settledByPerson: person.settled(),
      facts,
      seconds: (runtime.monotonic() - began) / 1_000,
    };
  } finally {
    await processes.end();
    await watch.stop();
    await log.close();
    await kassa.close();
  }
};
