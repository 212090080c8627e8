import type {
  AdmissionProfile,
  Parent,
  PaymentInstrument,
  Person,
  Receipt,
  ReceiptDraft,
  ReceiptOrigin,
  ReceiptRefusal,
  Refusal,
  RouteRefusal,
  SettlementSource,
} from '@cloud-kassa/core';
import type { HandlerError, Position } from '@cloud-kassa/event-store';
import type {
  Instant,
  Kopecks,
  LegacyVat,
  LocalDate,
  LocalDateTime,
  UnknownCharacters,
} from '@cloud-kassa/ffd';

/** Who gives an order, and why. */
export interface OrderedBy {
  /** Of the registration; the other commands of an order have ids computed from the receipt. Default: computed as well. */
  readonly commandId?: string;
  readonly actor: string;
  readonly correlationId?: string;
  readonly causationId?: string;
}

/** What every receipt is ordered with, whatever it says. */
export interface ReceiptCircumstances extends OrderedBy {
  readonly organisation: string;
  readonly source: SettlementSource;
  /**
   * The moment of the settlement: an instant, or the wall time at the register. Default: now; told again without it, the settlement is
   * of the moment that was recorded.
   */
  readonly settled?: Instant | LocalDateTime;
  readonly origin: ReceiptOrigin;
  readonly instrument: PaymentInstrument;
  /** The register that has to make the receipt. Default: any of the organisation that can. */
  readonly registerId?: string;
  /** The buyer's contact as it was given, where the draft names no buyer. Brought to its one written form here. */
  readonly contact?: Person;
  /** The shop's name for its customer, by which a missing contact is asked for (S28). */
  readonly customerId?: string;
  /** A rehearsal of old receipts: dated rules are applied at this date, and the legal term counts from the registration. */
  readonly rulesOn?: LocalDate;
  /** When goods were handed over, if they were. */
  readonly handedOverAt?: Instant;
  /** Fields that the source lacked and that were filled with a stated default. */
  readonly assumed?: ReadonlyArray<string>;
  /** Why a VAT rate whose time is over is still right. */
  readonly legacyVat?: LegacyVat;
  readonly profile?: AdmissionProfile;
  readonly unknownCharacters?: UnknownCharacters;
  /** Puts the receipt into the queue as well. Default true. */
  readonly enqueue?: boolean;
}

/** A receipt to be made. */
export interface RegistrationOrder extends ReceiptCircumstances {
  readonly draft: Omit<ReceiptDraft, 'settledAt'>;
  /** Earlier receipts that it refunds, corrects or offsets, beside those in `offsets`. What they reserve has to be reserved already. */
  readonly parents?: ReadonlyArray<Parent>;
  /** Advances and prepayments of earlier receipts kept here that go into tag 1215 of this one. Reserved before it is registered. */
  readonly offsets?: ReadonlyArray<{ readonly receiptId: string; readonly amount: Kopecks }>;
}

/**
 * Why there is no receipt.
 *
 * - `Refused`: a rule of law, format or domain with the field it speaks of, never the value.
 * - `NoRoute`: no device or register can take it, every device with its reason.
 * - `Failed`: store, key ring or codec did not do what was asked; the order may be given again.
 */
export type RegistrationError =
  | ({ readonly _tag: 'Refused' } & Refusal)
  | {
      readonly _tag: 'NoRoute';
      readonly reason: 'no-device' | 'no-register' | 'policy';
      readonly refused: ReadonlyArray<RouteRefusal>;
    }
  | { readonly _tag: 'Failed'; readonly failure: OrderFailure };

export type OrderFailure = Exclude<HandlerError<ReceiptRefusal>, { readonly _tag: 'Refused' }>;

/** The receipt of an order. */
export interface Registration {
  readonly receiptId: string;
  /** The settlement was registered before, with the same content. */
  readonly duplicate: boolean;
  /** Where the last event of the order lies. */
  readonly position: Position | undefined;
  readonly receipt: Receipt;
}
