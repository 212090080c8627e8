import * as E from 'fp-ts/Either';
import * as fc from 'fast-check';
import type {
  FfdVersion,
  Kopecks,
  LocalDate,
  LocalDateTime,
  PaymentMethod,
  PaymentSubject,
  Payments,
  Quantity,
  SettlementSign,
  Taxation,
  VatCode,
  VatRule,
  ZoneCode,
} from '@cloud-kassa/ffd';
import {
  FFD_VERSION_LIST,
  NO_PAYMENTS,
  VAT_CODE_LIST,
  ZONE_CODES,
  addDays,
  kopecks,
  lineSum,
  localDate,
  localDateTime,
  quantityFromMillionths,
  taxationExistsOn,
  vatCodeOn,
} from '@cloud-kassa/ffd';
import type { Buyer } from '../buyer';
import type { Correction, ReceiptContent } from '../content';
import type { AdmissionFacts, DeviceFacts, LegalGround, RegisterFacts } from '../facts';
import { composeReceipt, composeSettingsOf } from './compose-receipt';
import type { DraftItem, ReceiptDraft } from './draft';

/** Thrown only here, where a generator of lawful things made an unlawful one: a mistake of the generator or of the rules. */
const lawful = <A>(made: E.Either<unknown, A>): A => {
  if (E.isLeft(made)) throw new Error(`not lawful: ${JSON.stringify(made.left)}`);
  return made.right;
};

/** A draft that must be composed and admitted, with the facts it is admitted on. */
export interface LawfulDraft {
  readonly draft: ReceiptDraft;
  readonly facts: AdmissionFacts;
}

/** A composed lawful receipt. */
export interface LawfulReceipt extends LawfulDraft {
  readonly content: ReceiptContent;
}

const money = (most: number): fc.Arbitrary<Kopecks> => fc.nat(most).map((amount) => lawful(kopecks(amount)));

const dates: fc.Arbitrary<LocalDate> = fc
  .nat(365 * 9)
  .map((days) => addDays(lawful(localDate('2019-01-01')), days));

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

const timeOf = (date: LocalDate, seconds: number): LocalDateTime => {
  return lawful(
    localDateTime(`${date}T${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`),
  );
};

/** Pieces, weights and the awkward quantities of six decimals. */
const quantities: fc.Arbitrary<Quantity> = fc
  .oneof(
    fc.integer({ min: 1, max: 300 }).map((pieces) => pieces * 1_000_000),
    fc.integer({ min: 1, max: 20_000 }).map((grams) => grams * 1000),
    fc.integer({ min: 1, max: 30_000_000 }),
  )
  .map((millionths) => lawful(quantityFromMillionths(millionths)));

const names = fc.constantFrom(
  'Чай «Майский»',
  'Доставка — курьером',
  'Аванс',
  'Tea "Green", 100 g',
  'Лампа № 5…',
  'ё',
);

const buyers: fc.Arbitrary<Buyer> = fc.record({
  keyId: fc.nat(1000).map((n) => `buyer-${n}`),
  person: fc.oneof(
    fc.nat(9_999_999).map((n) => ({ phone: `+7912${String(n).padStart(7, '0')}` })),
    fc.nat(1000).map((n) => ({ email: `buyer${n}@example.ru` })),
    fc.nat(1000).map((n) => ({ email: `buyer${n}@example.ru`, phone: '+79123456789', name: 'Иванов И. И.' })),
  ),
});

interface Setting {
  readonly ffd: FfdVersion;
  readonly kind: ReceiptContent['kind'];
  readonly sign: SettlementSign;
  readonly taxation: Taxation;
  readonly rulesOn: LocalDate;
  readonly settledOn: LocalDate;
  readonly zone: ZoneCode;
  readonly vatRule: VatRule;
  readonly ground: LegalGround;
  readonly internet: boolean;
}

const settings: fc.Arbitrary<Setting> = fc
  .record({
    ffd: fc.constantFrom(...FFD_VERSION_LIST),
    kind: fc.constantFrom<ReceiptContent['kind'][]>('receipt', 'receipt', 'receipt', 'correction'),
    sign: fc.constantFrom<SettlementSign[]>(1, 1, 1, 2, 3, 4),
    taxation: fc.constantFrom<Taxation[]>(1, 2, 4, 8, 16, 32),
    rulesOn: dates,
    earlier: fc.nat(400),
    zone: fc.constantFrom(...ZONE_CODES),
    vatRule: fc.constantFrom<VatRule[]>('per-line', 'per-total'),
    ground: fc.constantFrom<LegalGround[]>('internet-cashless', 'bank-transfer', 'remote-courier', 'vending'),
    internet: fc.boolean(),
  })
  .map(({ earlier, ...setting }) => {
    const settledOn = setting.kind === 'correction' ? addDays(setting.rulesOn, -earlier) : setting.rulesOn;
    const onlyGiven = setting.kind === 'correction' && setting.ffd === '1.05';
    return {
      ...setting,
      settledOn,
      sign: onlyGiven && setting.sign % 2 === 0 ? (1 as const) : setting.sign,
      taxation: taxationExistsOn(setting.taxation, settledOn) ? setting.taxation : (1 as const),
      internet: setting.internet && setting.rulesOn >= '2025-09-01',
    };
  });

type Chain = 'paid' | 'credit' | 'partial' | 'repaid';

const METHODS: Readonly<Record<Chain, ReadonlyArray<PaymentMethod>>> = {
  paid: [1, 2, 3, 4],
  credit: [6],
  partial: [5],
  repaid: [7],
};

const goods = ({ ffd }: Setting): fc.Arbitrary<Partial<DraftItem> & { readonly subject: PaymentSubject }> => {
  const plain = fc.constantFrom<PaymentSubject[]>(1, 3, 4, 10, 13).map((subject) => ({ subject }));
  const agency = fc.constant({
    subject: 4 as const,
    agent: { sign: 64 as never, supplier: { inn: '7707083893' } },
  });
  if (ffd !== '1.2') {
    const marked = fc.constant({
      subject: 1 as const,
      marking: { code: '010460043993125621JgXJ5.' },
      quantity: '1' as Quantity,
    });
    return fc.oneof({ weight: 6, arbitrary: plain }, agency, marked);
  }
  const code = { code: '010460043993125621JgXJ5.\u001d93dGVz', plannedStatus: 1 };
  const marked = fc.constant({
    subject: 33 as const,
    marking: code,
    quantity: '1' as Quantity,
    measure: 0 as const,
  });
  const part = { ...code, fraction: { numerator: 1, denominator: 3 } };
  const fraction = fc.constant({
    subject: 31 as const,
    marking: part,
    quantity: '1' as Quantity,
    measure: 0 as const,
  });
  const bare = fc.constantFrom<PaymentSubject[]>(30, 32).map((subject) => ({ subject }));
  return fc.oneof({ weight: 6, arbitrary: plain }, agency, marked, fraction, bare);
};

const ratesOn = (date: LocalDate): ReadonlyArray<VatCode> =>
  VAT_CODE_LIST.filter((code) => vatCodeOn(code, date) === 'current');

const itemsOf = (setting: Setting, chain: Chain): fc.Arbitrary<ReadonlyArray<DraftItem>> => {
  const item = fc
    .record({
      name: names,
      price: fc.oneof(money(300), money(10_000_000)),
      quantity: quantities,
      vatCode: fc.constantFrom(...ratesOn(setting.settledOn)),
      paymentMethod: fc.constantFrom(...METHODS[chain]),
      measured: fc.boolean(),
      goods: goods(setting),
    })
    .map(({ measured, goods: special, ...line }): DraftItem => {
      const unit = measured ? { unit: 'кг' } : {};
      return {
        ...line,
        ...(setting.ffd === '1.2' ? { measure: measured ? 11 : 0 } : special.marking ? {} : unit),
        ...special,
      };
    });
  return fc.array(item, { minLength: 1, maxLength: 6 });
};

/** Splits an amount at the given thousandths into parts that add up. */
const split = (amount: number, shares: ReadonlyArray<number>): ReadonlyArray<number> => {
  let left = amount;
  const parts = shares.map((share) => {
    const part = Math.floor((left * share) / 1000);
    left -= part;
    return part;
  });
  return [...parts, left];
};

const paymentsOf = (total: number, chain: Chain, shares: ReadonlyArray<number>): Payments => {
  const credit =
    chain === 'credit' ? total : chain === 'partial' ? 1 + (((shares[0] ?? 0) * 7919) % (total - 1)) : 0;
  const [prepaid = 0, provision = 0, cashless = 0] = split(total - credit, shares.slice(1));
  const amounts = { ...NO_PAYMENTS, prepaid, provision, cashless, credit };
  return Object.fromEntries(
    Object.entries(amounts).map(([kind, amount]) => [kind, lawful(kopecks(amount))]),
  ) as Payments;
};

const correctionIn = (
  { kind, ffd, settledOn }: Setting,
  variant: number,
): { readonly correction?: Correction } => {
  if (kind === 'receipt') return {};
  const reasons = ['not-applied', 'error-reversal', 'error-right-data'] as const;
  const reason = ffd === '1.05' ? 'not-applied' : (reasons[variant % 3] ?? 'not-applied');
  return {
    correction:
      variant % 2 === 0
        ? { type: 0, settledOn, reason }
        : { type: 1, settledOn, reason, orderNumber: '12-07/345' },
  };
};

const factsOf = (setting: Setting): AdmissionFacts => {
  const organisation = '7707083893';
  const register: RegisterFacts = {
    registerId: 'register-1',
    deviceId: 'device-1',
    organisation,
    policy: '3.0.9',
    legalGround: setting.ground,
    vatRule: setting.vatRule,
    zone: setting.zone,
  };
  const device: DeviceFacts = {
    deviceId: 'device-1',
    revision: 3,
    organisation,
    ffd: setting.ffd,
    taxations: [setting.taxation],
    internetOnly: setting.ground === 'internet-cashless',
  };
  return {
    origin: 'payment',
    instrument: 'sbp',
    register,
    device,
    rulesOn: setting.rulesOn,
    policyVersion: '2026-01',
  };
};

const draftOf = (setting: Setting): fc.Arbitrary<ReceiptDraft> =>
  fc.constantFrom<Chain[]>('paid', 'paid', 'paid', 'credit', 'partial', 'repaid').chain((wished) =>
    fc
      .record({
        items: itemsOf(setting, wished),
        rounding: fc.nat(99),
        shares: fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }),
        buyer: buyers,
        second: fc.nat(86_399),
        variant: fc.nat(5),
      })
      .map(({ items, rounding, shares, buyer, second, variant }) => {
        const whole = items.reduce((sum, item) => sum + lawful(lineSum(item.price, item.quantity)), 0);
        const total = whole - Math.min(rounding, whole % 100);
        const chain = wished === 'partial' && total < 2 ? 'paid' : wished;
        const withoutLines = setting.kind === 'correction' && setting.ffd === '1.05';
        const paid = items.map((item) => (chain === wished ? item : { ...item, paymentMethod: 4 as const }));
        return {
          kind: setting.kind,
          settlementSign: setting.sign,
          settledAt: timeOf(setting.rulesOn, second),
          taxation: setting.taxation,
          place: { place: setting.internet ? 'https://shop.example.ru' : 'Москва' },
          internet: setting.internet,
          items: withoutLines ? [] : paid,
          total: lawful(kopecks(total)),
          payments: paymentsOf(total, chain, shares),
          buyer,
          senderEmail: 'kassa@example.ru',
          additionalAttribute: '3304159072',
          ...(withoutLines ? { vatTotals: [{ code: 6 as const, amount: lawful(kopecks(total)) }] } : {}),
          ...correctionIn(setting, variant),
        };
      }),
  );

/** Drafts of receipts and corrections of every version that are lawful on their facts, under the default profile. */
export const lawfulDraft: fc.Arbitrary<LawfulDraft> = settings.chain((setting) =>
  draftOf(setting).map((draft) => ({ draft, facts: factsOf(setting) })),
);

/** The same, composed. */
export const lawfulReceipt: fc.Arbitrary<LawfulReceipt> = lawfulDraft.map(({ draft, facts }) => ({
  draft,
  facts,
  content: lawful(composeReceipt(draft, composeSettingsOf(facts))),
}));
