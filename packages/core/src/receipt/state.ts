import type { Instant } from '@cloud-kassa/ffd';
import { evolveAttempt } from './attempt/evolve';
import type { AttemptEvent } from './attempt/events';
import { ATTEMPT_EVENT_DEFINITIONS } from './attempt/events';
import type { AttemptState } from './attempt/state';
import { INITIAL_ATTEMPT } from './attempt/state';
import type { ReceiptContent } from './content';
import type { BuyerCopyRecorded, ReceiptEvent } from './events';
import type { AdmissionFacts } from './facts';
import type { FenceEvent } from './fence/events';
import type { FenceState } from './fence/state';
import { INITIAL_FENCE, evolveFence } from './fence/state';
import type { SettlementSource } from './identity';
import type { Parent } from './parent';

/** A registered receipt (чек): its content as it now stands, where its one document stands, and what is reserved against it. */
export interface Receipt {
  readonly receiptId: string;
  readonly organisation: string;
  readonly source: SettlementSource;
  readonly content: ReceiptContent;
  /** What was registered, where a person has amended the content since. */
  readonly registered?: ReceiptContent;
  readonly facts: AdmissionFacts;
  readonly parents: ReadonlyArray<Parent>;
  readonly registeredAt: Instant;
  readonly legalDeadline: Instant;
  readonly assumed: ReadonlyArray<string>;
  readonly attempt: AttemptState;
  readonly fence: FenceState;
  readonly buyerCopies: ReadonlyArray<BuyerCopyRecorded['data']>;
  readonly ofdConfirmedAt?: Instant;
}

/** `undefined` before the receipt is registered. */
export type ReceiptState = Receipt | undefined;

const isAttemptEvent = (event: ReceiptEvent): event is AttemptEvent =>
  Object.hasOwn(ATTEMPT_EVENT_DEFINITIONS, event.type);

/** A person may have amended the content: what is sent and compared from then on is the amended one. */
const amendedContent = (event: AttemptEvent): ReceiptContent | undefined =>
  event.type === 'receipt.Released' || event.type === 'receipt.Rekeyed' ? event.data.content : undefined;

const withAttempt = (receipt: Receipt, event: AttemptEvent): Receipt => {
  const content = amendedContent(event);
  const attempt = evolveAttempt(receipt.attempt, event);
  return content === undefined
    ? { ...receipt, attempt }
    : { ...receipt, content, registered: receipt.registered ?? receipt.content, attempt };
};

const withFence = (receipt: Receipt, event: FenceEvent): Receipt => ({
  ...receipt,
  fence: evolveFence(receipt.fence, event),
});

/** Folds one event. Total: an event before the registration, which no writer makes, leaves the state as it is. */
export const evolveReceipt = (state: ReceiptState, event: ReceiptEvent): ReceiptState => {
  if (event.type === 'receipt.Registered') {
    const { at, ...data } = event.data;
    return (
      state ?? { ...data, registeredAt: at, attempt: INITIAL_ATTEMPT, fence: INITIAL_FENCE, buyerCopies: [] }
    );
  }
  if (state === undefined) return undefined;
  if (isAttemptEvent(event)) return withAttempt(state, event);
  switch (event.type) {
    case 'receipt.BuyerCopyRecorded':
      return { ...state, buyerCopies: [...state.buyerCopies, event.data] };
    case 'receipt.OfdConfirmed':
      return { ...state, ofdConfirmedAt: event.data.at };
    case 'receipt.RefundReserved':
    case 'receipt.RefundReleased':
    case 'receipt.OffsetReserved':
    case 'receipt.OffsetReleased':
      return withFence(state, event);
  }
};
