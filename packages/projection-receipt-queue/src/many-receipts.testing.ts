import {
  RECEIPT,
  RECEIPT_EVENTS,
  receiptIdOf,
  receiptStream,
  type ReceiptCommand,
  type ReceiptState,
} from '@cloud-kassa/core';
import {
  CHAIN_START,
  createEventCodec,
  memoryKeyRing,
  type ChainHead,
  type EventStore,
} from '@cloud-kassa/event-store';
import { systemRuntime } from '@cloud-kassa/runtime';
import { at, contentOf, DAY, INN, registration, right, succeeded } from './world.testing';

/** So many receipts are under way at a time. */
const LANES = 64;

/** Writes receipts that went the usual way to a store: registered, enqueued, routed, sent, acknowledged, fiscalised. */
export const sampleOfReceipts = async (store: EventStore, count: number): Promise<void> => {
  const { entropy } = systemRuntime();
  const keyRing = memoryKeyRing({ entropy, indexKey: entropy(32) });
  const codec = createEventCodec({ family: RECEIPT_EVENTS, keyRing, entropy });
  const content = contentOf(122_000);

  const begin = (number: number) => {
    const source = { document: `order-${number}`, settlementId: `payment-${number}` };
    const receiptId = receiptIdOf(INN, source);
    const stream = receiptStream(receiptId);
    let state: ReceiptState;
    let after: ChainHead = CHAIN_START;
    let step = 0;

    const commandOf = (): ReceiptCommand => {
      const now = at(number * 10 + step);
      const { epoch = 0, amendments = 0, route } = state?.attempt ?? {};
      const key = route?.key ?? '';
      const document = { fn: '7380440902582955', fd: number + 1, fp: 3_304_159_072 };
      const found = { settlementSign: content.settlementSign, total: content.total };
      const ways: ReadonlyArray<ReceiptCommand> = [
        registration(number, { receiptId, source, content, now, legalDeadline: at(DAY + number) }),
        { type: 'EnqueueReceipt', data: { now } },
        {
          type: 'RouteReceipt',
          data: { now, deviceId: 'device-1', domain: 'd', traceTag: '0123456789abcdef', refused: [] },
        },
        {
          type: 'IntendSend',
          data: {
            now,
            epoch,
            key,
            amendments,
            worker: 'worker-1/1',
            payloadHash: 'a'.repeat(64),
            slowStart: false,
            parents: 'fiscalized',
            horizonMs: 30 * DAY,
            quietMs: 60_000,
            waitedMs: 0,
          },
        },
        {
          type: 'RecordSend',
          data: { now, epoch, outcome: { kind: 'accepted', handle: `handle-${number}` } },
        },
        {
          type: 'RecordAsk',
          data: {
            now,
            epoch,
            key,
            waitedMs: 0,
            outcome: { kind: 'final', result: { kind: 'done', document, found } },
          },
        },
      ];
      return ways[step] ?? { type: 'NoteWebhook', data: { now } };
    };

    /** Answers whether there is more to come. */
    return async (): Promise<boolean> => {
      const events = right(RECEIPT.decide(commandOf(), state));
      const metadata = {
        actor: 'throughput',
        at: at(number).toString(),
        causationId: `c-${step}`,
        commandHash: '0'.repeat(64),
        commandId: `c-${step}`,
        correlationId: `c-${step}`,
        organisation: INN,
      };
      const written = await succeeded(codec.write({ stream, after, metadata }, events));
      const expected = after.revision === -1 ? 'no-stream' : after.revision;
      await succeeded(store.append(stream, expected, written.appended));
      state = events.reduce(RECEIPT.evolve, state);
      after = written.head;
      step += 1;
      return step < 6;
    };
  };

  let next = 0;
  const lanes: Array<(() => Promise<boolean>) | undefined> = Array.from({ length: LANES }, () => undefined);
  for (let open = count; open > 0;) {
    for (let lane = 0; lane < LANES && open > 0; lane += 1) {
      const running = lanes[lane] ?? (next < count ? begin(next++) : undefined);
      if (running === undefined) continue;
      const goesOn = await running();
      lanes[lane] = goesOn ? running : undefined;
      if (!goesOn) open -= 1;
    }
  }
};
