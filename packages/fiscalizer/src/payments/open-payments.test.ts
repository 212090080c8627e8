import * as fc from 'fast-check';
import type { StoredEvent } from '@cloud-kassa/event-store';
import { memoryStore } from '@cloud-kassa/event-store';
import { openPayments } from './open-payments';

const { comparePositions } = memoryStore();

const event = (position: number, paymentId: string, type: string): StoredEvent => ({
  stream: `payment-${paymentId}`,
  type: `payment.${type}`,
  position: String(position),
  revision: 0,
  eventId: `e${position}`,
  version: 1,
  data: {},
  hash: '',
  metadata: {
    correlationId: 'c',
    causationId: 'c',
    commandId: 'c',
    commandHash: 'h',
    actor: 'test',
    organisation: '-',
    at: '',
  },
});

describe('open payments, counted from the types of events', () => {
  it('a payment is open as long as more was confirmed than linked', () => {
    const open = openPayments(comparePositions, undefined);
    expect(open.take(event(1, 'p', 'PaymentRequested'))).toBeUndefined();
    expect(open.take(event(2, 'p', 'PaymentConfirmed'))).toMatchObject({ paymentId: 'p', before: '1' });
    open.take(event(3, 'p', 'RefundConfirmed'));
    open.take(event(4, 'p', 'ReceiptLinked'));
    expect(open.get('p')).toMatchObject({ open: 1 });
    expect(open.take(event(5, 'p', 'ReceiptLinked'))).toBeUndefined();
    expect(open.size()).toBe(0);
    expect(open.safePosition()).toBe('5');
  });

  it('what was read before is not counted again, whoever hands it in', () => {
    const open = openPayments(comparePositions, '4');
    expect(open.take(event(3, 'p', 'PaymentConfirmed'))).toBeUndefined();
    open.take(event(5, 'p', 'PaymentConfirmed'));
    open.take(event(5, 'p', 'PaymentConfirmed'));
    open.readTo('3');
    expect(open.position()).toBe('5');
    expect(open.get('p')).toMatchObject({ open: 1 });
  });

  it('a payment with an event of an unknown type stays open, even if all its money is linked', () => {
    const open = openPayments(comparePositions, undefined);
    open.take(event(1, 'p', 'PaymentConfirmed'));
    open.take(event(2, 'p', 'MoneyVanished'));
    open.take(event(3, 'p', 'ReceiptLinked'));
    expect(open.get('p')).toMatchObject({ open: 0, isStrange: true });
    expect(open.safePosition()).toBeUndefined();
    const later = openPayments(comparePositions, undefined);
    expect(later.take(event(1, 'q', 'MoneyVanished'))).toMatchObject({ isStrange: true });
  });

  it('whoever begins at the safe position finds exactly the payments that are open', () => {
    const types = ['PaymentConfirmed', 'RefundConfirmed', 'ReceiptLinked', 'FiscalizationPostponed'];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('p', 'q', 'r'), fc.constantFrom(...types)), { maxLength: 40 }),
        fc.nat(40),
        (list, cut) => {
          // Nothing is linked that was not confirmed.
          const counts = new Map<string, number>();
          const events = list.flatMap(([paymentId, type]) => {
            const count =
              (counts.get(paymentId) ?? 0) +
              (type.endsWith('Confirmed') ? 1 : type === 'ReceiptLinked' ? -1 : 0);
            if (count < 0) return [];
            counts.set(paymentId, count);
            return [[paymentId, type] as const];
          });
          const stored = events.map(([paymentId, type], index) => event(index + 1, paymentId, type));
          const first = openPayments(comparePositions, undefined);
          for (const one of stored.slice(0, cut)) first.take(one);
          const successor = openPayments(comparePositions, first.safePosition());
          for (const one of stored) successor.take(one);
          const all = [...counts].filter(([, count]) => count > 0);
          expect(new Map(successor.all().map(({ paymentId, open }) => [paymentId, open]))).toEqual(
            new Map(all),
          );
        },
      ),
    );
  });
});
