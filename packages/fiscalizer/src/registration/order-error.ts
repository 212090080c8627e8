import type { ReceiptRefusal, Refusal } from '@cloud-kassa/core';
import type { HandlerError } from '@cloud-kassa/event-store';
import * as E from 'fp-ts/Either';
import type { OrderFailure, RegistrationError } from './registration-order';

/** A refusal as the answer to an order. */
export const refusedOrder = ({ rule, field, detail }: Refusal): E.Either<RegistrationError, never> =>
  E.left({ _tag: 'Refused', rule, field, ...(detail === undefined ? {} : { detail }) });

/** A failure as the answer to an order. */
export const failedOrder = (failure: OrderFailure): E.Either<RegistrationError, never> =>
  E.left({ _tag: 'Failed', failure });

/** What a handler of receipts did not accept, as the answer to an order. */
export const orderError = (error: HandlerError<ReceiptRefusal>): E.Either<RegistrationError, never> =>
  error._tag === 'Refused' ? refusedOrder(error.refusal) : failedOrder(error);
