import * as E from 'fp-ts/Either';
import type { FfdVersion, Kopecks, LocalDate, LocalDateTime, Quantity, VatRule } from '@cloud-kassa/ffd';
import { NO_PAYMENTS, kopecks, localDate, localDateTime, quantity } from '@cloud-kassa/ffd';
import type { ReceiptContent } from '../content';
import type { AdmissionFacts, DeviceFacts, RegisterFacts } from '../facts';
import { composeReceipt, composeSettingsOf } from './compose-receipt';
import type { DraftItem, ReceiptDraft } from './draft';

/** The value, or an error that says why a sample of a test is none. */
export const sure = <A>(made: E.Either<unknown, A>): A => {
  if (E.isLeft(made)) throw new Error(`no such sample: ${JSON.stringify(made.left)}`);
  return made.right;
};

export const money = (amount: number): Kopecks => sure(kopecks(amount));
export const pieces = (text: string): Quantity => sure(quantity(text));
export const day = (text: string): LocalDate => sure(localDate(text));
export const moment = (text: string): LocalDateTime => sure(localDateTime(text));

/** One line of 807.30 roubles at 22 %, as in a published receipt of October 2026. */
export const sampleItem = (ffd: FfdVersion, change: Partial<DraftItem> = {}): DraftItem => ({
  name: 'Чай чёрный',
  price: money(26_910),
  quantity: pieces('3'),
  vatCode: 11,
  paymentMethod: 4,
  subject: 1,
  ...(ffd === '1.2' ? { measure: 0 } : {}),
  ...change,
});

/** An Internet sale of one line, paid cashless, on 2026-10-08. */
export const sampleDraft = (ffd: FfdVersion, change: Partial<ReceiptDraft> = {}): ReceiptDraft => ({
  kind: 'receipt',
  settlementSign: 1,
  settledAt: moment('2026-10-08T13:05:00'),
  taxation: 1,
  items: [sampleItem(ffd)],
  payments: { cashless: money(80_730) },
  buyer: { keyId: 'buyer-1', person: { email: 'buyer@example.ru' } },
  place: { place: 'https://shop.example.ru' },
  internet: true,
  ...change,
});

/** A correction of a settlement of 2026-10-01, with lines unless the version has none. */
export const sampleCorrection = (ffd: FfdVersion, change: Partial<ReceiptDraft> = {}): ReceiptDraft => ({
  ...sampleDraft(ffd),
  kind: 'correction',
  correction: { type: 0, settledOn: day('2026-10-01'), reason: 'not-applied' },
  ...(ffd === '1.05' ? { items: [], vatTotals: [{ code: 11, amount: money(14_558) }] } : {}),
  ...change,
});

interface FactChanges {
  readonly register?: Partial<RegisterFacts>;
  readonly device?: Partial<DeviceFacts>;
}

/** A register for Internet settlements on 2026-10-08 that takes a payment. */
export const sampleFacts = (
  ffd: FfdVersion,
  change: Partial<Omit<AdmissionFacts, 'register' | 'device'>> & FactChanges = {},
): AdmissionFacts => {
  const { register, device, ...rest } = change;
  return {
    origin: 'payment',
    instrument: 'card',
    rulesOn: day('2026-10-08'),
    policyVersion: '2026-01',
    ...rest,
    register: {
      registerId: 'register-1',
      deviceId: 'device-1',
      organisation: '7707083893',
      policy: '3.0.9',
      legalGround: 'internet-cashless',
      vatRule: 'per-line',
      zone: 2,
      ...register,
    },
    device: {
      deviceId: 'device-1',
      revision: 7,
      organisation: '7707083893',
      ffd,
      taxations: [1],
      internetOnly: true,
      ...device,
    },
  };
};

/** The draft composed for a register of this version. */
export const sampleContent = (
  ffd: FfdVersion,
  draft: ReceiptDraft = sampleDraft(ffd),
  vatRule: VatRule = 'per-line',
): ReceiptContent =>
  sure(composeReceipt(draft, composeSettingsOf(sampleFacts(ffd, { register: { vatRule } }))));

/** A receipt of these lines, paid cashless. */
export const saleOf = (
  ffd: FfdVersion,
  items: ReadonlyArray<DraftItem>,
  change: Partial<ReceiptDraft> = {},
  vatRule: VatRule = 'per-line',
): ReceiptContent => {
  const whole = sampleContent(ffd, sampleDraft(ffd, { ...change, items, payments: NO_PAYMENTS }), vatRule);
  return { ...whole, payments: { ...NO_PAYMENTS, cashless: whole.total, ...change.payments } };
};
