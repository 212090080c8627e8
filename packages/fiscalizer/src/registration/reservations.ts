import type { FenceCommand, Receipt } from '@cloud-kassa/core';
import { decideReceipt } from '@cloud-kassa/core';
import type { Instant, Kopecks } from '@cloud-kassa/ffd';
import type { Log } from '@cloud-kassa/runtime';
import * as E from 'fp-ts/Either';
import { commandIdOf } from './command-id';
import { failedOrder, orderError, refusedOrder } from './order-error';
import type { Receipts } from '../handlers';
import type { RefundItem } from '@cloud-kassa/core';
import type { Payments } from '@cloud-kassa/ffd';
import type { OrderedBy, RegistrationError } from './registration-order';

/** What a receipt takes of an earlier one before it is registered. */
export type Reservation =
  | {
      readonly of: 'refund';
      readonly parentId: string;
      readonly items: ReadonlyArray<RefundItem>;
      readonly sums: Payments;
    }
  | { readonly of: 'offset'; readonly parentId: string; readonly amount: Kopecks };

/** Which part a receipt holds of an earlier one, whatever it comes to. */
export type HeldPart = Pick<Reservation, 'of' | 'parentId'>;

/** The receipt that takes. */
export interface Taker {
  readonly receiptId: string;
  readonly organisation: string;
  readonly by: OrderedBy;
}

/** Reservations in the streams of earlier receipts. Nothing here rejects. */
export interface Reservations {
  /** May be reserved, as far as is known now; nothing is written. */
  readonly examine: (
    taker: Taker,
    reservations: ReadonlyArray<Reservation>,
  ) => Promise<E.Either<RegistrationError, void>>;
  /** Reserves what is not reserved yet. What was reserved stays reserved where a later one is refused. */
  readonly reserve: (
    taker: Taker,
    reservations: ReadonlyArray<Reservation>,
  ) => Promise<E.Either<RegistrationError, void>>;
  /** Gives back what a receipt holds that was refused. A receipt that is registered by now, by another process, keeps what it holds. */
  readonly release: (taker: Taker, reservations: ReadonlyArray<Reservation>) => Promise<void>;
  /** Gives back what a receipt holds that will never be a document: that is the caller's word. */
  readonly giveBack: (
    taker: Taker,
    parts: ReadonlyArray<HeldPart>,
  ) => Promise<E.Either<RegistrationError, void>>;
}

export interface ReservationsOptions {
  readonly receipts: Receipts;
  readonly now: () => Instant;
  readonly log: Log;
}

const reserving = (reservation: Reservation, receiptId: string, now: Instant): FenceCommand =>
  reservation.of === 'refund'
    ? {
        type: 'ReserveRefund',
        data: { now, refundId: receiptId, items: reservation.items, sums: reservation.sums },
      }
    : { type: 'ReserveOffset', data: { now, offsetId: receiptId, amount: reservation.amount } };

const releasing = ({ of }: HeldPart, receiptId: string, now: Instant): FenceCommand =>
  of === 'refund'
    ? { type: 'ReleaseRefund', data: { now, refundId: receiptId } }
    : { type: 'ReleaseOffset', data: { now, offsetId: receiptId } };

const holdsAny = ({ fence }: Receipt, { of }: HeldPart, receiptId: string): boolean =>
  of === 'refund' ? fence.refunds.has(receiptId) : fence.offsets.has(receiptId);

const differs = (rule: string): boolean => rule === 'refund-differs' || rule === 'offset-differs';

export const reservations = ({ receipts, now, log }: ReservationsOptions): Reservations => {
  const parentOf = async (
    { parentId }: HeldPart,
    { organisation }: Taker,
  ): Promise<E.Either<RegistrationError, { readonly parent: Receipt; readonly revision: string }>> => {
    const loaded = await receipts.load(parentId)();
    if (E.isLeft(loaded)) return failedOrder(loaded.left);
    const { state, revision } = loaded.right;
    if (state === undefined) return refusedOrder({ rule: 'not-registered', field: 'parents' });
    return state.organisation === organisation
      ? E.right({ parent: state, revision: String(revision) })
      : refusedOrder({ rule: 'organisation-differs', field: 'parents' });
  };

  // The same id at the same revision: who tries again after an answer was lost is recognised, and who reserves anew after a release
  // is not taken for the one who reserved before.
  const give = (
    { parentId }: HeldPart,
    { receiptId, organisation, by }: Taker,
    command: FenceCommand,
    revision: string,
  ) =>
    receipts.handle(parentId, command, {
      commandId: commandIdOf(receiptId, `${command.type}:${revision}`),
      actor: by.actor,
      organisation,
      ...(by.correlationId === undefined ? {} : { correlationId: by.correlationId }),
      ...(by.causationId === undefined ? {} : { causationId: by.causationId }),
    })();

  const isRegistered = async (receiptId: string): Promise<E.Either<RegistrationError, boolean>> => {
    const loaded = await receipts.load(receiptId)();
    return E.isLeft(loaded) ? failedOrder(loaded.left) : E.right(loaded.right.state !== undefined);
  };

  /** A receipt that is not registered may take something else than it took first: its document was corrected. */
  const replaced = async (
    reservation: Reservation,
    taker: Taker,
    revision: string,
  ): Promise<E.Either<RegistrationError, void>> => {
    const given = await give(reservation, taker, releasing(reservation, taker.receiptId, now()), revision);
    return E.isLeft(given) ? orderError(given.left) : E.right(undefined);
  };

  const reserveOne = async (
    reservation: Reservation,
    taker: Taker,
    mayReplace: boolean,
  ): Promise<E.Either<RegistrationError, void>> => {
    const found = await parentOf(reservation, taker);
    if (E.isLeft(found)) return found;
    const { parent, revision } = found.right;
    const command = reserving(reservation, taker.receiptId, now());
    const decided = decideReceipt(command, parent);
    if (E.isRight(decided) && decided.right.length === 0) return E.right(undefined);
    if (E.isLeft(decided) && differs(decided.left.rule) && mayReplace) {
      const registered = await isRegistered(taker.receiptId);
      if (E.isLeft(registered)) return registered;
      if (registered.right) return refusedOrder(decided.left);
      const released = await replaced(reservation, taker, revision);
      return E.isLeft(released) ? released : reserveOne(reservation, taker, false);
    }
    const given = await give(reservation, taker, command, revision);
    if (E.isLeft(given)) return orderError(given.left);
    // A command that was known brought back what the stream says now, which may be that it was released since.
    const { state } = given.right;
    return state !== undefined && holdsAny(state, reservation, taker.receiptId)
      ? E.right(undefined)
      : failedOrder({ _tag: 'Unavailable', why: 'a reservation was given back meanwhile' });
  };

  const reserve: Reservations['reserve'] = async (taker, list) => {
    for (const reservation of list) {
      const reserved = await reserveOne(reservation, taker, true);
      if (E.isLeft(reserved)) return reserved;
    }
    return E.right(undefined);
  };

  const releaseOne = async (part: HeldPart, taker: Taker): Promise<E.Either<RegistrationError, void>> => {
    const found = await parentOf(part, taker);
    if (E.isLeft(found)) return found;
    const { parent, revision } = found.right;
    if (!holdsAny(parent, part, taker.receiptId)) return E.right(undefined);
    const given = await give(part, taker, releasing(part, taker.receiptId, now()), revision);
    return E.isLeft(given) ? orderError(given.left) : E.right(undefined);
  };

  return {
    examine: async (taker, list) => {
      for (const reservation of list) {
        const found = await parentOf(reservation, taker);
        if (E.isLeft(found)) return found;
        const decided = decideReceipt(reserving(reservation, taker.receiptId, now()), found.right.parent);
        if (E.isLeft(decided) && !differs(decided.left.rule)) return refusedOrder(decided.left);
      }
      return E.right(undefined);
    },
    reserve,
    release: async (taker, list) => {
      if (list.length === 0) return;
      const registered = await isRegistered(taker.receiptId);
      if (E.isLeft(registered) || registered.right) return;
      const outcomes: Array<E.Either<RegistrationError, void>> = [];
      for (const reservation of list) outcomes.push(await releaseOne(reservation, taker));
      // Another process may have registered the receipt between the look and the release.
      const since = await isRegistered(taker.receiptId);
      const isHeldAgain = E.isRight(since) && since.right ? await reserve(taker, list) : undefined;
      if (outcomes.some(E.isLeft) || (isHeldAgain !== undefined && E.isLeft(isHeldAgain)))
        log.write('error', 'what a refused receipt holds of another one could not be settled', {
          receipt: taker.receiptId,
        });
    },
    giveBack: async (taker, parts) => {
      for (const part of parts) {
        const released = await releaseOne(part, taker);
        if (E.isLeft(released)) return released;
      }
      return E.right(undefined);
    },
  };
};
