import type {
  CheckpointStore,
  DecodeFailure,
  EventStore,
  KeyRing,
  Position,
  StoreError,
  WorkUnavailable,
} from '@cloud-kassa/event-store';
import type { Instant } from '@cloud-kassa/ffd';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { pauseOf } from '../backoff';
import type { DeviceRegistry } from '../devices/device-registry';
import { errorName } from '../error-name';
import type { OpenPayments } from './open-payments';
import { PAYMENT_PREFIX, openPayments } from './open-payments';
import type { Carried, WaitingSettlement } from './payment-carrier';
import { paymentCarrier } from './payment-carrier';
import { paymentStreams } from './payment-stream';
import { paymentWork } from './payment-work';
import type { Payments } from '../handlers';
import type { Registrar } from '../registration/registrar';
import { settlementStep } from './settlement-step';
import type { BackoffSettings } from '../settings';
import { DEFAULT_SETTINGS } from '../settings';

export interface PaymentProcessSettings {
  /** Payments under way in one process at once. */
  readonly poolSize: number;
  /** What waits is looked at again after so long, whatever it waits for: the contact of a customer may be known by now. */
  readonly waitingRetryMs: number;
  /** Pauses after something did not answer. */
  readonly backoff: BackoffSettings;
  /** How often at most the checkpoint is saved. */
  readonly checkpointMs: number;
  /** How often one pass tries again what did not answer, before it says that it is unfinished. */
  readonly passTries: number;
}

export const DEFAULT_PAYMENT_SETTINGS: PaymentProcessSettings = {
  poolSize: 16,
  waitingRetryMs: 600_000,
  backoff: DEFAULT_SETTINGS.storeBackoff,
  checkpointMs: 5_000,
  passTries: 8,
};

export interface PaymentProcessOptions {
  readonly store: EventStore;
  readonly keyRing: KeyRing;
  readonly payments: Payments;
  readonly registrar: Registrar;
  readonly registry: Pick<DeviceRegistry, 'refresh' | 'onChange'>;
  readonly checkpoints: CheckpointStore;
  readonly runtime: Runtime;
  readonly settings?: Partial<PaymentProcessSettings>;
  /** Who gives the commands, as it stands in the events. Default `payment-process`. */
  readonly actor?: string;
  /** The name of the checkpoint. Default `payment-process`. */
  readonly name?: string;
}

/** A payment that can not be read to its end: nothing is done with it until a version that reads it is installed. */
export interface ParkedPayment {
  readonly paymentId: string;
  readonly failure: DecodeFailure;
}

export interface PaymentProcessStatus {
  /** Payments with confirmed money that has no receipt yet. */
  readonly open: number;
  readonly running: number;
  /** Confirmed settlements that wait, each with its reason and since when. */
  readonly waiting: ReadonlyArray<WaitingSettlement>;
  /** Payments at which something did not answer; they are tried again by themselves. */
  readonly retrying: ReadonlyArray<{ readonly paymentId: string; readonly why: string }>;
  readonly parked: ReadonlyArray<ParkedPayment>;
}

/**
 * Makes a receipt of every confirmed settlement, or says in its payment why there is none yet (S38): payment confirmed → receipt
 * registered → enqueued → linked, at least once, by commands whose ids follow from the event that causes them. Any number of processes
 * may run at once.
 *
 * The log only tells which payments moved; what is done is decided from the payment's own stream. The checkpoint lies before the oldest
 * event of a payment that is open still. So whoever begins there finds everything that is due or postponed, however old it is, and
 * whoever has lost the checkpoint begins at the start and finds the same.
 */
export interface PaymentProcess {
  /** Works until the signal is aborted, then lets what is under way come to an end. Never rejects. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  /**
   * One pass to the head of the log. When it is over, every settlement that was confirmed before it began has its receipt or waits for a
   * reason, unless the answer names it as retrying or parked. `Left` where the log could not be read.
   */
  readonly catchUp: () => Promise<E.Either<StoreError, PaymentProcessStatus>>;
  readonly status: () => PaymentProcessStatus;
}

const NAME = 'payment-process';

/** A store that throws has given no answer. */
const asked = async <A>(ask: TaskEither<WorkUnavailable, A>): Promise<E.Either<WorkUnavailable, A>> => {
  try {
    return await ask();
  } catch (error) {
    return E.left({ _tag: 'WorkUnavailable', why: errorName(error) });
  }
};

export const paymentProcess = (options: PaymentProcessOptions): PaymentProcess => {
  const { store, keyRing, payments, registrar, registry, checkpoints, runtime } = options;
  const { actor = NAME, name = NAME } = options;
  const settings = { ...DEFAULT_PAYMENT_SETTINGS, ...options.settings };

  // The runtime's wall clock gives this very form.
  const now = (): Instant => runtime.wall() as Instant;
  const carry = paymentCarrier({
    read: paymentStreams({ store, keyRing, runtime }),
    step: settlementStep({ registrar, payments, now, actor }),
  });

  /** A step that throws, by a mistake of what it is embedded in, is one that did not answer. */
  const carried = async (paymentId: string): Promise<Carried> => {
    try {
      return await carry(paymentId);
    } catch (error) {
      const why = errorName(error);
      runtime.log.write('error', 'a step of a payment threw', { payment: paymentId, error: why });
      return { revision: -1, waiting: [], again: why };
    }
  };

  let opening: Promise<OpenPayments> | undefined;
  let log: OpenPayments | undefined;
  let saved: Position | undefined;

  const work = paymentWork({ carry: carried, isOpen: (id) => log?.get(id) !== undefined, runtime, settings });

  /** A checkpoint of another store, or of one that was put back to an older copy, leads nowhere. */
  const startOf = async (checkpoint: Position | undefined): Promise<Position | undefined> => {
    if (checkpoint === undefined) return undefined;
    const head = await store.head()();
    const isThere =
      E.isRight(head) &&
      head.right !== undefined &&
      (store.comparePositions(checkpoint, head.right) ?? 1) !== 1;
    if (isThere) return checkpoint;
    runtime.log.write('warn', 'the checkpoint of payments is not of this store and is left aside', { name });
    return undefined;
  };

  const begin = async (): Promise<OpenPayments> => {
    const loaded = await asked(checkpoints.load(name));
    if (E.isLeft(loaded))
      runtime.log.write('warn', 'the checkpoint of payments could not be read; all of them are looked at', {
        why: loaded.left.why,
      });
    saved = await startOf(E.isRight(loaded) ? loaded.right : undefined);
    log = openPayments(store.comparePositions, saved);
    return log;
  };

  const begun = (): Promise<OpenPayments> => (opening ??= begin());

  const save = async (): Promise<void> => {
    const position = log?.safePosition();
    if (position === undefined || position === saved) return;
    const kept = await asked(checkpoints.save(name, position));
    if (E.isRight(kept)) saved = position;
    else runtime.log.write('warn', 'the checkpoint of payments could not be saved', { why: kept.left.why });
  };

  const fromLog = (): { after?: Position; filter: { prefixes: ReadonlyArray<string> } } => {
    const after = log?.position();
    return { filter: { prefixes: [PAYMENT_PREFIX] }, ...(after === undefined ? {} : { after }) };
  };

  const readToHead = async (open: OpenPayments): Promise<E.Either<StoreError, void>> => {
    for await (const item of store.readAll(fromLog())) {
      if (item._tag === 'Failed') return E.left(item.error);
      if (item._tag === 'CaughtUp') continue;
      for (const stored of item.events) work.moved(stored, open.take(stored));
    }
    return E.right(undefined);
  };

  const followOnce = async (
    signal: AbortSignal,
    open: OpenPayments,
    caughtUp: () => void,
  ): Promise<string> => {
    for await (const item of store.subscribeAll({ ...fromLog(), signal })) {
      if (item._tag === 'Failed') return item.error._tag;
      if (item._tag === 'CaughtUp') {
        open.readTo(item.position);
        caughtUp();
        continue;
      }
      for (const stored of item.events) work.moved(stored, open.take(stored));
    }
    return 'ended';
  };

  const follow = async (signal: AbortSignal, open: OpenPayments): Promise<void> => {
    let tries = 0;
    while (!signal.aborted) {
      const why = await followOnce(signal, open, () => {
        tries = 0;
        work.start();
      }).catch(errorName);
      if (signal.aborted) return;
      runtime.log.write('warn', 'the log of payments broke off and is resumed', { why });
      await runtime.sleep(pauseOf(settings.backoff, tries, runtime.random), signal);
      tries += 1;
    }
  };

  const keepCheckpoint = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await runtime.sleep(settings.checkpointMs, signal);
      await save();
    }
  };

  const status = (): PaymentProcessStatus => ({
    open: log?.size() ?? 0,
    running: work.running(),
    ...work.known(),
  });

  return {
    run: async (signal) => {
      const open = await begun();
      const forget = registry.onChange(({ organisation }) => work.changed(organisation));
      await Promise.all([follow(signal, open), keepCheckpoint(signal), work.keepTime(signal)]);
      forget();
      await work.stop();
      await save();
    },
    catchUp: async () => {
      const open = await begun();
      // Without fresh devices the pass would say what was true before; the registrar reads them again before it says so.
      await registry.refresh()();
      const read = await readToHead(open);
      if (E.isLeft(read)) return read;
      work.start();
      work.all(open.all().map(({ paymentId }) => paymentId));
      await work.idle();
      for (let tries = 0; tries < settings.passTries && work.known().retrying.length > 0; tries += 1) {
        await runtime.sleep(pauseOf(settings.backoff, tries, runtime.random));
        work.all(work.known().retrying.map(({ paymentId }) => paymentId));
        await work.idle();
      }
      const rest = await readToHead(open);
      if (E.isLeft(rest)) return rest;
      await work.idle();
      await save();
      return E.right(status());
    },
    status,
  };
};
