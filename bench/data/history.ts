import { createHash } from 'node:crypto';
import {
  RECEIPT,
  RECEIPT_EVENTS,
  receiptStream,
  type AttemptState,
  type ReceiptCommand,
  type ReceiptEvent,
  type ReceiptRefusal,
  type ReceiptState,
} from '@cloud-kassa/core';
import type { Instant, LocalDateTime } from '@cloud-kassa/ffd';
import {
  createCommandHandler,
  memoryKeyRing,
  type CommandHandler,
  type MemoryKeyRing,
} from '@cloud-kassa/event-store';
import { seededRuntime } from '@cloud-kassa/runtime';
import { given } from '../given';
import { recordingStore, type RecordedAppend } from './recording-store';
import { sale } from './sale';

/** Receipts from registration to their document. */
export interface History {
  /** The appends of each receipt: {@link EVENTS_PER_RECEIPT} of one event. */
  readonly receipts: ReadonlyArray<ReadonlyArray<RecordedAppend>>;
  /** The one that opens the buyers. */
  readonly keyRing: MemoryKeyRing;
}

/** Registered, Enqueued, Routed, SendIntended, Fiscalized. */
export const EVENTS_PER_RECEIPT = 5;

export const ORGANISATION = '7725327863';
const START = '2026-10-08T06:00:00.000Z' as Instant;

/** So many receipts are handled before the store that remembers them is replaced: it is only there to answer. */
const BATCH = 1_000;

type Receipts = CommandHandler<string, ReceiptCommand, ReceiptState, ReceiptEvent, ReceiptRefusal>;

const intend = ({ epoch, route, amendments }: AttemptState, number: number): ReceiptCommand => ({
  type: 'IntendSend',
  data: {
    epoch,
    key: route?.key ?? '',
    amendments,
    worker: 'bench/1',
    payloadHash: createHash('sha256').update(String(number)).digest('hex'),
    slowStart: false,
    parents: 'fiscalized',
    horizonMs: 86_400_000,
    quietMs: 60_000,
    waitedMs: 0,
    now: START,
  },
});

const recordDocument = ({ epoch }: AttemptState, number: number): ReceiptCommand => ({
  type: 'RecordSend',
  data: {
    epoch: epoch + 1,
    outcome: {
      kind: 'final',
      handle: `receipt-${number}`,
      result: {
        kind: 'done',
        document: {
          fn: '9999078900000001',
          fd: number + 1,
          fp: 1_000_000_000 + number,
          shiftNumber: 1,
          registrationNumber: '0000000001012345',
          madeAt: '2026-10-08T09:00:01' as LocalDateTime,
        },
      },
    },
    now: START,
  },
});

/** The history of so many receipts; the same seed gives the same bytes. */
export const history = async (seed: string, count: number): Promise<History> => {
  const runtime = seededRuntime(seed, { start: START });
  const { entropy } = runtime;
  const keyRing = memoryKeyRing({ entropy, indexKey: entropy(32) });
  const random = runtime.random.split('sales');
  let record: RecordedAppend[] = [];

  const fresh = (): Receipts =>
    createCommandHandler({
      store: recordingStore((append) => record.push(append)),
      decider: RECEIPT,
      family: RECEIPT_EVENTS,
      streamOf: receiptStream,
      keyRing,
      runtime,
      knownCommands: 'all',
    });

  const receipts: RecordedAppend[][] = [];
  let handler = fresh();
  for (let number = 0; number < count; number += 1) {
    if (number % BATCH === 0) handler = fresh();
    record = [];
    const data = await sale({
      random,
      keyRing,
      number,
      organisation: ORGANISATION,
      deviceId: 'device-1',
      now: START,
    });
    const give = async (command: ReceiptCommand): Promise<ReceiptState> => {
      const context = { commandId: runtime.ids.next(), actor: 'bench/1', organisation: ORGANISATION };
      return given(await handler.handle(data.receiptId, command, context)()).state;
    };
    await give({ type: 'RegisterReceipt', data });
    await give({ type: 'EnqueueReceipt', data: { now: START } });
    const routed = await give({
      type: 'RouteReceipt',
      data: {
        deviceId: 'device-1',
        domain: 'one-c:bench',
        traceTag: 'abcdefghijklmnop',
        refused: [],
        now: START,
      },
    });
    if (routed === undefined) throw new Error('no receipt');
    await give(intend(routed.attempt, number));
    await give(recordDocument(routed.attempt, number));
    receipts.push(record);
  }
  return { receipts, keyRing };
};
