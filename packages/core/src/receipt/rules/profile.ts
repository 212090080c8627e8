import type { LegalGround } from '../facts';

/**
 * Strictness that no source confirms or that practice does not keep, as data. The rest of the rules is law or format and has no switch.
 */
export interface AdmissionProfile {
  /**
   * Cash on a remote register that may take it by law (54-FZ, art. 1.2 cl. 5.6: couriers, services, transport, vending). The 1C cloud
   * register takes none (requirement S7). Registers for Internet settlements and bank transfers never do, whatever stands here.
   */
  readonly cashOnRemoteRegister: 'refused' | 'accepted';
  /**
   * Legal grounds on which a receipt needs no contact of the buyer. The law waives it for automatic devices that show a QR code
   * (art. 1.2 cl. 5.1); the 1C cloud register demands a contact always (requirement S27).
   */
  readonly contactWaivedFor: ReadonlyArray<LegalGround>;
  /**
   * How many days before the date of the rules a settlement may lie to be receipted in the ordinary way. An older one needs a
   * correction receipt. By law the next working day counts (art. 1.2 cl. 5.4); the calendar of working days is not known here.
   */
  readonly oldestSettlementDays: Readonly<Record<LegalGround, number>>;
  /** Rates of 20 and 22 % in one correction (refused by 1C-Bitrix; unconfirmed as a norm). */
  readonly mixedRatesInCorrection: 'refused' | 'accepted';
  /** Rates of 5 and 7 % with other than simplified taxation (unconfirmed as a control). */
  readonly reducedRates: 'simplified-only' | 'any-taxation';
  /**
   * May tag 1216 contradict the payment methods of the lines? By the meaning of the methods it cannot: full payment leaves nothing
   * unpaid, a transfer on credit everything. No control of it is confirmed; for refunds and lines of method 7 it is never checked.
   */
  readonly credit: 'by-methods' | 'free';
  /** Calculated rates for methods 1 to 3 and plain ones for 4 to 6. Real receipts break it both ways. */
  readonly prepaymentRate: 'by-method' | 'free';
  /** Subject 10 and quantity 1 for advances (method 3). Usual, not obligatory. */
  readonly advanceSubject: 'payment' | 'free';
  /**
   * VAT of a line of a refund: `half-up` as for any line; `remainder` also what earlier refunds of the line left over, by at most
   * {@link AdmissionProfile.refundVatDrift} kopecks. Registers check the VAT of a line
   * against its own sum as far as is known, so `half-up` is the default; that some accept the latter is unconfirmed.
   */
  readonly refundVat: 'remainder' | 'half-up';
  readonly refundVatDrift: number;
  /** More than one piece under one marking code (wholesale of whole packages; some services take it). */
  readonly markedWholesale: 'refused' | 'accepted';
  /** The most lines of a receipt; the size in bytes is a limit of its own. */
  readonly mostLines: number;
}

/** New Year holidays are the longest run of days off: a transfer of 31 December may be receipted on 12 January. */
const LONGEST_HOLIDAYS = 12;

/** The documented defaults. */
export const DEFAULT_PROFILE: AdmissionProfile = {
  cashOnRemoteRegister: 'refused',
  contactWaivedFor: [],
  oldestSettlementDays: {
    'internet-cashless': 1,
    'bank-transfer': LONGEST_HOLIDAYS,
    'remote-courier': 1,
    'remote-services': 1,
    transport: 1,
    vending: 1,
  },
  mixedRatesInCorrection: 'refused',
  reducedRates: 'any-taxation',
  credit: 'by-methods',
  prepaymentRate: 'free',
  advanceSubject: 'free',
  refundVat: 'half-up',
  refundVatDrift: 2,
  markedWholesale: 'refused',
  mostLines: 250,
};
