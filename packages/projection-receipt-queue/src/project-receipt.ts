import {
  evolveAttempt,
  INITIAL_ATTEMPT,
  QUEUE_STATUS_OF,
  type AttemptEvent,
  type AttemptState,
  type ReceiptContent,
  type ReceiptEvent,
} from '@cloud-kassa/core';
import type { StoredEvent } from '@cloud-kassa/event-store';
import { put, UNCHANGED, type Change, type Rows } from '@cloud-kassa/projections';
import { keptAttempt } from './kept-attempt';
import { providerStateAfter } from './provider-state';
import { RECEIPTS, type ReasonKind, type ReceiptRow } from './tables';

type Registered = Extract<ReceiptEvent, { readonly type: 'receipt.Registered' }>;

interface Reason {
  readonly reasonKind: ReasonKind | undefined;
  readonly reason: string | undefined;
  readonly reasonCode: string | undefined;
}

const NO_REASON: Reason = { reasonKind: undefined, reason: undefined, reasonCode: undefined };

const reasonOf = (reasonKind: ReasonKind, reason: string, reasonCode?: string): Reason => ({
  reasonKind,
  reason,
  reasonCode,
});

/** What of the content people ask for. A person may have amended it. */
const contentColumns = ({ kind, settlementSign, total, taxation, buyer }: ReceiptContent) => ({
  kind,
  sign: settlementSign,
  total,
  taxation,
  buyerKeyId: buyer?.keyId,
});

const registered = ({ data }: Registered, revision: number): ReceiptRow => {
  const { receiptId, organisation, source, content, facts, parents, legalDeadline, at } = data;
  return {
    receiptId,
    organisation,
    sourceDocument: source.document,
    settlementId: source.settlementId,
    sourceText: source.document.toLowerCase(),
    registerId: facts.register.registerId,
    deviceId: facts.register.deviceId,
    status: QUEUE_STATUS_OF[INITIAL_ATTEMPT.phase],
    providerState: undefined,
    phase: INITIAL_ATTEMPT.phase,
    phaseSince: at,
    isEnqueued: false,
    sends: 0,
    lastSentAt: undefined,
    open: 0,
    nextTryAt: undefined,
    ...NO_REASON,
    compensatedBy: undefined,
    legalDeadline,
    alarms: [],
    registeredAt: at,
    updatedAt: at,
    ...contentColumns(content),
    origin: facts.origin,
    instrument: facts.instrument,
    parents,
    epoch: 0,
    amendments: 0,
    revision,
    fn: undefined,
    fd: undefined,
    fp: undefined,
    attempt: INITIAL_ATTEMPT,
  };
};

/** What the event says of why there is no document yet; `undefined` where it says nothing of it. */
const reasonIn = (event: AttemptEvent): Reason | undefined => {
  switch (event.type) {
    case 'receipt.SendVoided':
      return reasonOf('void', event.data.why, event.data.note?.code);
    case 'receipt.OutcomeUnknown':
      return reasonOf('unknown', event.data.why, event.data.note?.code);
    case 'receipt.TakenOver':
      return reasonOf('unknown', event.data.because);
    case 'receipt.KeyRetired':
      return reasonOf('retired', event.data.because, event.data.note?.code);
    case 'receipt.Held':
      return reasonOf('held', event.data.reason, event.data.code);
    case 'receipt.Disputed':
      return reasonOf('disputed', event.data.differences.join(', '));
    case 'receipt.Enqueued':
    case 'receipt.Postponed':
    case 'receipt.Resumed':
    case 'receipt.Refused':
    case 'receipt.Compensated':
    case 'receipt.DeadlineAlarmed':
      return undefined;
    default:
      return NO_REASON;
  }
};

/** That it is postponed outweighs what came of earlier sends, as long as it lasts. */
const reasonAfter = (row: ReceiptRow, event: AttemptEvent, { postponed }: AttemptState): Reason => {
  const { reasonKind, reason, reasonCode } = row;
  if (postponed !== undefined) return reasonOf('postponed', postponed.reason);
  const before = reasonKind === 'postponed' ? NO_REASON : { reasonKind, reason, reasonCode };
  return reasonIn(event) ?? before;
};

const amendedColumns = (event: AttemptEvent) => {
  const content =
    event.type === 'receipt.Released' || event.type === 'receipt.Rekeyed' ? event.data.content : undefined;
  return content === undefined ? undefined : contentColumns(content);
};

const attempted = (row: ReceiptRow, event: AttemptEvent, revision: number): ReceiptRow => {
  const attempt = evolveAttempt(row.attempt, event);
  const { phase, postponed, retryAt, document } = attempt;
  const { at } = event.data;
  const isSend = event.type === 'receipt.SendIntended';
  return {
    ...row,
    deviceId: attempt.route?.deviceId ?? row.deviceId,
    status: QUEUE_STATUS_OF[phase],
    providerState: providerStateAfter(row.providerState, event, attempt),
    phase,
    phaseSince: phase === row.phase ? row.phaseSince : at,
    isEnqueued: attempt.enqueued,
    sends: isSend ? row.sends + 1 : row.sends,
    lastSentAt: isSend ? at : row.lastSentAt,
    open: attempt.open,
    nextTryAt: postponed === undefined ? (phase === 'Ready' ? retryAt : undefined) : postponed.until,
    ...reasonAfter(row, event, attempt),
    compensatedBy: attempt.compensatedBy,
    alarms: attempt.alarms,
    updatedAt: at,
    ...amendedColumns(event),
    epoch: attempt.epoch,
    amendments: attempt.amendments,
    revision,
    fn: document?.fn,
    fd: document?.fd,
    fp: document?.fp,
    attempt: keptAttempt(attempt),
  };
};

const changed = (row: ReceiptRow, event: ReceiptEvent, revision: number): ReceiptRow => {
  switch (event.type) {
    case 'receipt.Registered':
      return row;
    case 'receipt.BuyerCopyRecorded':
    case 'receipt.OfdConfirmed':
    case 'receipt.RefundReserved':
    case 'receipt.RefundReleased':
    case 'receipt.OffsetReserved':
    case 'receipt.OffsetReleased':
      return { ...row, updatedAt: event.data.at, revision };
    default:
      return attempted(row, event, revision);
  }
};

const PREFIX = 'receipt-';

/** Folds an event into the row of its receipt, by the same `evolve` that commands are decided on. */
export const projectReceipt = (
  event: ReceiptEvent,
  { stream, revision }: StoredEvent,
  rows: Rows,
): ReadonlyArray<Change> => {
  const row = rows.get(RECEIPTS, { receiptId: stream.slice(PREFIX.length) });
  if (row !== undefined) return [put(RECEIPTS, changed(row, event, revision))];
  return event.type === 'receipt.Registered' ? [put(RECEIPTS, registered(event, revision))] : UNCHANGED;
};
