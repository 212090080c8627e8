import type { Buyer, ProductionCalendar } from '@cloud-kassa/core';
import type { EventStore } from '@cloud-kassa/event-store';
import type { Instant } from '@cloud-kassa/ffd';
import type { FindContact } from '@cloud-kassa/fiscalizer';
import { buyerOfOrder, deviceRegistry, registrar } from '@cloud-kassa/fiscalizer';
import type { SecretSource } from '@cloud-kassa/provider';
import { secretSource } from '@cloud-kassa/provider';
import type { Log, Runtime } from '@cloud-kassa/runtime';
import { systemRuntime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { Auditing } from './auditing';
import { auditingOn } from './auditing';
import type { Buyers } from './buyers';
import { buyersOn } from './buyers';
import type { Devices } from './devices';
import { devicesOn } from './devices';
import { handlersOn } from './handlers';
import { readInput } from './input';
import { BuyerInputCodec } from './input-codecs';
import type { KassaError } from './kassa-error';
import { CLOSED, ofLoad, refused } from './kassa-error';
import type { Kit } from './kit';
import { openStorage } from './storage/open-storage';
import type { Outcome } from './outcome';
import { done, failed } from './outcome';
import type { Payments } from './payments';
import { paymentsOn } from './payments';
import type { Projections } from './projections';
import { projectionsOn } from './projections';
import type { ProviderAdapter } from './provider-adapter';
import { oneCAdapter } from './provider-adapter';
import type { Queue } from './queue';
import { queueOn } from './queue';
import { readModelsOn } from './read-models';
import type { BuyerInput } from './receipt-input';
import type { Receipts } from './receipts';
import { receiptsOn } from './receipts';
import type { Registers } from './registers';
import { registersOn } from './registers';
import type { Shifts } from './shifts';
import { shiftsOn } from './shifts';
import type { Status } from './status';
import { statusOn } from './status';
import type { Storage } from './storage/storage';
import type { Worker, WorkerOptions } from './worker';
import { startWorker } from './worker';

export interface CloudKassaOptions {
  readonly storage: Storage;
  /** Who gives commands unless a call says otherwise, as it stands in the events. Default `cloud-kassa`. */
  readonly actor?: string;
  /** Where secrets come from, by reference. Default: `env:NAME` and `file:PATH`. */
  readonly secrets?: SecretSource;
  /** Protocols of providers. Default: the 1C provider API. */
  readonly adapters?: ReadonlyArray<ProviderAdapter>;
  /** Asks the shop for the contact of its customer (S28). */
  readonly findContact?: FindContact;
  /** Working days, for legal deadlines. Default: Monday to Friday. */
  readonly calendar?: ProductionCalendar;
  /** Default: nothing is logged. */
  readonly log?: Log;
  /** The outside world; for tests. `log` is not looked at where it is given. */
  readonly runtime?: Runtime;
}

/**
 * Takes payments remotely, fiscalises every receipt once through a cloud register, and can prove it afterwards.
 *
 * Calls answer with `{ ok: true, value }` or `{ ok: false, error }`; none of them throws or rejects for an expected reason. Commands are
 * durable when they are answered. What is registered is carried out by a worker, of this process or another.
 */
export interface CloudKassa {
  readonly devices: Devices;
  readonly registers: Registers;
  readonly shifts: Shifts;
  readonly payments: Payments;
  readonly receipts: Receipts;
  readonly queue: Queue;
  readonly status: Status;
  readonly buyers: Buyers;
  readonly audit: Auditing;
  readonly projections: Projections;
  /** The events themselves, for projections and subscriptions of one's own. Append through the commands above only. */
  readonly events: EventStore;
  /** Starts to carry receipts to their documents in this process. Stopped by its `stop`, or by `close`. */
  readonly startWorker: (options?: WorkerOptions) => Outcome<Worker>;
  /** Stops the workers of this process, closes providers and stores. */
  readonly close: () => Promise<void>;
}

/** Opens the library. `ok: false` leaves nothing open. */
export const createCloudKassa = async (options: CloudKassaOptions): Promise<Outcome<CloudKassa>> => {
  const { actor = 'cloud-kassa', secrets = secretSource(), findContact, calendar, log } = options;
  const runtime = options.runtime ?? systemRuntime(log === undefined ? {} : { log });
  const opened = await openStorage(options.storage, runtime);
  if (E.isLeft(opened)) return failed(opened.left);
  const storage = opened.right;
  const adapters = new Map((options.adapters ?? [oneCAdapter()]).map((adapter) => [adapter.name, adapter]));
  const handlers = handlersOn(storage.events, storage.keys, runtime);
  const registry = deviceRegistry({
    store: storage.events,
    keyRing: storage.keys,
    runtime,
    open: (connection) => {
      const adapter = adapters.get(connection.provider);
      if (adapter === undefined) return E.left('provider-unknown');
      return E.mapLeft((refusals: ReadonlyArray<{ readonly field: string; readonly rule: string }>) =>
        refusals.map(({ field, rule }) => `${field}: ${rule}`).join(', '),
      )(adapter.open({ connection, secrets, runtime }));
    },
  });
  const contacts = findContact === undefined ? {} : { findContact };
  const buyerOf = buyerOfOrder({ keyRing: storage.keys, log: runtime.log, ...contacts });

  const bindBuyer = async (contact: BuyerInput): Promise<E.Either<KassaError, Buyer | undefined>> => {
    const read = readInput(BuyerInputCodec, contact, 'buyer');
    if (E.isLeft(read)) return read;
    const bound = await buyerOf({ contact: read.right });
    if (E.isRight(bound)) return bound;
    if (bound.left._tag !== 'Refused') return E.left(ofLoad(bound.left));
    const { rule, field, detail } = bound.left;
    // Callers give a buyer; "contact" is the name further in.
    const theirs = field.replace(/^contact/, 'buyer');
    return E.left(refused({ rule, field: theirs, ...(detail === undefined ? {} : { detail }) }));
  };

  const kit: Kit = {
    runtime,
    actor,
    storage,
    handlers,
    secrets,
    adapters,
    registry,
    registrar: registrar({
      receipts: handlers.receipts,
      shifts: handlers.shifts,
      devices: registry,
      keyRing: storage.keys,
      runtime,
      ...contacts,
      ...(calendar === undefined ? {} : { calendar }),
    }),
    readModels: readModelsOn(storage, runtime),
    bindBuyer,
    // The runtime's wall clock gives this very form.
    now: () => runtime.wall() as Instant,
  };

  const read = await registry.refresh()();
  if (E.isLeft(read)) {
    registry.close();
    await storage.close();
    return failed(ofLoad(read.left));
  }

  const workers = new Set<Worker>();
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await Promise.all([...workers].map((worker) => worker.stop()));
    registry.close();
    await storage.close();
  };
  return done({
    devices: devicesOn(kit),
    registers: registersOn(kit),
    shifts: shiftsOn(kit),
    payments: paymentsOn(kit),
    receipts: receiptsOn(kit),
    queue: queueOn(kit),
    status: statusOn(kit),
    buyers: buyersOn(storage.keys, handlers),
    audit: auditingOn(kit),
    projections: projectionsOn(kit),
    events: storage.events,
    startWorker: (how) => {
      if (closing !== undefined) return failed(CLOSED);
      const started = startWorker(kit, how);
      if (!started.ok) return started;
      const worker: Worker = {
        ...started.value,
        stop: async () => {
          workers.delete(worker);
          await started.value.stop();
        },
      };
      workers.add(worker);
      return done(worker);
    },
    close: () => (closing ??= close()),
  });
};
