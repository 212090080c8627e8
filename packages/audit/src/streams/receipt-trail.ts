import type { AttemptPhase, FiscalDocument, HoldReason } from '@cloud-kassa/core';
import type { Instant, Payments, SettlementSign } from '@cloud-kassa/ffd';
import type { DocumentMark } from '../cross/document-index';
import type { ContentDigest } from '../ledger/content-digest';

/** What must come next in the command that is being read. */
export interface LastEvent {
  readonly type: string;
  readonly commandId: string;
}

/** What is kept of a receipt while it has no final state. */
export interface OpenAttempt {
  enqueued: boolean;
  postponed: boolean;
  generation: number;
  retirements: number;
  /** Sends under the current key that no outcome has proved void. */
  open: number;
  /** Sends that were ever authorised under the current key. */
  intents: number;
  epoch: number;
  crashes: number;
  contentRefused: boolean;
  held: HoldReason | undefined;
  domain: string | undefined;
  key: string | undefined;
  /** What was sent under the current key. */
  payloadHash: string | undefined;
  /** What the content hashes to; `undefined` where it was lifted from an older version of its event. */
  contentHash: string | undefined;
  alarms: number;
  legalDeadline: Instant;
  payments: Payments;
  last: LastEvent;
}

/** An earlier receipt of this store that a receipt names. */
export interface NamedParent {
  readonly receiptId: string;
  readonly relation: 'refunds' | 'offsets' | 'corrects';
}

/**
 * What an audit keeps of one receipt: no content, and after its end little more than its document. Small on purpose, for a store may
 * have millions.
 */
export interface ReceiptTrail {
  readonly receiptId: string;
  registered: boolean;
  /** An event of the stream could not be read: nothing is judged from there on. */
  unread: boolean;
  phase: AttemptPhase;
  /** Until the receipt is final. */
  attempt: OpenAttempt | undefined;
  registerId: string;
  sign: SettlementSign;
  isCorrection: boolean;
  total: number;
  cashless: number;
  parents: ReadonlyArray<NamedParent> | undefined;
  /** It names earlier documents that are not of this store as well: what it takes from them is not known here. */
  namesOthers: boolean;
  /** What is held of it at this point, by kind and id; `undefined` where nothing ever was. */
  reservations: Map<string, Reservation> | undefined;
  document: DocumentMark | undefined;
  contentChecked: boolean;
  /** The document that led to the dispute. */
  disputed: Dispute | undefined;
  compensatedBy: string | undefined;
  /** A settlement is linked to it. */
  linked: boolean;
  digest: ContentDigest | undefined;
  /** The first document the ledger has for it. */
  inLedger: NamedDocument | undefined;
}

/** Why a receipt is disputed, by which document. */
interface Dispute {
  readonly document: FiscalDocument;
  readonly position: string;
  readonly revision: number;
  readonly over: 'cancelled' | 'second' | 'content';
}

/** A part of a receipt that is held for another one. */
export interface Reservation {
  readonly id: string;
  readonly kind: 'refund' | 'offset';
  readonly amount: number;
  readonly revision: number;
  readonly position: string;
  readonly at: string;
}

/** A document as a finding names it. */
export interface NamedDocument {
  readonly fn: string;
  readonly fd: number;
  readonly fp: number;
}

/** A receipt of which nothing is known yet. */
export const newReceiptTrail = (receiptId: string): ReceiptTrail => ({
  receiptId,
  registered: false,
  unread: false,
  phase: 'Accepted',
  attempt: undefined,
  registerId: '',
  sign: 1,
  isCorrection: false,
  total: 0,
  cashless: 0,
  parents: undefined,
  namesOthers: false,
  reservations: undefined,
  document: undefined,
  contentChecked: false,
  disputed: undefined,
  compensatedBy: undefined,
  linked: false,
  digest: undefined,
  inLedger: undefined,
});
