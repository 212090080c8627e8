import type { PaymentEvent, PaymentState } from '@cloud-kassa/core';
import { PAYMENT, PAYMENT_EVENTS, paymentStream } from '@cloud-kassa/core';
import type { DecodeFailure, EventStore, KeyRing, KeyRingError, StoreError } from '@cloud-kassa/event-store';
import { createEventCodec } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';

/** The last event that says where a settlement stands: what causes the next step. */
export interface Cause {
  readonly eventId: string;
  readonly correlationId: string;
}

/** A payment as its own stream tells it now. */
export interface PaymentReading {
  readonly payment: PaymentState;
  /** Of the last event that was read; -1 before the first. */
  readonly revision: number;
  /** By settlement id. */
  readonly causes: ReadonlyMap<string, Cause>;
  /** The event that can not be read; nothing after it was looked at. */
  readonly failure?: DecodeFailure;
}

export interface PaymentStreamOptions {
  readonly store: EventStore;
  readonly keyRing: KeyRing;
  readonly runtime: Runtime;
}

/** The settlement whose state an event sets. */
const settlementOf = (event: PaymentEvent): string | undefined => {
  switch (event.type) {
    case 'payment.PaymentConfirmed':
    case 'payment.FiscalizationPostponed':
    case 'payment.FiscalizationResumed':
    case 'payment.ReceiptLinked':
      return event.data.settlementId;
    case 'payment.RefundConfirmed':
      return event.data.refundId;
    default:
      return undefined;
  }
};

/** Reads payments from their own streams, with the events that each next step is caused by. */
export const paymentStreams = ({ store, keyRing, runtime }: PaymentStreamOptions) => {
  const codec = createEventCodec<PaymentEvent>({
    family: PAYMENT_EVENTS,
    keyRing,
    entropy: runtime.entropy,
  });

  return async (paymentId: string): Promise<E.Either<StoreError | KeyRingError, PaymentReading>> => {
    let payment: PaymentState = PAYMENT.initial;
    let revision = -1;
    const causes = new Map<string, Cause>();
    for await (const item of store.readStream(paymentStream(paymentId))) {
      if (item._tag === 'Failed') return E.left(item.error);
      if (item._tag === 'CaughtUp') continue;
      const page = await codec.read(item.events)();
      if (E.isLeft(page)) return page;
      for (const decoded of page.right) {
        if (E.isLeft(decoded)) return E.right({ payment, revision, causes, failure: decoded.left });
        const { event, stored } = decoded.right;
        payment = PAYMENT.evolve(payment, event);
        revision = stored.revision;
        const settlementId = settlementOf(event);
        const { eventId, metadata } = stored;
        if (settlementId !== undefined)
          causes.set(settlementId, { eventId, correlationId: metadata.correlationId });
      }
    }
    return E.right({ payment, revision, causes });
  };
};
