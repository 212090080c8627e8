import { hash } from 'node:crypto';
import type { AttemptEvent, AttemptPhase, ReceiptContent, ReceiptEvent } from '@cloud-kassa/core';
import { payloadText, receiptIdOf } from '@cloud-kassa/core';
import * as E from 'fp-ts/Either';
import type { Books, ReadEvent } from '../books';
import { trailOf } from '../books';
import { contentOfReceipt } from '../ledger/comparable-content';
import { digestOf } from '../ledger/content-digest';
import { attemptObjection } from './attempt-guards';
import { followAttempt } from './follow-attempt';
import { followDocument } from './follow-document';
import { judgeFence } from './judge-fence';
import type { OpenAttempt, ReceiptTrail } from './receipt-trail';
import { newReceiptTrail } from './receipt-trail';

type Registered = Extract<ReceiptEvent, { readonly type: 'receipt.Registered' }>;
type Fence = Extract<
  ReceiptEvent,
  { readonly data: { readonly refundId: string } | { readonly offsetId: string } }
>;

const PHASE_AFTER: Readonly<Partial<Record<AttemptEvent['type'], AttemptPhase>>> = {
  'receipt.Routed': 'Ready',
  'receipt.Rerouted': 'Ready',
  'receipt.Rekeyed': 'Ready',
  'receipt.SendIntended': 'Intended',
  'receipt.Acknowledged': 'Pending',
  'receipt.SendVoided': 'Ready',
  'receipt.OutcomeUnknown': 'Unknown',
  'receipt.TakenOver': 'Unknown',
  'receipt.Held': 'Held',
  'receipt.KeyRetired': 'Retired',
  'receipt.Fiscalized': 'Fiscalized',
  'receipt.Disputed': 'Disputed',
  'receipt.Cancelled': 'Cancelled',
};

const phaseAfter = (phase: AttemptPhase, event: AttemptEvent): AttemptPhase =>
  event.type === 'receipt.Released'
    ? event.data.how === 'amended'
      ? 'Ready'
      : 'Unknown'
    : (PHASE_AFTER[event.type] ?? phase);

/** What a content is known by afterwards; of its own text nothing is kept. */
const takeContent = (
  books: Books,
  trail: ReceiptTrail,
  attempt: Pick<OpenAttempt, 'contentHash' | 'payments'>,
  content: ReceiptContent,
  isNewest: boolean,
): void => {
  const text = payloadText(content);
  attempt.contentHash = isNewest && E.isRight(text) ? hash('sha256', text.right) : undefined;
  attempt.payments = content.payments;
  trail.sign = content.settlementSign;
  trail.isCorrection = content.kind === 'correction';
  trail.total = content.total;
  trail.cashless = content.payments.cashless;
  if (books.withLedger) trail.digest = digestOf(contentOfReceipt(content));
};

const register = (
  books: Books,
  trail: ReceiptTrail,
  { event, stored, isNewest }: ReadEvent<Registered>,
): void => {
  const { receiptId, organisation, source, content, facts, parents, legalDeadline } = event.data;
  if (trail.registered) {
    books.findings.add('transition-forbidden', stored, { why: 'registered before' });
    return;
  }
  if (receiptId !== trail.receiptId || receiptId !== receiptIdOf(organisation, source))
    books.findings.add('identity', stored, { field: 'receiptId' });
  const attempt: OpenAttempt = {
    enqueued: false,
    postponed: false,
    generation: 0,
    retirements: 0,
    open: 0,
    intents: 0,
    epoch: 0,
    crashes: 0,
    contentRefused: false,
    held: undefined,
    domain: undefined,
    key: undefined,
    payloadHash: undefined,
    contentHash: undefined,
    alarms: 0,
    legalDeadline,
    payments: content.payments,
    last: { type: event.type, commandId: stored.metadata.commandId },
  };
  trail.registered = true;
  trail.attempt = attempt;
  trail.registerId = facts.register.registerId;
  takeContent(books, trail, attempt, content, isNewest);
  const named = parents.flatMap(({ relation, link }) =>
    link.kind === 'receipt' ? [{ relation, receiptId: link.receiptId }] : [],
  );
  if (named.length > 0) trail.parents = named;
  trail.namesOthers = named.length < parents.length;
};

/** Parents before children: the document of a parent is recorded before its child is sent. A dispute may have come in between. */
const judgeParents = (books: Books, trail: ReceiptTrail, { stored }: ReadEvent<AttemptEvent>): void => {
  for (const { receiptId } of trail.parents ?? []) {
    const parent = books.receipts.get(receiptId);
    if (parent === undefined || parent.unread) continue;
    if (parent.phase !== 'Fiscalized' && parent.phase !== 'Disputed')
      books.findings.add('parent-not-fiscalized', stored, { parent: receiptId });
  }
};

const judgeRoute = (books: Books, { event, stored }: ReadEvent<AttemptEvent>): void => {
  if (!('domain' in event.data)) return;
  const { deviceId, domain } = event.data;
  const device = books.devices.get(deviceId);
  if (device !== undefined && !device.unread && device.domain !== domain)
    books.findings.add('domain-differs', stored, { deviceId });
};

/** By what documents of the ledger are found again. */
const indexed = (books: Books, trail: ReceiptTrail, event: AttemptEvent): void => {
  if (!books.withLedger) return;
  if (event.type === 'receipt.SendIntended') books.byKey.set(event.data.key, trail);
  else if ('traceTag' in event.data) books.byTag.set(event.data.traceTag, trail);
};

const attemptEvent = (books: Books, trail: ReceiptTrail, read: ReadEvent<AttemptEvent>): void => {
  const { event, stored, isNewest } = read;
  const last = trail.attempt?.last;
  const behind = last?.commandId === stored.metadata.commandId ? last.type : undefined;
  if (last?.type === 'receipt.Refused' && !(behind === last.type && event.type === 'receipt.Held'))
    books.findings.add('transition-forbidden', stored, { why: 'what was refused was not held' });
  const objection = attemptObjection(trail, event, behind);
  if (objection !== undefined) books.findings.add(objection.rule, stored, objection.detail);
  if (event.type === 'receipt.SendIntended' && trail.phase === 'Ready') judgeParents(books, trail, read);
  judgeRoute(books, read);
  indexed(books, trail, event);
  if (trail.attempt !== undefined) {
    followAttempt(trail.attempt, event);
    if ('content' in event.data && event.data.content !== undefined)
      takeContent(books, trail, trail.attempt, event.data.content, isNewest);
  }
  followDocument(books, trail, read);
  trail.phase = phaseAfter(trail.phase, event);
  if (trail.phase === 'Fiscalized' || trail.phase === 'Cancelled' || trail.phase === 'Disputed')
    trail.attempt = undefined;
};

const isFence = (event: ReceiptEvent): event is Fence => 'refundId' in event.data || 'offsetId' in event.data;

const judgeRegistered = (books: Books, trail: ReceiptTrail, read: ReadEvent<ReceiptEvent>): void => {
  const { event, stored, isNewest } = read;
  switch (event.type) {
    case 'receipt.Registered':
      register(books, trail, { event, stored, isNewest });
      break;
    case 'receipt.BuyerCopyRecorded':
    case 'receipt.OfdConfirmed':
      if (trail.document === undefined)
        books.findings.add('transition-forbidden', stored, { why: 'no document' });
      break;
    default:
      if (isFence(event)) judgeFence(books, trail, { event, stored, isNewest });
      else attemptEvent(books, trail, { event, stored, isNewest });
  }
  if (trail.attempt !== undefined)
    trail.attempt.last = { type: event.type, commandId: stored.metadata.commandId };
};

/** Judges one event of a receipt by what the events before it say, and keeps what later ones will be judged by. */
export const judgeReceipt = (books: Books, receiptId: string, read: ReadEvent<ReceiptEvent>): void => {
  const trail = trailOf(books.receipts, receiptId, newReceiptTrail);
  if (trail.unread) return;
  if (!trail.registered && read.event.type !== 'receipt.Registered') {
    books.findings.add('transition-forbidden', read.stored, { why: 'not registered' });
    trail.unread = true;
    books.doubtfulRegisters.add(trail.registerId);
    return;
  }
  judgeRegistered(books, trail, read);
};
