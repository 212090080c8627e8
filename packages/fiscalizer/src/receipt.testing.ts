import * as E from 'fp-ts/Either';
import type { AdmissionFacts, AttemptState, Receipt, ReceiptCommand, ReceiptState } from '@cloud-kassa/core';
import { RECEIPT, composeReceipt, composeSettingsOf, receiptIdOf } from '@cloud-kassa/core';
import type { Instant, Kopecks, LocalDate, LocalDateTime, Quantity } from '@cloud-kassa/ffd';

export const INN = '7725327863';
export const NOW = '2026-03-02T09:00:00.000Z' as Instant;

const FACTS: AdmissionFacts = {
  origin: 'payment',
  instrument: 'sbp',
  register: {
    registerId: 'register-1',
    deviceId: 'device-1',
    organisation: INN,
    policy: '3.0.9',
    legalGround: 'internet-cashless',
    vatRule: 'per-line',
    zone: 2,
  },
  device: {
    deviceId: 'device-1',
    revision: 3,
    organisation: INN,
    ffd: '1.2',
    taxations: [1],
    internetOnly: true,
  },
  rulesOn: '2026-03-02' as LocalDate,
  policyVersion: 'test',
};

const source = { document: 'order-1', settlementId: 'payment-1' };
export const RECEIPT_ID = receiptIdOf(INN, source);

/** A registered sale of one bench. */
export const registered = (legalDeadline: Instant = '2026-03-03T09:00:00.000Z' as Instant): Receipt => {
  const content = composeReceipt(
    {
      kind: 'receipt',
      settlementSign: 1,
      settledAt: '2026-03-02T12:00:00' as LocalDateTime,
      taxation: 1,
      items: [
        {
          name: 'Скамья садовая',
          price: 1_220_000 as Kopecks,
          quantity: '1' as Quantity,
          vatCode: 11,
          paymentMethod: 4,
          subject: 1,
          measure: 0,
        },
      ],
      payments: { cashless: 1_220_000 as Kopecks },
      buyer: { keyId: 'buyer-1', person: { email: 'buyer@example.com' } },
      place: { place: 'https://sad.example' },
      internet: true,
    },
    composeSettingsOf(FACTS),
  );
  if (E.isLeft(content)) throw new Error(content.left.rule);
  return given(undefined, {
    type: 'RegisterReceipt',
    data: {
      now: NOW,
      receiptId: RECEIPT_ID,
      organisation: INN,
      source,
      content: content.right,
      facts: FACTS,
      parents: [],
      legalDeadline,
      assumed: [],
    },
  });
};

/** The receipt after a command that must be accepted. */
export const given = (state: ReceiptState, command: ReceiptCommand): Receipt => {
  const decided = RECEIPT.decide(command, state);
  if (E.isLeft(decided)) throw new Error(`${decided.left.rule} ${decided.left.field}`);
  const next = decided.right.reduce(RECEIPT.evolve, state);
  if (next === undefined) throw new Error('no receipt');
  return next;
};

/** The receipt with its attempt as stated, for functions that only read it. */
export const withAttempt = (receipt: Receipt, attempt: Partial<AttemptState>): Receipt => ({
  ...receipt,
  attempt: { ...receipt.attempt, ...attempt },
});
