import {
  CLOUD_DEVICE,
  CLOUD_DEVICE_EVENTS,
  cloudDeviceStream,
  PAYMENT,
  PAYMENT_EVENTS,
  paymentStream,
  RECEIPT,
  RECEIPT_EVENTS,
  receiptStream,
  SHIFT,
  SHIFT_EVENTS,
  shiftStream,
} from '@cloud-kassa/core';
import type { EventStore, KeyRing } from '@cloud-kassa/event-store';
import { createCommandHandler } from '@cloud-kassa/event-store';
import type { CloudDevices, Payments, Receipts, Shifts } from '@cloud-kassa/fiscalizer';
import type { Runtime } from '@cloud-kassa/runtime';

/** The way to every aggregate. */
export interface Handlers {
  readonly receipts: Receipts;
  readonly payments: Payments;
  readonly devices: CloudDevices;
  readonly shifts: Shifts;
  /**
   * For what is shown to people: nothing is held in memory, so that a buyer who was erased by another process is erased here at once.
   */
  readonly shown: {
    readonly receipts: Pick<Receipts, 'load'>;
    readonly payments: Pick<Payments, 'load'>;
  };
}

/** A device and a register live for years and many commands; receipts and payments do not (decision: 1,000 and all). */
const KNOWN_COMMANDS = 1_000;

/**
 * What is read anew for every try and so tells nothing about whether a command is the same as before: the time, and the facts of other
 * aggregates as they stood at that moment.
 */
const READ_ANEW: ReadonlySet<string> = new Set([
  'now',
  'paidAt',
  'refundedAt',
  'facts',
  'legalDeadline',
  'profile',
  'device',
  'domainTakenBy',
  'attachedTo',
  'openShiftId',
  'unsettledReceipts',
  'totals',
  'upToPosition',
  'openReceipts',
  'waitedMs',
]);

const asked = ({ type, data }: { readonly type: string; readonly data: object }): unknown => ({
  type,
  data: Object.fromEntries(Object.entries(data).filter(([name]) => !READ_ANEW.has(name))),
});

export const handlersOn = (store: EventStore, keyRing: KeyRing, runtime: Runtime): Handlers => {
  const common = { store, keyRing, runtime, identityOf: asked };
  const receipts = {
    ...common,
    decider: RECEIPT,
    family: RECEIPT_EVENTS,
    streamOf: receiptStream,
    knownCommands: 'all',
  } as const;
  const payments = {
    ...common,
    decider: PAYMENT,
    family: PAYMENT_EVENTS,
    streamOf: paymentStream,
    knownCommands: 'all',
  } as const;
  return {
    receipts: createCommandHandler(receipts),
    payments: createCommandHandler(payments),
    devices: createCommandHandler({
      ...common,
      decider: CLOUD_DEVICE,
      family: CLOUD_DEVICE_EVENTS,
      streamOf: cloudDeviceStream,
      knownCommands: KNOWN_COMMANDS,
    }),
    shifts: createCommandHandler({
      ...common,
      decider: SHIFT,
      family: SHIFT_EVENTS,
      streamOf: shiftStream,
      knownCommands: KNOWN_COMMANDS,
    }),
    shown: {
      receipts: createCommandHandler({ ...receipts, cache: { maxWeight: 0 } }),
      payments: createCommandHandler({ ...payments, cache: { maxWeight: 0 } }),
    },
  };
};
