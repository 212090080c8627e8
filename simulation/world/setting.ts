import * as E from 'fp-ts/Either';
import type { AdmissionFacts, ReceiptDraft } from '@cloud-kassa/core';
import type { Kopecks, LocalDate, LocalDateTime, Quantity } from '@cloud-kassa/ffd';
import { kopecks, quantity } from '@cloud-kassa/ffd';
import type { KktGroup } from '@cloud-kassa/kkt-emulator';
import { createKktGroup, internetShopGroup } from '@cloud-kassa/kkt-emulator';
import type { Random } from '@cloud-kassa/runtime';
import { REFUSED_MARK, type ProviderClass } from './virtual-provider';

/** An organisation of the simulated world with its devices, the preferred one first. */
export interface SimulatedOrganisation {
  readonly inn: string;
  readonly site: string;
  readonly devices: ReadonlyArray<{ readonly deviceId: string; readonly providerClass: ProviderClass }>;
}

/** Two organisations; the first has a second device in another dedup domain, so that receipts can move. */
export const ORGANISATIONS: ReadonlyArray<SimulatedOrganisation> = [
  {
    inn: '7725327863',
    site: 'https://sad.example',
    devices: [
      { deviceId: 'garden-a', providerClass: 'A' },
      { deviceId: 'garden-b', providerClass: 'B' },
    ],
  },
  {
    inn: '7707083893',
    site: 'https://mebel.example',
    devices: [{ deviceId: 'furniture-c', providerClass: 'C' }],
  },
  {
    inn: '7728699517',
    site: 'https://posuda.example',
    devices: [{ deviceId: 'dishes-b', providerClass: 'B' }],
  },
];

const orFail = <A>(made: E.Either<unknown, A>, what: string): A => {
  if (E.isLeft(made)) throw new Error(`the setting of the simulation is wrong: ${what}`);
  return made.right;
};

/** Registers of one device. Two units, so that documents of one organisation come from several drives. */
export const registersOf = (
  organisation: SimulatedOrganisation,
  deviceId: string,
  first: number,
  nowMs: number,
): KktGroup => {
  const settings = orFail(
    internetShopGroup({
      inn: organisation.inn,
      name: `ООО "${deviceId}"`,
      site: organisation.site,
      seed: deviceId,
      units: 2,
      firstNumber: first,
    }),
    'registers',
  );
  return orFail(createKktGroup(settings, nowMs), 'registration');
};

const amount = (value: number): Kopecks => orFail(kopecks(value), 'amount');
const pieces = (value: number): Quantity => orFail(quantity(String(value)), 'quantity');

export const factsOf = (organisation: SimulatedOrganisation, today: LocalDate): AdmissionFacts => ({
  origin: 'payment',
  instrument: 'sbp',
  register: {
    registerId: `register-${organisation.inn}`,
    deviceId: organisation.devices[0]?.deviceId ?? '',
    organisation: organisation.inn,
    policy: '3.0.9',
    legalGround: 'internet-cashless',
    vatRule: 'per-line',
    zone: 2,
  },
  device: {
    deviceId: organisation.devices[0]?.deviceId ?? '',
    revision: 0,
    organisation: organisation.inn,
    ffd: '1.2',
    taxations: [1],
    internetOnly: true,
  },
  rulesOn: today,
  policyVersion: 'simulation',
});

const GOODS = ['Скамья садовая', 'Стол складной', 'Гамак', 'Качели', 'Кресло плетёное', 'Доставка'];

/** A sale of one to three lines; `isRefused` gives it a line that simulated providers refuse. */
export const saleDraft = (
  organisation: SimulatedOrganisation,
  settledAt: LocalDateTime,
  buyerNumber: number,
  isRefused: boolean,
  random: Random,
): ReceiptDraft => {
  const lines = 1 + random.integer(3);
  const items = Array.from({ length: lines }, (_, index) => ({
    name: `${GOODS[random.integer(GOODS.length)] ?? 'Товар'}${isRefused && index === 0 ? ` ${REFUSED_MARK}` : ''}`,
    price: amount(100 + random.integer(5_000_000)),
    quantity: pieces(1 + random.integer(5)),
    vatCode: random.next() < 0.5 ? 11 : 6,
    paymentMethod: 4,
    subject: 1,
    measure: 0,
  })) satisfies ReceiptDraft['items'];
  const total = items.reduce((sum, { price, quantity: count }) => sum + price * Number(count), 0);
  return {
    kind: 'receipt',
    settlementSign: 1,
    settledAt,
    taxation: 1,
    items,
    payments: { cashless: amount(total) },
    buyer: { keyId: `buyer-${buyerNumber}`, person: { email: `buyer${buyerNumber}@example.com` } },
    place: { place: organisation.site },
    internet: true,
  };
};
