import type { FiscalDocument, ReceiptEvent, ShiftEvent, ShiftState } from '@cloud-kassa/core';
import { evolveShift } from '@cloud-kassa/core';
import type { StoredEvent } from '@cloud-kassa/event-store';
import type { Instant } from '@cloud-kassa/ffd';

/** A receipt that asks for a shift: put into the queue, or fiscalised, while none is open. */
export interface ShiftNeed {
  readonly receiptId: string;
  /** The event that showed it. */
  readonly eventId: string;
  readonly at: Instant;
}

/** The shift of a unit as a fiscal document has shown it. */
export type ShownByDocument = Pick<FiscalDocument, 'fn' | 'registrationNumber' | 'kktSerial'> & {
  readonly shiftNumber: number;
};

/** What the log tells of a register, as far as its shifts are concerned. */
export interface RegisterWatch {
  readonly registerId: string;
  readonly shifts: ShiftState;
  /** Receipts that were put into the queue while no shift is open and have no end, oldest first. Those that are postponed do not count. */
  readonly enqueued: ReadonlyMap<string, ShiftNeed>;
  /** The last document made while no shift is open. */
  readonly fiscalised: ShiftNeed | undefined;
  /** Shifts of units that documents have shown since the shift was opened, by what names them. */
  readonly shown: ReadonlyMap<string, ShownByDocument>;
}

interface Watch extends RegisterWatch {
  shifts: ShiftState;
  enqueued: Map<string, ShiftNeed>;
  fiscalised: ShiftNeed | undefined;
  shown: Map<string, ShownByDocument>;
}

/** Folds the events of receipts and shifts, in the order of the log. The same events give the same watches. */
export interface RegisterWatches {
  /** Answers the register whose watch has changed, if any. */
  readonly receipt: (event: ReceiptEvent, stored: StoredEvent) => string | undefined;
  readonly shift: (registerId: string, event: ShiftEvent) => void;
  readonly get: (registerId: string) => RegisterWatch | undefined;
  readonly all: () => Iterable<RegisterWatch>;
}

export const registerWatches = (receiptIdOf: (stream: string) => string): RegisterWatches => {
  const watches = new Map<string, Watch>();
  /** The receipts without an end. */
  const receipts = new Map<string, { readonly registerId: string; isEnqueued: boolean }>();

  const watchOf = (registerId: string): Watch => {
    const known = watches.get(registerId);
    if (known !== undefined) return known;
    const made: Watch = {
      registerId,
      shifts: undefined,
      enqueued: new Map(),
      fiscalised: undefined,
      shown: new Map(),
    };
    watches.set(registerId, made);
    return made;
  };

  const enqueued = (watch: Watch, need: ShiftNeed): boolean => {
    if (watch.shifts?.open !== undefined) return false;
    watch.enqueued.set(need.receiptId, need);
    return true;
  };

  const fiscalised = (watch: Watch, need: ShiftNeed, document: FiscalDocument): boolean => {
    if (watch.shifts?.open === undefined) {
      watch.fiscalised = need;
      return true;
    }
    const { fn, registrationNumber, kktSerial, shiftNumber } = document;
    const name = [registrationNumber, kktSerial, fn, shiftNumber].join('|');
    if (shiftNumber === undefined || watch.shown.has(name)) return false;
    watch.shown.set(name, {
      fn,
      shiftNumber,
      ...(registrationNumber === undefined ? {} : { registrationNumber }),
      ...(kktSerial === undefined ? {} : { kktSerial }),
    });
    return true;
  };

  const ended = (watch: Watch, receiptId: string): boolean => {
    receipts.delete(receiptId);
    return watch.enqueued.delete(receiptId);
  };

  const changedBy = (
    event: ReceiptEvent,
    receipt: { isEnqueued: boolean },
    watch: Watch,
    need: Omit<ShiftNeed, 'at'>,
  ): boolean => {
    switch (event.type) {
      case 'receipt.Enqueued':
        receipt.isEnqueued = true;
        return enqueued(watch, { ...need, at: event.data.at });
      case 'receipt.Postponed':
        return watch.enqueued.delete(need.receiptId);
      case 'receipt.Resumed':
        return receipt.isEnqueued && enqueued(watch, { ...need, at: event.data.at });
      case 'receipt.Cancelled':
        return ended(watch, need.receiptId);
      case 'receipt.Fiscalized':
        ended(watch, need.receiptId);
        return fiscalised(watch, { ...need, at: event.data.at }, event.data.document);
      default:
        return false;
    }
  };

  return {
    receipt: (event, { stream, eventId }) => {
      const receiptId = receiptIdOf(stream);
      if (event.type === 'receipt.Registered') {
        const { registerId } = event.data.facts.register;
        receipts.set(receiptId, { registerId, isEnqueued: false });
        return undefined;
      }
      const receipt = receipts.get(receiptId);
      if (receipt === undefined) return undefined;
      const isChanged = changedBy(event, receipt, watchOf(receipt.registerId), { receiptId, eventId });
      return isChanged ? receipt.registerId : undefined;
    },
    shift: (registerId, event) => {
      const watch = watchOf(registerId);
      watch.shifts = evolveShift(watch.shifts, event);
      if (event.type === 'shift.KktShiftObserved') return;
      watch.enqueued.clear();
      watch.fiscalised = undefined;
      watch.shown.clear();
    },
    get: (registerId) => watches.get(registerId),
    all: () => watches.values(),
  };
};
