import * as E from 'fp-ts/Either';
import type { Receipt, ReceiptEvent, ReceiptState } from '@cloud-kassa/core';
import { RECEIPT, RECEIPT_EVENTS, receiptStream } from '@cloud-kassa/core';
import type {
  DecodeFailure,
  EventCodec,
  EventStore,
  KeyRing,
  Position,
  StoredEvent,
} from '@cloud-kassa/event-store';
import { createEventCodec } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import { errorName } from '../error-name';
import type { OpenReceipt } from './open-receipt';
import { shardOf } from './shard';

/** A receipt whose stream can not be read: nothing is done with it until a person looks. */
export interface ParkedReceipt {
  readonly stream: string;
  readonly failure: DecodeFailure;
}

export interface OpenReceiptsOptions {
  readonly store: EventStore;
  readonly keyRing: KeyRing;
  readonly runtime: Runtime;
  /** A receipt is new or has moved; its phase may be final. */
  readonly changed: (entry: OpenReceipt) => void;
  readonly closed: (entry: OpenReceipt) => void;
}

/** All receipts that are not finished, folded from the log of all streams. Readable at any time. */
export interface OpenReceipts {
  /** Follows the log until the signal is aborted; calls `caughtUp` each time the head is reached. Resumes after failures. */
  readonly follow: (
    signal: AbortSignal,
    caughtUp: () => void,
    failed: (why: string) => Promise<void>,
  ) => Promise<void>;
  /** Takes in a state that a command of this process led to, before the log brings it. */
  readonly moved: (entry: OpenReceipt, state: ReceiptState, revision: number) => void;
  readonly get: (receiptId: string) => OpenReceipt | undefined;
  readonly all: () => Iterable<OpenReceipt>;
  readonly size: () => number;
  /** As far as the log was read the receipt has no document of its own, not yet or for good: what depends on it waits. */
  readonly isWithoutDocument: (receiptId: string) => boolean;
  /** The log was read up to here. */
  readonly readTo: () => Position | undefined;
  readonly parked: () => ReadonlyArray<ParkedReceipt>;
}

/** A finished receipt needs nothing more. A disputed one waits for a person, without a term. */
const isFinished = (receipt: Receipt): boolean =>
  receipt.attempt.phase === 'Fiscalized' ||
  receipt.attempt.phase === 'Cancelled' ||
  receipt.attempt.phase === 'Disputed';

const PREFIX = receiptStream('');

export const openReceipts = (options: OpenReceiptsOptions): OpenReceipts => {
  const { store, keyRing, runtime, changed, closed } = options;
  const codec: EventCodec<ReceiptEvent> = createEventCodec({
    family: RECEIPT_EVENTS,
    keyRing,
    entropy: runtime.entropy,
  });
  const open = new Map<string, OpenReceipt>();
  const parked = new Map<string, DecodeFailure>();
  /** Receipts that ended otherwise than with the document that is theirs. */
  const ended = new Set<string>();
  let arrivals = 0;
  let after: Position | undefined;

  const settle = (entry: OpenReceipt, receipt: Receipt, revision: number): void => {
    const entered =
      entry.receipt.attempt.phase !== receipt.attempt.phase ||
      entry.receipt.attempt.epoch !== receipt.attempt.epoch;
    entry.receipt = receipt;
    entry.revision = revision;
    if (entered) {
      entry.since = runtime.monotonic();
      entry.notBefore = 0;
      entry.stillTries = 0;
    }
    if (isFinished(receipt)) {
      if (receipt.attempt.phase !== 'Fiscalized') ended.add(receipt.receiptId);
      open.delete(receipt.receiptId);
      closed(entry);
    } else changed(entry);
  };

  const begin = (receipt: Receipt, stream: string, revision: number): void => {
    const now = runtime.monotonic();
    const entry: OpenReceipt = {
      receipt,
      revision,
      since: now,
      notBefore: 0,
      sendTries: 0,
      stillTries: 0,
      storeTries: 0,
      alarmTries: 0,
      alarmNotBefore: 0,
      busy: false,
      arrival: (arrivals += 1),
      shard: shardOf(stream),
    };
    open.set(receipt.receiptId, entry);
    changed(entry);
  };

  const apply = (
    stored: StoredEvent,
    decoded: E.Either<DecodeFailure, { readonly event: ReceiptEvent }>,
  ): void => {
    const receiptId = stored.stream.slice(PREFIX.length);
    const entry = open.get(receiptId);
    if (parked.has(stored.stream)) return;
    if (E.isLeft(decoded)) {
      parked.set(stored.stream, decoded.left);
      runtime.log.write('error', 'a receipt can not be read and is parked', {
        stream: stored.stream,
        revision: stored.revision,
      });
      if (entry !== undefined) {
        open.delete(receiptId);
        closed(entry);
      }
      return;
    }
    const { event } = decoded.right;
    if (entry === undefined) {
      if (event.type === 'receipt.Disputed') ended.add(receiptId);
      if (stored.revision !== 0) return;
      const receipt = RECEIPT.evolve(RECEIPT.initial, event);
      if (receipt !== undefined) begin(receipt, stored.stream, stored.revision);
      return;
    }
    if (stored.revision <= entry.revision) return;
    const receipt = RECEIPT.evolve(entry.receipt, event);
    if (receipt !== undefined) settle(entry, receipt, stored.revision);
  };

  /** Of its own commands this process knows already what they led to. */
  const isNews = ({ stream, revision }: StoredEvent): boolean => {
    const entry = open.get(stream.slice(PREFIX.length));
    return entry === undefined || revision > entry.revision;
  };

  const followOnce = async (signal: AbortSignal, caughtUp: () => void): Promise<string | undefined> => {
    const subscription = store.subscribeAll({
      filter: { prefixes: [PREFIX] },
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
      const news = item.events.filter(isNews);
      const page = await codec.read(news)();
      if (E.isLeft(page)) return page.left._tag;
      news.forEach((stored, index) => {
        const decoded = page.right[index];
        if (decoded !== undefined) apply(stored, decoded);
      });
      after = item.events.at(-1)?.position ?? after;
    }
    return undefined;
  };

  return {
    follow: async (signal, caughtUp, failed) => {
      while (!signal.aborted) {
        const why = await followOnce(signal, caughtUp).catch(errorName);
        if (!signal.aborted) await failed(why ?? 'ended');
      }
    },
    moved: (entry, state, revision) => {
      if (state !== undefined && revision > entry.revision) settle(entry, state, revision);
    },
    get: (receiptId) => open.get(receiptId),
    all: () => open.values(),
    size: () => open.size,
    isWithoutDocument: (receiptId) =>
      open.has(receiptId) || ended.has(receiptId) || parked.has(receiptStream(receiptId)),
    readTo: () => after,
    parked: () => [...parked].map(([stream, failure]) => ({ stream, failure })),
  };
};
