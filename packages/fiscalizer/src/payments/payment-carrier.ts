import type { PostponementReason, ReceiptObjection } from '@cloud-kassa/core';
import { settlementsWithoutReceipt } from '@cloud-kassa/core';
import type { DecodeFailure, KeyRingError, StoreError } from '@cloud-kassa/event-store';
import type { Instant } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { PaymentReading } from './payment-stream';
import type { SettlementCase, StepOutcome } from './settlement-step';

/** A confirmed settlement that waits for its receipt, with the reason that people see. */
export interface WaitingSettlement {
  readonly paymentId: string;
  readonly settlementId: string;
  readonly organisation: string;
  readonly reason: PostponementReason;
  readonly objection?: ReceiptObjection;
  readonly since: Instant;
}

/** How far a payment was carried. */
export interface Carried {
  /** Of the payment's stream, as it was read last. */
  readonly revision: number;
  readonly waiting: ReadonlyArray<WaitingSettlement>;
  /** Why something is to be tried again soon. */
  readonly again?: string;
  /** The payment can not be read to its end. */
  readonly failure?: DecodeFailure;
}

export interface PaymentCarrierOptions {
  readonly read: (paymentId: string) => Promise<E.Either<StoreError | KeyRingError, PaymentReading>>;
  readonly step: (one: SettlementCase) => Promise<StepOutcome>;
}

/** A payment that moves at every look has something wrong with it; it is looked at again later. */
const MOST_LOOKS = 64;

/** A step that should have moved the payment and did not is looked at again later. */
const still = (outcome: StepOutcome): StepOutcome =>
  outcome._tag === 'Moved' ? { _tag: 'TryAgain', why: 'a step came to nothing' } : outcome;

/**
 * Carries a payment as far as it goes now: until every confirmed settlement has its receipt, or waits for a reason that stands in the
 * payment. Decided from the payment's own stream, read anew after every step that changed it.
 */
export const paymentCarrier =
  ({ read, step }: PaymentCarrierOptions) =>
  async (paymentId: string): Promise<Carried> => {
    // What a settlement came to, by the event it was taken from: no step is taken twice from the same cause.
    const taken = new Map<string, { readonly cause: string; readonly outcome: StepOutcome }>();
    let revision = -1;

    for (let look = 0; look < MOST_LOOKS; look += 1) {
      const reading = await read(paymentId);
      if (E.isLeft(reading)) return { revision, waiting: [], again: reading.left._tag };
      const { payment, causes, failure } = reading.right;
      revision = reading.right.revision;
      if (failure !== undefined) return { revision, waiting: [], failure };
      if (payment === undefined) return { revision, waiting: [] };

      const waiting: WaitingSettlement[] = [];
      let again: string | undefined;
      let hasMoved = false;
      // A refund comes after what it refunds, here as in the stream.
      for (const settlement of settlementsWithoutReceipt(payment)) {
        const { settlementId, organisation } = settlement;
        const cause = causes.get(settlementId);
        if (cause === undefined) continue;
        const before = taken.get(settlementId);
        const outcome =
          before?.cause === cause.eventId
            ? still(before.outcome)
            : await step({ payment, settlement, cause });
        taken.set(settlementId, { cause: cause.eventId, outcome });
        if (outcome._tag === 'Waits') {
          const { _tag, ...reason } = outcome;
          waiting.push({ paymentId, settlementId, organisation, ...reason });
        } else if (outcome._tag === 'TryAgain') again = outcome.why;
        else {
          hasMoved = true;
          break;
        }
      }
      if (!hasMoved) return { revision, waiting, ...(again === undefined ? {} : { again }) };
    }
    return { revision, waiting: [], again: 'others move the payment as well' };
  };
