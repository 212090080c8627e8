import { v5 } from 'uuid';

/** Namespace of receipt ids (UUID v5). Changing it would make every known settlement a new receipt. */
const RECEIPT_NAMESPACE = '6f3a7c52-2d0e-5c1b-9a64-54f0c1a5d001';

/** Namespace of attempt keys (UUID v5). Changing it would send every open receipt under a new key: a doubled document. */
const ATTEMPT_KEY_NAMESPACE = '6f3a7c52-2d0e-5c1b-9a64-54f0c1a5d002';

/**
 * What a receipt settles: the source document and the caller's own id of this settlement (payment, refund, shipment, part of a
 * correction). The settlement id is never derived from sign or sum: two equal settlements are two receipts.
 */
export interface SettlementSource {
  readonly document: string;
  readonly settlementId: string;
}

// A lone half of a surrogate pair has no UTF-8 form; no text that holds one is ever registered or stored.
const LONE_SURROGATE = /[\ud800-\udfff]/gu;

/** Parts are joined with their lengths, so that no two different triples of well-formed texts give one name. */
const nameOf = (...parts: ReadonlyArray<string>): string =>
  parts.map((part) => `${part.length}:${part.replace(LONE_SURROGATE, '\ufffd')}`).join('|');

/**
 * The id of a receipt: UUID v5 of organisation (INN), source document and settlement id. Registering a settlement twice names the same
 * stream, hence one receipt.
 */
export const receiptIdOf = (organisation: string, source: SettlementSource): string =>
  v5(nameOf(organisation, source.document, source.settlementId), RECEIPT_NAMESPACE);

/**
 * The idempotency key of an attempt: UUID v5 of receipt, dedup domain and generation. Computed, never drawn: a worker that takes over
 * makes the same key as the one that died.
 */
export const attemptKeyOf = (receiptId: string, domain: string, generation: number): string =>
  v5(nameOf(receiptId, domain, String(generation)), ATTEMPT_KEY_NAMESPACE);

/** The stream of a receipt: all its facts and the fence of its attempt. */
export const receiptStream = (receiptId: string): string => `receipt-${receiptId}`;
