import { fc, test as property } from '@fast-check/jest';
import * as ffd from '@cloud-kassa/ffd';
import * as E from 'fp-ts/Either';
import {
  civilFromDays,
  dayOf,
  daysFromCivil,
  formatDay,
  formatLocal,
  parseLocal,
} from './arithmetic/calendar';
import { lineSum } from './arithmetic/line-sum';
import { totalFits } from './arithmetic/total';
import { VAT_RATES, vatOf } from './arithmetic/vat';
import { rulesFollowed, vatTotals } from './arithmetic/vat-totals';
import { fiscalSignBytes, printedFiscalSign } from './drive/fiscal-sign';
import { DRIVE_CAPACITY, keyLifeDays } from './drive/drive-model';
import { GREATEST_AMOUNT } from './drive/counters';
import { quantityOf } from './admission/amounts';
import { right } from './kkt/kkt.testing';

fc.configureGlobal({ seed: 54 });

const amount = fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: GREATEST_AMOUNT }));
const code = fc.constantFrom(...ffd.VAT_CODE_LIST);
const money = (value: number): ffd.Kopecks => right(ffd.kopecks(value));
const line = fc.record({ sum: fc.integer({ min: 0, max: 1_000_000_000 }), vatCode: code });
const lines = fc.array(line, { minLength: 1, maxLength: 8 });
const quantityText = fc.oneof(
  fc
    .integer({ min: 1, max: 10_000_000 })
    .map((value) => `${Math.floor(value / 1000)}.${String(value % 1000).padStart(3, '0')}`),
  fc.integer({ min: 1, max: 99_999_999 }).map(String),
  fc.stringMatching(/^[0-9]{1,10}(\.[0-9]{1,7})?$/u),
);

describe('the emulator and the format package, each by its own arithmetic, say the same', () => {
  property.prop([quantityText])('which quantities there are', (text) => {
    expect(quantityOf(text) !== undefined).toBe(E.isRight(ffd.quantity(text)));
  });

  property.prop([amount, quantityText])('line sums, and which do not fit six bytes', (price, text) => {
    const own = quantityOf(text);
    const other = ffd.quantity(text);
    if (own === undefined || E.isLeft(other)) return;
    const sum = lineSum(BigInt(price), own);
    const theirs = ffd.lineSum(money(price), other.right);
    expect(E.isRight(theirs) ? BigInt(theirs.right) : 'too much').toBe(
      sum > BigInt(GREATEST_AMOUNT) ? 'too much' : sum,
    );
  });

  property.prop([amount, code])('VAT of an amount', (value, vatCode) => {
    expect(Number(vatOf(BigInt(value), vatCode))).toBe(ffd.vatOf(money(value), vatCode));
  });

  property.prop([lines, fc.constantFrom(...ffd.VAT_RULES)])(
    'VAT of a receipt by either rule',
    (receipt, rule) => {
      const own = vatTotals(
        receipt.map(({ sum, vatCode }) => ({ sum: BigInt(sum), vatCode })),
        rule,
      );
      const theirs = ffd.vatTotals(
        receipt.map(({ sum, vatCode }) => ({ sum: money(sum), vatCode })),
        rule,
      );
      expect(own).toEqual(right(theirs));
    },
  );

  property.prop([lines, fc.constantFrom(...ffd.VAT_RULES), fc.integer({ min: -1, max: 1 })])(
    'which rules totals follow',
    (receipt, rule, error) => {
      const theirLines = receipt.map(({ sum, vatCode }) => ({ sum: money(sum), vatCode }));
      const totals = right(ffd.vatTotals(theirLines, rule)).map((total, index) => ({
        code: total.code,
        amount: money(Math.max(0, total.amount + (index === 0 ? error : 0))),
      }));
      const own = rulesFollowed(
        receipt.map(({ sum, vatCode }) => ({ sum: BigInt(sum), vatCode })),
        totals,
      );
      expect(own.toSorted()).toEqual(ffd.vatRuleOf(theirLines, totals).toSorted());
    },
  );

  property.prop([amount, fc.integer({ min: -200, max: 200 })])('which totals are allowed', (sum, off) => {
    const total = Math.min(GREATEST_AMOUNT, Math.max(0, sum + off));
    expect(totalFits(BigInt(total), BigInt(sum))).toBe(ffd.totalAllowed(money(sum), money(total)));
  });

  property.prop([fc.integer({ min: 0, max: 4_294_967_295 })])('local time', (at) => {
    const theirs = ffd.localFromUnix(at);
    expect(formatLocal(at)).toBe(right(theirs));
    expect(parseLocal(formatLocal(at))).toBe(ffd.localToUnix(right(theirs)));
    const { year, month, day } = civilFromDays(dayOf(at));
    expect(ffd.dateOf(right(theirs))).toBe(formatDay(daysFromCivil(year, month, day)));
  });

  property.prop([code, fc.integer({ min: daysFromCivil(2024, 1, 1), max: daysFromCivil(2027, 1, 1) })])(
    'when a VAT code is in force',
    (vatCode, day) => {
      const rate = VAT_RATES.get(vatCode);
      const standing = ffd.vatCodeOn(vatCode, right(ffd.localDate(formatDay(day))));
      const early = day < (rate?.from ?? day);
      const late = day > (rate?.until ?? day);
      expect(early ? 'not-yet' : late ? 'legacy' : 'current').toBe(standing);
    },
  );

  property.prop([
    fc.constantFrom(13, 15, 36),
    fc.constantFrom('1.05', '1.1', '1.2'),
    fc.record({
      offline: fc.boolean(),
      excise: fc.boolean(),
      gambling: fc.boolean(),
      goods: fc.boolean(),
      generalTaxation: fc.boolean(),
      agents: fc.boolean(),
    }),
  ])('how long a drive key lives', (months, version, use) => {
    const own = keyLifeDays(months, {
      ...use,
      ffd: version,
      lottery: false,
      pawnshop: false,
      insurance: false,
    });
    expect(own).toBe(
      ffd.fiscalDriveLifeDays({
        model: `FN-${months}`,
        ffd: version,
        generalTaxation: use.generalTaxation,
        goods: use.goods,
        excise: use.excise,
        offline: use.offline,
        agent: use.agents,
        gamblingLotteryPawnshopOrInsurance: use.gambling,
      }),
    );
  });

  property.prop([fc.integer({ min: 0, max: 4_294_967_295 })])('how a fiscal sign is written', (fp) => {
    expect(right(ffd.readFiscalSign(fiscalSignBytes(fp))).number).toBe(fp);
    expect(printedFiscalSign(fp)).toBe(right(ffd.printFiscalSign(fp)));
  });

  test('how many documents a drive signs', () => {
    expect(DRIVE_CAPACITY).toBe(ffd.FISCAL_DRIVE_DOCUMENT_LIMIT);
  });
});
