import type { Receipt } from '@cloud-kassa/core';
import type { Position } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { Receipts } from '../handlers';
import { failedOrder } from './order-error';
import type { RegistrationError } from './registration-order';

export type Answer<A> = Promise<E.Either<RegistrationError, A>>;

/** A receipt as its stream has it. */
export interface Found {
  readonly known: Receipt | undefined;
  readonly position: Position | undefined;
}

/** Reads what there is of a receipt. */
export type FindRegistered = (receiptId: string) => Answer<Found>;

export const findRegisteredIn =
  (receipts: Receipts): FindRegistered =>
  async (receiptId) => {
    const loaded = await receipts.load(receiptId)();
    return E.isLeft(loaded)
      ? failedOrder(loaded.left)
      : E.right({ known: loaded.right.state, position: loaded.right.position });
  };
