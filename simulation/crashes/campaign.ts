import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudKassa } from '@cloud-kassa/cloud-kassa';
import { createCloudKassa, oneCAdapter } from '@cloud-kassa/cloud-kassa';
import type { Runtime } from '@cloud-kassa/runtime';
import { seededRandom, systemRuntime } from '@cloud-kassa/runtime';
import type { Assumption, Breach } from './assumption';
import { BREACHES } from './assumption';
import { comeToRest } from './come-to-rest';
import type { OpenedHost } from './facts';
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
import type { StorageTask } from './storage-task';
import { storageOf } from './storage-task';
import { storeUnderCampaign } from './store-of-kind';
import type { StoreKind } from './store-under-campaign';
import { troupe } from './troupe';
import { ADAPTER_SETTINGS } from './worker-settings';

export interface CampaignOptions {
  readonly seed: string;
  readonly kills: number;
  readonly store: StoreKind;
  /** The assumption that is broken all the time; none when absent. */
  readonly assumption?: Assumption;
  /** An empty folder; everything stays there. */
  readonly folder: string;
  readonly progress?: (done: number, kills: number) => void;
}

export interface CampaignReport extends Judgement {
  readonly seed: string;
  readonly store: StoreKind;
  readonly assumption?: Assumption;
  readonly kills: number;
  /** Of them: those at the moment that was drawn; the others came when patience was at an end. */
  readonly killsInTime: number;
  /** How often each process died by them. */
  readonly killed: ReadonlyMap<string, number>;
  /** How often each kind of fault was set. */
  readonly faultKinds: ReadonlyMap<string, number>;
  /** Calls of the server of the store that faults struck; nothing where it has none. */
  readonly storeCallsStruck?: number;
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

const openKassa = async (storage: StorageTask, runtime: Runtime): Promise<CloudKassa> => {
  const opened = await createCloudKassa({
    storage: storageOf(storage),
    adapters: [oneCAdapter(ADAPTER_SETTINGS)],
    actor: 'shop',
    runtime,
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
};

/** One more of each. */
const count = (counts: Map<string, number>, names: ReadonlyArray<string>): void => {
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
};

/**
 * Kills workers, the emulator, the server of the store or several of them with `kill -9`, time and again, while a shop sells and faults of
 * the transport, the registers and that server strike. Then all faults end, everything comes to rest, and what the log, the ledger and
 * the shop say is judged.
 *
 * The seed decides who dies when and what strikes, in counts of progress rather than in time; how the processes interleave is real.
 */
export const runCampaign = async (options: CampaignOptions): Promise<CampaignReport> => {
  const { seed, kills, store: kind, assumption, folder, progress } = options;
  const runtime = systemRuntime();
  const began = runtime.monotonic();
  const random = seededRandom(seed);
  const breach = assumption === undefined ? undefined : BREACHES[assumption];
  const [storeFolder, emulatorDirectory] = [join(folder, 'store'), join(folder, 'emulator')];
  for (const directory of [storeFolder, emulatorDirectory]) mkdirSync(directory, { mode: 0o700 });
  const secretFile = join(folder, 'secrets');
  writeFileSync(secretFile, JSON.stringify(SECRETS), { mode: 0o600 });

  const port = await freePort(runtime.random);
  const url = `http://127.0.0.1:${port}`;
  const scripts = bundlePrograms(join(folder, 'scripts'));
  const storePort = await freePort(runtime.random, [port]);
  const store = storeUnderCampaign(kind, { folder: storeFolder, scripts, port: storePort, runtime });
  const processes = troupe({ scripts, store, emulatorDirectory, port, runtime });
  const [faultKinds, killed] = [new Map<string, number>(), new Map<string, number>()];
  let killsInTime = 0;

  /** Everything up to the rest at the end, and what is known then. */
  const play = async (closing: Array<() => Promise<void>>) => {
    await processes.startStore();
    const kassa = await openKassa(store.storageOf('shop'), runtime);
    closing.push(kassa.close);
    const log = await store.openLog();
    closing.push(log.close);
    const watch = watchLog(log);
    closing.push(watch.stop);
    const office = registersOffice(url, runtime);
    const shop = openShop(kassa, random.split('shop'), runtime);
    const believesRejections = assumption === 'rejected-after-document';
    const person = openPerson({ kassa, watch, office, believesRejections });

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

    await setUp(kassa, url, `file:${secretFile}`);
    await processes.start();
    const plan = planOf(random.split('plan'), { kills, store: store.plan, breach });
    for (const [index, round] of plan.entries()) {
      count(faultKinds, round.faults);
      await office.setFaults(round.lines, breach !== undefined);
      store.server?.setFaults(round.storeFaults);
      const [{ dead, inTime }] = await Promise.all([processes.kill(round, watch), shop.work(round.actions)]);
      count(killed, dead);
      if (inTime) killsInTime += 1;
      if ((index + 1) % PERSON_EVERY === 0) await person.settle();
      progress?.(index + 1, kills);
    }
    store.server?.setFaults([]);
    if (breach !== undefined) await untilDoubled(breach);
    await office.setFaults([], false);
    const notIdle = await comeToRest({ processes, runtime, settle: person.settle });
    const others: OpenedHost[] = [];
    for (const host of store.hosts) {
      if (host === 'shop') continue;
      const theirs = await openKassa(store.storageOf(host), runtime);
      closing.push(theirs.close);
      others.push({ host, kassa: theirs });
    }
    const facts = await factsOf({ kassa, others, watch, office, shop: shop.books(), notIdle });
    return { facts, events: watch.eventCounts(), settledByPerson: person.settled() };
  };

  const closing: Array<() => Promise<void>> = [];
  let played: Awaited<ReturnType<typeof play>>;
  try {
    played = await play(closing);
  } finally {
    for (const close of closing.toReversed()) await close();
    await processes.end();
  }
  const facts: Facts = { ...played.facts, integrity: await store.damage() };
  return {
    ...judge(facts, breach !== undefined),
    seed,
    store: kind,
    ...(assumption === undefined ? {} : { assumption }),
    kills,
    killsInTime,
    killed,
    faultKinds,
    ...(store.server === undefined ? {} : { storeCallsStruck: store.server.struck() }),
    events: played.events,
    settledByPerson: played.settledByPerson,
    facts,
    seconds: (runtime.monotonic() - began) / 1_000,
  };
};
