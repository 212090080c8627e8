import * as E from 'fp-ts/Either';
import type { ReceiptEvent } from '@cloud-kassa/core';
import { RECEIPT_EVENTS, SHIFT_EVENTS, receiptStream, shiftStream } from '@cloud-kassa/core';
import type { DecodeFailure, EventStore, Position, StoredEvent } from '@cloud-kassa/event-store';
import { createImpersonalReader } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import { errorName } from '../error-name';
import type { RegisterWatch } from './register-watch';
import { registerWatches } from './register-watch';

/** The shifts of a register whose stream can not be read: the keeper leaves them to a person. */
export interface ParkedShifts {
  readonly stream: string;
  readonly failure: DecodeFailure;
}

export interface ShiftLogOptions {
  readonly store: EventStore;
  readonly runtime: Runtime;
  /** The shifts of a register have moved, or something needs one. */
  readonly changed: (registerId: string) => void;
}

/** What all streams of receipts and shifts tell of the registers, followed in the order of the log. Readable at any time. */
export interface ShiftLog {
  /** Follows the log until the signal is aborted; calls `caughtUp` each time the head is reached. Resumes after failures. */
  readonly follow: (
    signal: AbortSignal,
    caughtUp: () => void,
    failed: (why: string) => Promise<void>,
  ) => Promise<void>;
  readonly get: (registerId: string) => RegisterWatch | undefined;
  /** The registers whose shifts can be read. */
  readonly all: () => Iterable<RegisterWatch>;
  readonly parked: () => ReadonlyArray<ParkedShifts>;
}

const RECEIPT_PREFIX = receiptStream('');
const SHIFT_PREFIX = shiftStream('');

/** Most events of a receipt say nothing about shifts and need not be read. */
const TELLING: ReadonlySet<string> = new Set<ReceiptEvent['type']>([
  'receipt.Registered',
  'receipt.Enqueued',
  'receipt.Postponed',
  'receipt.Resumed',
  'receipt.Fiscalized',
  'receipt.Cancelled',
]);

export const shiftLog = ({ store, runtime, changed }: ShiftLogOptions): ShiftLog => {
  const readReceipts = createImpersonalReader(RECEIPT_EVENTS);
  const readShifts = createImpersonalReader(SHIFT_EVENTS);
  const watches = registerWatches((stream) => stream.slice(RECEIPT_PREFIX.length));
  const parked = new Map<string, ParkedShifts>();
  let after: Position | undefined;

  const unreadable = (message: string, { stream, revision }: StoredEvent): void =>
    runtime.log.write('error', message, { stream, revision });

  const applyReceipt = (stored: StoredEvent): void => {
    if (!TELLING.has(stored.type)) return;
    for (const decoded of readReceipts([stored])) {
      if (E.isLeft(decoded)) {
        unreadable('an event of a receipt can not be read: it counts for no shift', stored);
        continue;
      }
      const registerId = watches.receipt(decoded.right.event, stored);
      if (registerId !== undefined) changed(registerId);
    }
  };

  const applyShift = (stored: StoredEvent): void => {
    const registerId = stored.stream.slice(SHIFT_PREFIX.length);
    if (parked.has(registerId)) return;
    for (const decoded of readShifts([stored])) {
      if (E.isRight(decoded)) {
        watches.shift(registerId, decoded.right.event);
        changed(registerId);
        continue;
      }
      parked.set(registerId, { stream: stored.stream, failure: decoded.left });
      unreadable('the shifts of a register can not be read and are parked', stored);
    }
  };

  const followOnce = async (signal: AbortSignal, caughtUp: () => void): Promise<string> => {
    const subscription = store.subscribeAll({
      filter: { prefixes: [RECEIPT_PREFIX, SHIFT_PREFIX] },
      signal,
      ...(after === undefined ? {} : { after }),
    });
    for await (const item of subscription) {
      if (item._tag === 'Failed') return item.error._tag;
      if (item._tag === 'CaughtUp') {
        after = item.position;
        caughtUp();
        continue;
      }
      for (const stored of item.events) {
        if (stored.stream.startsWith(SHIFT_PREFIX)) applyShift(stored);
        else applyReceipt(stored);
        after = stored.position;
      }
    }
    return 'ended';
  };

  return {
    follow: async (signal, caughtUp, failed) => {
      while (!signal.aborted) {
        const why = await followOnce(signal, caughtUp).catch(errorName);
        if (!signal.aborted) await failed(why);
      }
    },
    get: (registerId) => (parked.has(registerId) ? undefined : watches.get(registerId)),
    all: () => [...watches.all()].filter(({ registerId }) => !parked.has(registerId)),
    parked: () => [...parked.values()],
  };
};
