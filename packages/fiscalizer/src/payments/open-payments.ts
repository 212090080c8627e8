import { PAYMENT_EVENTS, paymentStream } from '@cloud-kassa/core';
import type { EventStore, Position, StoredEvent } from '@cloud-kassa/event-store';

/** A payment with money that has no receipt yet, as far as the log has been read. */
export interface OpenPayment {
  readonly paymentId: string;
  /** Confirmed settlements less linked ones. */
  open: number;
  /** It holds an event of a type that is not known here. */
  isStrange: boolean;
  /** Where the log stood before the event that made it open; `undefined` at the start. */
  readonly before: Position | undefined;
}

/**
 * The payments that have something to do, counted from the types of events alone: nothing is decoded, no key is asked for. Every confirmed
 * settlement is linked once, so a payment is open as long as more was confirmed than linked.
 *
 * What is open says where a successor has to begin: before the oldest event of a payment that is open still. That holds for every
 * process alike, and a payment that was once settled needs nothing of what lies before.
 */
export interface OpenPayments {
  /** Counts an event. Answers its payment as long as that is open; events up to where the log was read before change nothing. */
  readonly take: (stored: StoredEvent) => OpenPayment | undefined;
  /** The log was read up to here. */
  readonly readTo: (position: Position) => void;
  /** Where to go on reading. */
  readonly position: () => Position | undefined;
  /** Where a successor may begin. */
  readonly safePosition: () => Position | undefined;
  readonly get: (paymentId: string) => OpenPayment | undefined;
  readonly all: () => ReadonlyArray<OpenPayment>;
  readonly size: () => number;
}

export const PAYMENT_PREFIX = paymentStream('');

const OPENING: ReadonlySet<string> = new Set(['payment.PaymentConfirmed', 'payment.RefundConfirmed']);
const CLOSING = 'payment.ReceiptLinked';

export const openPayments = (
  comparePositions: EventStore['comparePositions'],
  start: Position | undefined,
): OpenPayments => {
  // A map keeps the order of insertion: the first payment is the one that has been open longest.
  const payments = new Map<string, OpenPayment>();
  let position = start;

  const isKnown = (at: Position): boolean => {
    if (position === undefined) return false;
    const order = comparePositions(at, position);
    return order !== undefined && order <= 0;
  };

  const take: OpenPayments['take'] = (stored) => {
    if (isKnown(stored.position)) return undefined;
    const before = position;
    position = stored.position;
    const paymentId = stored.stream.slice(PAYMENT_PREFIX.length);
    const isStrange = !Object.hasOwn(PAYMENT_EVENTS.definitions, stored.type);
    const change = OPENING.has(stored.type) ? 1 : stored.type === CLOSING ? -1 : 0;
    const known = payments.get(paymentId);
    if (known === undefined && change <= 0 && !isStrange) return undefined;
    const payment = known ?? { paymentId, open: 0, isStrange, before };
    payment.open += change;
    payment.isStrange ||= isStrange;
    if (payment.open > 0 || payment.isStrange) {
      payments.set(paymentId, payment);
      return payment;
    }
    payments.delete(paymentId);
    return undefined;
  };

  return {
    take,
    readTo: (at) => {
      if (!isKnown(at)) position = at;
    },
    position: () => position,
    safePosition: () => {
      const [oldest] = payments.values();
      return oldest === undefined ? position : oldest.before;
    },
    get: (paymentId) => payments.get(paymentId),
    all: () => [...payments.values()],
    size: () => payments.size,
  };
};
