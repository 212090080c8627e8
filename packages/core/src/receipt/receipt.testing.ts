import * as E from 'fp-ts/Either';
import type { Instant } from '@cloud-kassa/ffd';
import { instantFromMilliseconds, millisecondsOf } from '@cloud-kassa/ffd';
import { at, proven } from '../values.testing';
import type { ReceiptCommand, RegisterReceipt } from './commands';
import { decideReceipt } from './decide';
import type { ReceiptEvent } from './events';
import { receiptIdOf } from './identity';
import { sampleContent, sampleDraft, sampleFacts } from './rules/sample-receipt.arbitrary';
import type { Receipt, ReceiptState } from './state';
import { evolveReceipt } from './state';

export const NOW = at('2026-10-08T10:05:00.000Z');

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A moment so many milliseconds after the registration; negative where a clock has jumped back. */
export const later = (milliseconds: number): Instant =>
  instantFromMilliseconds(millisecondsOf(NOW) + milliseconds);

/** The owner of the sample's register. */
export const ORGANISATION = '7707083893';
export const SOURCE = { document: 'order-1001', settlementId: 'payment-1' };
export const RECEIPT_ID = receiptIdOf(ORGANISATION, SOURCE);

/** What must never be seen in a refusal or a payload: the marks of one person. */
export const CANARY = {
  email: 'canary.4711@example.ru',
  phone: '+79990004711',
  name: 'Канарейкин Пётр',
} as const;

export const FACTS = sampleFacts('1.2');

/** A sale of 807.30 roubles, paid over the Internet. */
export const CONTENT = sampleContent(
  '1.2',
  sampleDraft('1.2', { buyer: { keyId: 'buyer-1', person: CANARY } }),
);

export const register = (change: Partial<RegisterReceipt['data']> = {}): RegisterReceipt => ({
  type: 'RegisterReceipt',
  data: {
    now: NOW,
    receiptId: RECEIPT_ID,
    organisation: ORGANISATION,
    source: SOURCE,
    content: CONTENT,
    facts: FACTS,
    parents: [],
    legalDeadline: later(DAY),
    assumed: [],
    ...change,
  },
});

/** The events of a command that must be accepted. */
export const decided = (command: ReceiptCommand, state: ReceiptState): ReadonlyArray<ReceiptEvent> =>
  proven(decideReceipt(command, state));

export const given = (...commands: ReadonlyArray<ReceiptCommand>): Receipt => {
  const state = commands.reduce(
    (before: ReceiptState, command) => decided(command, before).reduce(evolveReceipt, before),
    undefined,
  );
  if (state === undefined) throw new Error('no receipt');
  return state;
};

/** The rule and the field of a refusal, or how many events are written. */
export const verdict = (...[command, state]: Parameters<typeof decideReceipt>): string | number => {
  const decision = decideReceipt(command, state);
  return E.isLeft(decision) ? `${decision.left.rule} ${decision.left.field}` : decision.right.length;
};
