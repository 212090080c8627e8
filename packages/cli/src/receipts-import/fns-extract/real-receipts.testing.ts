import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AdmissionFacts, Buyer, ReceiptContent } from '@cloud-kassa/core';
import {
  POLICY_VERSION,
  admitReceipt,
  composeReceipt,
  composeSettingsOf,
  receiptIdOf,
} from '@cloud-kassa/core';
import type { FfdVersion, Instant, LocalDate, LocalDateTime, VatRule } from '@cloud-kassa/ffd';
import { LocalDateTimeCodec, TAXATION_LIST, VAT_RULES, instantToLocal } from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import type { RegistrationAnswer } from '../import-receipts';
import { importReceipts } from '../import-receipts';
import type { RegistrationOrder } from '../registration-order';
import type { ExtractOptions } from './extract-options';
import { fnsExtractReader } from './read-extract';

const FILE = join(__dirname, '../../../../ffd/fixtures/real-receipts.ndjson');

/** What a test needs of a real receipt to compare with. */
export interface RealReceipt {
  readonly id: string;
  readonly operationType: number;
  readonly items: ReadonlyArray<{ readonly price: number; readonly quantity: string; readonly sum: number }>;
  readonly totals: Readonly<
    Record<'total' | 'cash' | 'ecash' | 'prepaid' | 'credit' | 'provision', number | null>
  >;
  readonly vatTotals: Readonly<Record<string, number>>;
}

export const REAL_RECEIPTS: ReadonlyMap<string, RealReceipt> = new Map(
  readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RealReceipt)
    .map((receipt) => [receipt.id, receipt]),
);

export const ORGANISATION = '7707083893';

/** A rehearsal of the receipts of many sellers under one organisation, with everything said that extracts lack. */
export const REHEARSAL: ExtractOptions = {
  organisation: ORGANISATION,
  rehearsal: true,
  registers: { 'per-line': 'till-per-line', 'per-total': 'till-per-total' },
  taxationDefault: 1,
  methodDefault: 4,
  subjectDefault: 1,
  vatDefault: 6,
  measureDefault: 0,
  supplierDefault: '000000000000',
  contactDefault: 'rehearsal@example.ru',
};

/** The way of the register that an order names; of one that names none, per line. */
export const vatRuleFor = ({ registerId }: RegistrationOrder): VatRule =>
  VAT_RULES.find((rule) => registerId === `till-${rule}`) ?? 'per-line';

const TODAY = '2026-10-08' as LocalDate;

const factsFor = (order: RegistrationOrder, ffd: FfdVersion): AdmissionFacts => {
  const vatRule = vatRuleFor(order);
  const deviceId = `device-${vatRule}`;
  return {
    origin: order.origin,
    instrument: order.instrument,
    rulesOn: order.rulesOn ?? TODAY,
    policyVersion: POLICY_VERSION,
    register: {
      registerId: `till-${vatRule}`,
      deviceId,
      organisation: order.organisation,
      policy: '3.0.9',
      legalGround: 'internet-cashless',
      vatRule,
      zone: 2,
    },
    device: {
      deviceId,
      revision: 0,
      organisation: order.organisation,
      ffd,
      taxations: TAXATION_LIST,
      internetOnly: false,
    },
  };
};

const localTime = (settled: Instant | LocalDateTime): LocalDateTime =>
  LocalDateTimeCodec.is(settled) ? settled : instantToLocal(settled, 2);

/** An order as registration makes a receipt of it, without a store: composed for its register, and admitted. */
export const admitted = (order: RegistrationOrder, ffd: FfdVersion) => {
  const facts = factsFor(order, ffd);
  const buyer: { readonly buyer?: Buyer } =
    order.contact === undefined ? {} : { buyer: { keyId: 'buyer', person: order.contact } };
  const draft = { ...order.draft, settledAt: localTime(order.settled), ...buyer };
  return E.chain((content: ReceiptContent) =>
    admitReceipt(content, facts, undefined, { organisation: order.organisation }),
  )(composeReceipt(draft, composeSettingsOf(facts)));
};

/** A receipt that was admitted, with the order it came from. */
export interface Admitted {
  readonly receiptId: string;
  readonly order: RegistrationOrder;
  readonly content: ReceiptContent;
}

export interface Outcomes {
  /** Lines by outcome: `admitted`, or the rule. */
  readonly counts: Readonly<Record<string, number>>;
  readonly receipts: ReadonlyArray<Admitted>;
}

/** Imports the real receipts as the command would, with the given options. */
export const importReal = async (options: ExtractOptions): Promise<Outcomes> => {
  const reader = fnsExtractReader(options);
  if (E.isLeft(reader)) throw new Error(reader.left.rule);
  const receipts: Array<Admitted> = [];
  const register = (order: RegistrationOrder): RegistrationAnswer => {
    const made = admitted(order, options.ffd ?? '1.2');
    if (E.isLeft(made)) return { _tag: 'Refused', refusal: made.left };
    const receiptId = receiptIdOf(order.organisation, order.source);
    receipts.push({ receiptId, order, content: made.right });
    return { _tag: 'Registered', receiptId };
  };
  const report = await importReceipts({
    chunks: createReadStream(FILE),
    read: reader.right,
    register: (order) => Promise.resolve(register(order)),
  })();
  if (E.isLeft(report)) throw new Error(report.left.code);
  const { refused, registered } = report.right;
  return { counts: { admitted: registered, ...refused }, receipts };
};
