import type { AdmissionFacts, Parent, Receipt, ReceiptCommand, ReceiptContent } from '@cloud-kassa/core';
import { decideReceipt, receiptIdOf } from '@cloud-kassa/core';
import type { CommandContext, Position } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import { commandIdOf } from './command-id';
import type { CorrectionOrder } from './correction-order';
import { plannedCorrection } from './correction-order';
import { correctionSubject } from './correction-subject';
import type { Answer, Found } from './find-registered';
import { findRegisteredIn } from './find-registered';
import { orderError, refusedOrder } from './order-error';
import type { Receipts } from '../handlers';
import type { PreparationOptions } from './prepare-registration';
import { preparation } from './prepare-registration';
import type { RefundOrder } from './refund-order';
import { isReceipt, refundWork } from './refund-work';
import type { OrderedBy, Registration, RegistrationError, RegistrationOrder } from './registration-order';
import type { EnqueueOrder, RegistrationWork } from './registration-work';
import { takerOf, workOf } from './registration-work';
import type { HeldPart, Reservation } from './reservations';
import { reservations } from './reservations';

export interface RegistrarOptions extends PreparationOptions {
  readonly receipts: Receipts;
}

/** What an order would come to. */
export interface Examined {
  readonly receiptId: string;
  readonly content: ReceiptContent;
  /** What it is judged on: register, device, shift, dates. */
  readonly facts: AdmissionFacts;
  /** The receipt, where the settlement was registered before. */
  readonly known?: Receipt;
}

/**
 * From a draft to a receipt in the queue: chooses register and device, brings the contact to its written form or asks for it, reads the open
 * shift for a receipt made by hand, composes the content, counts the legal term, reserves what is taken of earlier receipts, registers
 * and enqueues.
 *
 * Every order may be given again, after any failure and in any process: one settlement is one receipt. Nothing here rejects.
 */
export interface Registrar {
  /** Registers a settlement. The same one with the same content is answered as a duplicate, even if its device is gone by now. */
  readonly register: (order: RegistrationOrder) => Promise<E.Either<RegistrationError, Registration>>;
  /** Refunds a receipt: reserves its part in the stream of the sale, then registers the refund's receipt. */
  readonly refund: (order: RefundOrder) => Promise<E.Either<RegistrationError, Registration>>;
  /** Makes the receipts of a correction one after another. */
  readonly correct: (
    order: CorrectionOrder,
  ) => Promise<E.Either<RegistrationError, ReadonlyArray<Registration>>>;
  /**
   * The receipt that a settlement has already, whatever it says, put into the queue where it is not there yet; `undefined` where the
   * settlement has none, or one that does not fit.
   */
  readonly adopt: (
    order: OrderedBy & Pick<RegistrationOrder, 'organisation' | 'source'>,
    fits: (receipt: Receipt) => boolean,
  ) => Promise<E.Either<RegistrationError, Registration | undefined>>;
  /**
   * Gives back what a cancelled receipt holds of earlier ones, so that it can be refunded or offset anew. May be repeated after any
   * failure. Refused with `transition-forbidden` for a receipt that is not cancelled.
   */
  readonly giveBack: (receiptId: string, by: OrderedBy) => Promise<E.Either<RegistrationError, void>>;
  /** What {@link Registrar.register} would say now. Writes nothing. */
  readonly examine: (order: RegistrationOrder) => Promise<E.Either<RegistrationError, Examined>>;
  /** What {@link Registrar.refund} would say now. Writes nothing. */
  readonly examineRefund: (order: RefundOrder) => Promise<E.Either<RegistrationError, Examined>>;
}

const contextOf = (order: EnqueueOrder, commandId: string): CommandContext => ({
  commandId,
  actor: order.actor,
  organisation: order.organisation,
  ...(order.correlationId === undefined ? {} : { correlationId: order.correlationId }),
  ...(order.causationId === undefined ? {} : { causationId: order.causationId }),
});

/** A correction takes back as a refund does. */
const partsHeldBy = ({ receiptId, parents }: Receipt): ReadonlyArray<HeldPart> =>
  parents.flatMap(({ relation, link, reservation }): ReadonlyArray<HeldPart> =>
    link.kind === 'receipt' && reservation === receiptId
      ? [{ of: relation === 'offsets' ? 'offset' : 'refund', parentId: link.receiptId }]
      : [],
  );

export const registrar = (options: RegistrarOptions): Registrar => {
  const { receipts, runtime } = options;
  const preparing = preparation(options);
  const { prepare, now } = preparing;
  const find = findRegisteredIn(receipts);
  const fence = reservations({ receipts, now, log: runtime.log });

  /** A parent that is said to hold a part for this receipt, and whose part this order does not reserve itself, has to hold it. */
  const unreserved = async (
    receiptId: string,
    parents: ReadonlyArray<Parent>,
    takes: ReadonlyArray<Reservation> = [],
  ): Answer<void> => {
    for (const { relation, link } of parents) {
      if (link.kind === 'external' || relation === 'corrects') continue;
      if (takes.some(({ parentId }) => parentId === link.receiptId)) continue;
      const found = await find(link.receiptId);
      if (E.isLeft(found)) return found;
      const holds = found.right.known?.fence[relation === 'refunds' ? 'refunds' : 'offsets'].has(receiptId);
      if (holds !== true) return refusedOrder({ rule: 'refund-not-reserved', field: 'parents' });
    }
    return E.right(undefined);
  };

  const enqueued = async (
    { order, takes }: Pick<RegistrationWork, 'takes'> & { readonly order: EnqueueOrder },
    registered: {
      readonly receipt: Receipt;
      readonly position: Position | undefined;
      readonly duplicate: boolean;
    },
  ): Answer<Registration> => {
    const { receipt, duplicate, position } = registered;
    const { receiptId, attempt } = receipt;
    if (order.enqueue === false || attempt.enqueued || attempt.phase !== 'Accepted')
      return E.right({ receiptId, duplicate, position, receipt });
    // Another process may have given back what this receipt holds when it was refused there.
    const held = await fence.reserve(takerOf(order), takes);
    if (E.isLeft(held)) return held;
    const command: ReceiptCommand = { type: 'EnqueueReceipt', data: { now: now() } };
    const given = await receipts.handle(
      receiptId,
      command,
      contextOf(order, commandIdOf(receiptId, 'enqueue')),
    )();
    if (E.isRight(given)) {
      const { state, position: at } = given.right;
      return E.right({ receiptId, duplicate, position: at, receipt: state ?? receipt });
    }
    if (given.left._tag !== 'CommandIdReused') return orderError(given.left);
    const found = await find(receiptId);
    if (E.isLeft(found)) return found;
    return E.right({
      receiptId,
      duplicate,
      position: found.right.position,
      receipt: found.right.known ?? receipt,
    });
  };

  const examined = async (work: RegistrationWork, { known }: Found): Answer<Examined> => {
    const prepared = await prepare(work.order, known);
    if (E.isLeft(prepared)) return prepared;
    const decided = decideReceipt({ type: 'RegisterReceipt', data: prepared.right }, known);
    if (E.isLeft(decided)) return refusedOrder(decided.left);
    const { receiptId, content, facts } = prepared.right;
    if (known !== undefined) return E.right({ receiptId, content, facts, known });
    const fits = await unreserved(receiptId, work.order.parents ?? [], work.takes);
    if (E.isLeft(fits)) return fits;
    const free = await fence.examine(takerOf(work.order), work.takes);
    return E.isLeft(free) ? free : E.right({ receiptId, content, facts });
  };

  const registerNew = async (work: RegistrationWork, isLastTry: boolean): Answer<Registration> => {
    const { order, takes, keeps } = work;
    const taker = takerOf(order);
    if (keeps) {
      const held = await fence.reserve(taker, takes);
      if (E.isLeft(held)) return held;
    }
    const prepared = await prepare(order, undefined);
    if (E.isLeft(prepared)) return prepared;
    const command: ReceiptCommand = { type: 'RegisterReceipt', data: prepared.right };
    // Refused before anything is reserved, where it is refused at all.
    const decided = decideReceipt(command, undefined);
    if (E.isLeft(decided)) return refusedOrder(decided.left);
    const fits = await unreserved(taker.receiptId, order.parents ?? [], takes);
    if (E.isLeft(fits)) return fits;
    const held = await fence.reserve(taker, takes);
    if (E.isLeft(held)) {
      if (held.left._tag === 'Refused' && !keeps) await fence.release(taker, takes);
      return held;
    }
    const commandId = order.commandId ?? commandIdOf(taker.receiptId, 'register');
    const given = await receipts.handle(taker.receiptId, command, contextOf(order, commandId))();
    if (E.isLeft(given)) {
      // Another process was faster, with other facts.
      if (given.left._tag === 'CommandIdReused' && !isLastTry) return settled(work, true);
      if (given.left._tag === 'Refused' && !keeps) await fence.release(taker, takes);
      return orderError(given.left);
    }
    const { state, position, events } = given.right;
    if (state === undefined) return refusedOrder({ rule: 'not-registered', field: 'receiptId' });
    return enqueued(work, { receipt: state, position, duplicate: events.length === 0 });
  };

  const settled = async (work: RegistrationWork, isLastTry: boolean = false): Answer<Registration> => {
    const found = await find(takerOf(work.order).receiptId);
    if (E.isLeft(found)) return found;
    const { known, position } = found.right;
    if (known === undefined) return registerNew(work, isLastTry);
    const same = await examined(work, found.right);
    return E.isLeft(same) ? same : enqueued(work, { receipt: known, position, duplicate: true });
  };

  return {
    register: async (order) => {
      const work = workOf(order);
      return E.isLeft(work) ? work : settled(work.right);
    },
    adopt: async (order, fits) => {
      const found = await find(receiptIdOf(order.organisation, order.source));
      if (E.isLeft(found)) return found;
      const { known, position } = found.right;
      if (known === undefined || !fits(known)) return E.right(undefined);
      // What it was made of may have been given to somebody else before it went into the queue.
      const holds = known.attempt.enqueued
        ? E.right(undefined)
        : await unreserved(known.receiptId, known.parents);
      return E.isLeft(holds)
        ? holds
        : enqueued({ order, takes: [] }, { receipt: known, position, duplicate: true });
    },
    giveBack: async (receiptId, by) => {
      const found = await find(receiptId);
      if (E.isLeft(found)) return found;
      const { known } = found.right;
      if (known === undefined) return refusedOrder({ rule: 'not-registered', field: 'receiptId' });
      if (known.attempt.phase !== 'Cancelled')
        return refusedOrder({ rule: 'transition-forbidden', field: 'phase' });
      return fence.giveBack({ receiptId, organisation: known.organisation, by }, partsHeldBy(known));
    },
    examine: async (order) => {
      const work = workOf(order);
      if (E.isLeft(work)) return work;
      const found = await find(receiptIdOf(order.organisation, order.source));
      return E.isLeft(found) ? found : examined(work.right, found.right);
    },
    refund: async (order) => {
      const work = await refundWork(order, find, now);
      if (E.isLeft(work)) return work;
      if (!isReceipt(work.right)) return settled(work.right);
      const { receiptId } = work.right;
      return E.right({ receiptId, duplicate: true, position: undefined, receipt: work.right });
    },
    examineRefund: async (order) => {
      const work = await refundWork(order, find, now);
      if (E.isLeft(work)) return work;
      const found = await find(receiptIdOf(order.organisation, order.source));
      if (E.isLeft(found)) return found;
      if (!isReceipt(work.right)) return examined(work.right, found.right);
      const { receiptId, content, facts } = work.right;
      return E.right({ receiptId, content, facts, known: work.right });
    },
    correct: async (order) => {
      const read = await correctionSubject(order, find, preparing);
      if (E.isLeft(read)) return read;
      const plan = plannedCorrection(order, read.right.subject, read.right.facts);
      if (E.isLeft(plan)) return refusedOrder(plan.left);
      const made: Registration[] = [];
      for (const { order: part, takes } of plan.right) {
        const work = workOf(part, takes);
        if (E.isLeft(work)) return work;
        const registered = await settled(work.right);
        if (E.isLeft(registered)) return registered;
        made.push(registered.right);
      }
      return E.right(made);
    },
  };
};
