import type { Instant, Payments, SettlementSign } from '@cloud-kassa/ffd';

/** A document as the totals of a shift count it. */
export interface CountedDocument {
  readonly position: string;
  readonly sign: SettlementSign;
  readonly isCorrection: boolean;
  readonly total: number;
  readonly payments: Payments;
}

/** What an audit keeps of the shifts of one register; documents only of the shift that is open. */
export interface RegisterTrail {
  readonly registerId: string;
  unread: boolean;
  open: { readonly shiftId: string; readonly openedAt: Instant } | undefined;
  lastNumber: number;
  documents: CountedDocument[];
}

/** A register without shifts. */
export const newRegisterTrail = (registerId: string): RegisterTrail => ({
  registerId,
  unread: false,
  open: undefined,
  lastNumber: 0,
  documents: [],
});
