import type { DecodeFailure, StoredEvent } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import { pauseOf } from '../backoff';
import type { OpenPayment } from './open-payments';
import { PAYMENT_PREFIX } from './open-payments';
import type { Carried, WaitingSettlement } from './payment-carrier';
import type { BackoffSettings } from '../settings';
import { timerHeap } from '../dispatch/timer-heap';

export interface PaymentWorkOptions {
  /** Carries one payment as far as it goes. Never rejects. */
  readonly carry: (paymentId: string) => Promise<Carried>;
  /** Does the log know of money of this payment without a receipt? */
  readonly isOpen: (paymentId: string) => boolean;
  readonly runtime: Runtime;
  readonly settings: {
    readonly poolSize: number;
    readonly waitingRetryMs: number;
    readonly backoff: BackoffSettings;
  };
}

/** Which payments are to be looked at, and when. Everything here may be lost: it is found again from the log. */
export interface PaymentWork {
  /** The log has an event of a payment; `open` where it has something to do. */
  readonly moved: (stored: StoredEvent, open: OpenPayment | undefined) => void;
  /** Devices or registers of an organisation have changed: what waits may go on. */
  readonly changed: (organisation: string) => void;
  /** These are looked at again, whatever they wait for. */
  readonly all: (paymentIds: ReadonlyArray<string>) => void;
  /** The log was read to its head: from here on payments are looked at. Before it only what is open at the end would be looked at in vain. */
  readonly start: () => void;
  /** Looks again at what waits, in time. */
  readonly keepTime: (signal: AbortSignal) => Promise<void>;
  /** Begins nothing more, and lets what is under way come to an end. */
  readonly stop: () => Promise<void>;
  /** Nothing is under way and nothing is to be looked at now. */
  readonly idle: () => Promise<void>;
  readonly running: () => number;
  readonly known: () => {
    readonly waiting: ReadonlyArray<WaitingSettlement>;
    readonly retrying: ReadonlyArray<{ readonly paymentId: string; readonly why: string }>;
    readonly parked: ReadonlyArray<{ readonly paymentId: string; readonly failure: DecodeFailure }>;
  };
}

/** What is known of a payment since it was last looked at. */
interface Look {
  seen: number;
  /** Tries in a row at which something did not answer. */
  tries: number;
  last?: Carried;
}

/** Nobody to wake. */
const nobody = (): void => undefined;

export const paymentWork = ({ carry, isOpen, runtime, settings }: PaymentWorkOptions): PaymentWork => {
  const looks = new Map<string, Look>();
  const byOrganisation = new Map<string, Set<string>>();
  const ready = new Set<string>();
  const busy = new Set<string>();
  const timers = timerHeap();
  const resting: Array<() => void> = [];
  let changes = 0;
  let isStarted = false;
  let wake = nobody;

  const lookOf = (paymentId: string): Look => {
    const known = looks.get(paymentId) ?? { seen: -1, tries: 0 };
    looks.set(paymentId, known);
    return known;
  };

  const unlist = (paymentId: string, last: Carried | undefined): void => {
    for (const { organisation } of last?.waiting ?? []) {
      const listed = byOrganisation.get(organisation);
      listed?.delete(paymentId);
      if (listed?.size === 0) byOrganisation.delete(organisation);
    }
  };

  const forget = (paymentId: string): void => {
    unlist(paymentId, looks.get(paymentId)?.last);
    looks.delete(paymentId);
    timers.cancel(paymentId);
    ready.delete(paymentId);
  };

  const list = (paymentId: string, { waiting }: Carried): void => {
    for (const { organisation } of waiting) {
      const listed = byOrganisation.get(organisation) ?? new Set<string>();
      listed.add(paymentId);
      byOrganisation.set(organisation, listed);
    }
  };

  const later = (paymentId: string, afterMs: number): void => {
    timers.set(paymentId, runtime.monotonic() + afterMs);
    wake();
  };

  const after = (paymentId: string, carried: Carried, changesBefore: number): void => {
    if (!isOpen(paymentId)) {
      forget(paymentId);
      return;
    }
    const look = lookOf(paymentId);
    unlist(paymentId, look.last);
    list(paymentId, carried);
    if (carried.failure !== undefined && look.last?.failure === undefined)
      runtime.log.write('error', 'a payment can not be read and is parked', {
        payment: paymentId,
        revision: carried.failure.revision,
      });
    look.last = carried;
    look.seen = Math.max(look.seen, carried.revision);
    look.tries = carried.again === undefined ? 0 : look.tries + 1;
    if (carried.again !== undefined)
      later(paymentId, pauseOf(settings.backoff, look.tries - 1, runtime.random));
    else if (carried.waiting.length > 0 || carried.failure !== undefined)
      later(paymentId, settings.waitingRetryMs);
    // What changed while the payment was under way may have been read before the change.
    if (changes !== changesBefore && carried.waiting.length > 0) ready.add(paymentId);
  };

  const startReady = (): void => {
    for (const paymentId of ready) {
      if (busy.size >= settings.poolSize) return;
      if (busy.has(paymentId)) continue;
      ready.delete(paymentId);
      busy.add(paymentId);
      void begin(paymentId);
    }
  };

  const pump = (): void => {
    if (isStarted) startReady();
    if (busy.size === 0 && (ready.size === 0 || !isStarted)) for (const rest of resting.splice(0)) rest();
  };

  const idle = (): Promise<void> =>
    new Promise((resolve) => {
      resting.push(resolve);
      pump();
    });

  const begin = async (paymentId: string): Promise<void> => {
    const changesBefore = changes;
    const carried = await carry(paymentId);
    busy.delete(paymentId);
    after(paymentId, carried, changesBefore);
    pump();
  };

  const all = (paymentIds: ReadonlyArray<string>): void => {
    for (const paymentId of paymentIds) ready.add(paymentId);
    pump();
  };

  const fire = (): void => {
    const now = runtime.monotonic();
    for (let paymentId = timers.due(now); paymentId !== undefined; paymentId = timers.due(now))
      if (looks.has(paymentId)) ready.add(paymentId);
    pump();
  };

  return {
    moved: (stored, open) => {
      if (open === undefined) {
        const paymentId = stored.stream.slice(PAYMENT_PREFIX.length);
        if (!isOpen(paymentId)) forget(paymentId);
        return;
      }
      if (stored.revision <= (looks.get(open.paymentId)?.seen ?? -1)) return;
      ready.add(open.paymentId);
      pump();
    },
    changed: (organisation) => {
      changes += 1;
      all([...(byOrganisation.get(organisation) ?? [])]);
    },
    all,
    start: () => {
      isStarted = true;
      pump();
    },
    keepTime: async (signal) => {
      while (!signal.aborted) {
        fire();
        const next = timers.nextAt();
        const pause = Math.min(settings.waitingRetryMs, (next ?? Infinity) - runtime.monotonic());
        const sleeper = new AbortController();
        wake = () => sleeper.abort('woken');
        signal.addEventListener('abort', wake, { once: true });
        await runtime.sleep(Math.max(0, pause), sleeper.signal);
        signal.removeEventListener('abort', wake);
      }
    },
    stop: () => {
      isStarted = false;
      return idle();
    },
    idle,
    running: () => busy.size,
    known: () => {
      const entries = [...looks].flatMap(([paymentId, { last }]) =>
        last === undefined ? [] : [{ paymentId, last }],
      );
      return {
        waiting: entries.flatMap(({ last }) => last.waiting),
        retrying: entries.flatMap(({ paymentId, last: { again: why } }) =>
          why === undefined ? [] : [{ paymentId, why }],
        ),
        parked: entries.flatMap(({ paymentId, last: { failure } }) =>
          failure === undefined ? [] : [{ paymentId, failure }],
        ),
      };
    },
  };
};
