import {
  composeReceipt,
  composeSettingsOf,
  receiptIdOf,
  type AdmissionFacts,
  type RegisterReceipt,
} from '@cloud-kassa/core';
import {
  instantFromMilliseconds,
  type Instant,
  type Kopecks,
  type LocalDate,
  type LocalDateTime,
  type Quantity,
} from '@cloud-kassa/ffd';
import type { KeyRing } from '@cloud-kassa/event-store';
import type { Random } from '@cloud-kassa/runtime';
import { given } from '../given';

const GOODS = ['Скамья садовая', 'Гамак хлопковый с подушкой', 'Качели подвесные', 'Стол складной', 'Зонт'];

const DAY_MS = 86_400_000;

const factsOf = (organisation: string, deviceId: string, date: LocalDate): AdmissionFacts => ({
  origin: 'payment',
  instrument: 'sbp',
  register: {
    registerId: `register-${deviceId}`,
    deviceId,
    organisation,
    policy: '3.0.9',
    legalGround: 'internet-cashless',
    vatRule: 'per-line',
    zone: 2,
  },
  device: { deviceId, revision: 3, organisation, ffd: '1.2', taxations: [1], internetOnly: true },
  rulesOn: date,
  policyVersion: 'bench',
});

export interface SaleOptions {
  readonly random: Random;
  readonly keyRing: KeyRing;
  readonly number: number;
  /** INN. */
  readonly organisation: string;
  readonly deviceId: string;
  readonly now: Instant;
}

/** A lawful sale over the Internet, of one to three things, paid by SBP, with its buyer's e-mail. Three receipts have one buyer. */
export const sale = async (options: SaleOptions): Promise<RegisterReceipt['data']> => {
  const { random, keyRing, number, organisation, deviceId, now } = options;
  const email = `buyer-${Math.floor(number / 3)}@example.ru`;
  const keyId = given(await keyRing.keyIdFor(email)());
  const local = new Date(Date.parse(now) + 3 * 3_600_000).toISOString();
  const facts = factsOf(organisation, deviceId, local.slice(0, 10) as LocalDate);
  const items = Array.from({ length: 1 + random.integer(3) }, () => ({
    name: GOODS[random.integer(GOODS.length)] ?? 'Скамья садовая',
    price: (10_000 + random.integer(1_000_000)) as Kopecks,
    quantity: String(1 + random.integer(3)) as Quantity,
    vatCode: 11 as const,
    paymentMethod: 4 as const,
    subject: 1 as const,
    measure: 0 as const,
  }));
  const cashless = items.reduce((sum, { price, quantity }) => sum + price * Number(quantity), 0) as Kopecks;
  const content = given(
    composeReceipt(
      {
        kind: 'receipt',
        settlementSign: 1,
        settledAt: local.slice(0, 19) as LocalDateTime,
        taxation: 1,
        items,
        payments: { cashless },
        buyer: { keyId, person: { email } },
        place: { place: 'https://sad.example' },
        internet: true,
      },
      composeSettingsOf(facts),
    ),
  );
  const source = { document: `order-${number}`, settlementId: `payment-${number}` };
  return {
    now,
    receiptId: receiptIdOf(organisation, source),
    organisation,
    source,
    content,
    facts,
    parents: [],
    legalDeadline: instantFromMilliseconds(Date.parse(now) + DAY_MS),
    assumed: [],
  };
};
